from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest

from eval.suites.add import Wrong, add
from eval.suites.check import faults
from eval.suites.layout import business_of, mail_of
from eval.suites.load import SuiteError, load_suite
from pipeline.business.folder import load_business
from pipeline.inbox.read import from_bytes
from pipeline.resources import shipped
from pipeline.types.decision import Action
from pipeline.types.message import Address, Message
from pipeline.types.past import Past

MESSAGE = Message(
    key="k",
    origin="3.eml",
    message_id="<3@poole.example>",
    thread="t",
    sender=Address(address="ada@poole.example", name="Ada Poole"),
    subject="The hedge",
    sent=datetime(2026, 5, 4, 7, tzinfo=UTC),
    body="Could you do it for half the price?",
    history="On 2 May 2026 Lark wrote:\n> It is 900 EUR.",
    language="en",
)


def past(key: str = "9f2c" * 16, message: Message | None = MESSAGE) -> Past:
    return Past(
        key=key, origin="3.eml", today=date(2026, 5, 6), action=Action.DECLINE, code="discount", message=message
    )


@pytest.fixture(scope="module")
def studio() -> Path:
    return shipped("fixtures", "studio")


def test_a_draft_that_went_wrong_becomes_a_dev_case_of_a_new_suite(tmp_path: Path, studio: Path) -> None:
    added = add(past(), studio, Wrong("It promises a date.", must_not=("name a day",)), tmp_path / "mine")

    assert faults(tmp_path / "mine") == ()
    (case,) = load_suite(tmp_path / "mine").cases
    assert case == added.case
    assert (case.id, case.day, case.split, case.because) == (
        "2026-05-06-9f2c9f2c9f2c",
        date(2026, 5, 6),
        "dev",
        "It promises a date.",
    )
    assert (case.expected.handling, case.must_not) == ((Action.DECLINE,), ("name a day",))


def test_a_wrong_handling_is_what_must_not_happen_again(tmp_path: Path, studio: Path) -> None:
    added = add(past(), studio, Wrong("It is the list price.", expect=(Action.ACCEPT,)), tmp_path / "mine")

    assert added.case.expected.handling == (Action.ACCEPT,)
    assert added.case.must_not == ("handle it as 'decline' (discount)",)


def test_the_mail_and_the_business_are_what_they_were(tmp_path: Path, studio: Path) -> None:
    add(past(), studio, Wrong("Too curt."), tmp_path / "mine")
    suite = load_suite(tmp_path / "mine")

    again, ours = load_business(business_of(suite, "studio", tmp_path)), load_business(studio)
    mail = from_bytes(mail_of(suite.cases[0], ours.profile.addresses[0]), "again")

    assert again == ours
    assert (mail.body, mail.history) == (MESSAGE.body, MESSAGE.history)


def test_a_business_is_taken_once_and_a_changed_one_gets_a_name_of_its_own(tmp_path: Path, studio: Path) -> None:
    copytree(studio, tmp_path / "studio")
    into, wrong = tmp_path / "mine", Wrong("Too curt.")

    assert not add(past("a" * 64), tmp_path / "studio", wrong, into).known
    assert add(past("b" * 64), tmp_path / "studio", wrong, into).known
    with (tmp_path / "studio" / "policy.yaml").open("a") as policy:
        policy.write("# we thought again\n")
    assert add(past("c" * 64), tmp_path / "studio", wrong, into).case.business == "studio-2"
    assert list(load_suite(into).firms) == ["studio", "studio-2"]


def test_what_can_not_be_added_is_said(tmp_path: Path, studio: Path) -> None:
    add(past(), studio, Wrong("Too curt."), tmp_path / "mine")

    with pytest.raises(SuiteError, match="has this case already"):
        add(past(), studio, Wrong("Again."), tmp_path / "mine")
    with pytest.raises(SuiteError, match="no mail that could be read"):
        add(past("b" * 64, message=None), studio, Wrong("Lost."), tmp_path / "mine")
    (tmp_path / "mine" / "cases.jsonl").write_text("{}\n")
    with pytest.raises(SuiteError, match="'id' is missing"):
        add(past("b" * 64), studio, Wrong("Again."), tmp_path / "mine")


def test_what_holds_a_clients_words_is_for_its_owner_alone(tmp_path: Path, studio: Path) -> None:
    add(past(), studio, Wrong("Too curt."), tmp_path / "mine")

    assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "mine").glob("*.*")} == {"0o600"}
