import hashlib
from datetime import UTC, datetime

import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox.read import NOBODY, from_bytes, read
from pipeline.inbox.threads import Fate
from pipeline.types.message import Address, Message, Skip
from tests.inbox.letters import mail, message, multipart, raw, text

LETTER = (
    "Dear all,\n\ncould you do the whole website for half the price, please?\n\nBest regards\nAnn\n\n"
    "On 4 May 2026, Us <us@studio.example> wrote:\n> The price is 900."
)


def test_a_mail_becomes_a_message() -> None:
    data = mail(LETTER.replace("\n", "\r\n").encode(), b"Date: Tue, 5 May 2026 09:00:00 +0000\r\n")
    assert message(data) == Message(
        key=hashlib.sha256(data).hexdigest(),
        origin="inbox.mbox#1",
        message_id="<1@client.example>",
        thread="<1@client.example>",
        sender=Address(address="ann@client.example", name="Ann"),
        to=(Address(address="us@studio.example"),),
        subject="The logo",
        sent=datetime(2026, 5, 5, 9, tzinfo=UTC),
        body="Dear all,\n\ncould you do the whole website for half the price, please?",
        history="On 4 May 2026, Us <us@studio.example> wrote:\n> The price is 900.",
        signature="Best regards\nAnn",
        language="en",
    )


def test_the_fate_gives_thread_and_skip_and_a_machine_is_seen_in_the_body_too() -> None:
    found = read(raw(mail()), Fate("<0@x.example>", Skip.ANSWERED))
    assert (found.thread, found.skip) == ("<0@x.example>", Skip.ANSWERED)
    assert message(mail(b"This is the mail system at host mx.example.")).skip is Skip.MACHINE


def test_a_foreign_reply_to_is_obeyed_with_a_remark() -> None:
    found = message(mail(extra=b"Reply-To: ann@evil.example\r\n"))
    assert found.reply_to == Address(address="ann@evil.example")
    assert found.remarks == ("the reply goes to another domain than the sender's: ann@evil.example",)
    assert message(mail(extra=b"Reply-To: office@client.example\r\n")).remarks == ()


def test_several_senders_are_remarked() -> None:
    assert message(b"From: bob@client.example\r\n" + mail()).remarks == ("the mail names more than one sender",)


@pytest.mark.parametrize(
    "hidden", ["\U000e0041\U000e0042", "\u202eevil\u202c", "a\u200b" * 20], ids=["tags", "direction", "zero width"]
)
def test_hidden_characters_are_removed_and_remarked(hidden: str) -> None:
    found = message(multipart("mixed", text(f"Hello {hidden} there")))
    assert found.body.isprintable()
    assert found.remarks == ("hidden characters in the text were removed",)


def test_a_soft_hyphen_is_no_finding() -> None:
    assert message(multipart("mixed", text("Donau\u00addampf"))).remarks == ()


def test_a_mail_without_text_says_so() -> None:
    assert message(mail(b"")).remarks == ("the mail has no text",)


@pytest.mark.parametrize("sender", [b"", b"nobody", b"a@b@c", b"\xff@\xff"])
def test_a_mail_without_a_sender_is_not_read(sender: bytes) -> None:
    with pytest.raises(UnreadableError, match="no readable sender"):
        message(mail(sender=sender))


def test_any_text_is_a_letter_from_nobody() -> None:
    found = from_bytes(b"Could you do it for half, please? We have no more.\n\nBest regards\nAnn", "stdin")
    assert found.sender == NOBODY
    assert found.body == "Could you do it for half, please? We have no more."
    assert found.thread == found.message_id == f"<{found.key[:32]}@id.invalid>"


def test_a_text_that_begins_with_headers_is_a_mail() -> None:
    assert from_bytes(mail(), "stdin").sender.address == "ann@client.example"
    assert from_bytes("From: ann@client.example\nSubject: Preis\n\nGrüße".encode(), "stdin").body == "Grüße"


def test_no_text_at_all_is_refused() -> None:
    with pytest.raises(UnreadableError, match="empty"):
        from_bytes(b" \n", "stdin")


@pytest.mark.parametrize("name", ["boss@firm.example", "The boss (Boss@Firm.example)", "boss\uff20firm.example"])
def test_a_name_that_looks_like_another_address_is_remarked(name: str) -> None:
    found = message(mail().replace(b"From: Ann ", f'From: "{name}" '.encode()))
    assert found.sender.address == "ann@client.example"
    assert found.remarks == ("the sender's name looks like another address",)


@pytest.mark.parametrize("name", ["Ann@Client.example", "'ann@client.example'", "Ann @ Client", "ann@work"])
def test_a_name_that_is_the_address_itself_or_none_is_no_finding(name: str) -> None:
    assert message(mail().replace(b"From: Ann ", f'From: "{name}" '.encode())).remarks == ()
