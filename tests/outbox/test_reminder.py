from email import message_from_bytes, policy

import pytest

from pipeline.errors import CandorError
from pipeline.outbox.reminder import reminder_eml
from pipeline.types.message import Address
from tests.outbox.examples import PROFILE, TODAY

BODY = "Grüß Gott Mia,\n\n- ein Punkt\n\nMira"


def written(address: str = "mia@lark.example", subject: str = "Für Ihre Planung") -> bytes:
    return reminder_eml(subject, BODY, Address(address=address), PROFILE, TODAY)


def test_it_opens_as_an_unsent_mail_to_one_person() -> None:
    mail = message_from_bytes(written(), policy=policy.default)
    assert mail["To"] == "mia@lark.example"
    assert mail["From"] == "Studio Larkspur <hello@larkspur.example>"
    assert mail["Subject"] == "Für Ihre Planung"
    assert mail["X-Unsent"] == "1"
    assert mail["In-Reply-To"] is None
    assert mail.get_content().splitlines() == BODY.splitlines()


def test_the_same_letter_on_the_same_day_gives_the_same_bytes() -> None:
    assert written() == written()
    assert written() != written(subject="Anderes")


def test_a_subject_stays_one_line() -> None:
    mail = message_from_bytes(written(subject="Hello\r\nBcc: all@world.example"), policy=policy.default)
    assert mail["Bcc"] is None


def test_an_address_that_cannot_be_written_is_named() -> None:
    with pytest.raises(CandorError, match="To address"):
        written("mia@lark.example, ben@owl.example")
