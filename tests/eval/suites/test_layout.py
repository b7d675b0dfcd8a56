from pathlib import Path

import pytest

from eval.suites.layout import business_of, mail_of
from eval.suites.load import load_suite
from eval.types.case import Case
from pipeline.business.folder import load_business
from pipeline.errors import BusinessError
from pipeline.inbox.read import from_bytes
from pipeline.types.quantities import Percent
from tests.eval.suites.small import PROFILE, Row, case, firm, pair, suite


def test_a_business_is_its_files_and_the_shipped_policy_with_figures_of_its_own(tmp_path: Path) -> None:
    found = load_suite(suite(tmp_path / "s", pair(), [firm(settings={"max_discount": "15%"})]))

    folder = business_of(found, "lark", tmp_path)

    business = load_business(folder)
    assert business.profile.name == "Lark & Sons"
    assert business.policy.settings["max_discount"] == Percent(number=15)
    assert (folder / "texts" / "de.yaml").exists()


def test_records_may_be_given_as_values_or_as_the_text_of_a_file(tmp_path: Path) -> None:
    files: Row = {
        "profile.yaml": PROFILE,
        "prices.csv": "item,price,hours\nhedge,90,2\n",
        "clients.yaml": {"clients": [{"id": "poole", "name": "Poole", "domains": ["poole.example"]}]},
    }
    found = load_suite(suite(tmp_path / "s", pair(), [firm(files=files)]))

    business = load_business(business_of(found, "lark", tmp_path))

    assert [item.item for item in business.prices] == ["hedge"]
    assert [client.id for client in business.clients] == ["poole"]


def test_a_setting_that_the_policy_does_not_have_and_a_name_that_leads_out_of_the_folder(tmp_path: Path) -> None:
    found = load_suite(suite(tmp_path / "s", pair(), [firm(settings={"max_discuont": "15%"})]))
    with pytest.raises(BusinessError, match="has no setting 'max_discuont'"):
        business_of(found, "lark", tmp_path)
    found = load_suite(suite(tmp_path / "s", pair(), [firm(files={"../profile.yaml": {}})]))
    with pytest.raises(BusinessError, match="that is no name of one"):
        business_of(found, "lark", tmp_path)


def test_a_mail_is_read_as_it_was_written_and_always_the_same() -> None:
    written = Case.model_validate(case("first"))

    raw = mail_of(written, "hello@lark.example")

    message = from_bytes(raw, "first")
    assert raw == mail_of(written, "hello@lark.example")
    assert message.message_id == "<first@suite.example>"
    assert (message.sender.address, message.sender.name) == ("ada@poole.example", "Ada Poole")
    assert message.sent is not None
    assert message.sent.isoformat() == "2026-05-04T09:00:00+00:00"
    assert message.body == "Could you do it for half the price?\n\nAda"


def test_a_hostile_name_or_subject_adds_no_header() -> None:
    row = case("first")
    row["mail"] = row["mail"] | {"name": 'Ada "\\" <x@y>\r\nBcc: z@z', "subject": "One\nBcc: z@z"}  # type: ignore[operator]

    message = from_bytes(mail_of(Case.model_validate(row), "hello@lark.example"), "first")

    assert message.sender.address == "ada@poole.example"
    assert message.subject == "One Bcc: z@z"
