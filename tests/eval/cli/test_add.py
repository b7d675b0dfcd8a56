from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eval.cli.add import command
from eval.suites.load import load_suite
from pipeline.outbox.rows import jsonl
from pipeline.resources import shipped
from pipeline.types.decision import Action
from pipeline.types.message import Address, Message
from pipeline.types.outcome import Outcome


def outcome(number: int) -> Outcome:
    message = Message(
        key=f"{number}",
        origin=f"{number}.eml",
        message_id=f"<{number}@poole.example>",
        thread="t",
        sender=Address(address="ada@poole.example", name="Ada Poole"),
        subject="The hedge",
        sent=datetime(2026, 5, 4, tzinfo=UTC),
        body="Could you do it for half the price?",
        language="en",
    )
    key = f"{number}abc" * 16
    return Outcome(
        key=key,
        origin=message.origin,
        today=date(2026, 5, 6),
        action=Action.DECLINE,
        code="discount",
        message=message,
    )


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    lines = "".join(f"{jsonl(outcome(number))}\n" for number in (1, 2))
    (folder / "outcomes.jsonl").write_text(lines, encoding="utf-8")
    return folder


def run(tmp_path: Path, wanted: str, *more: str) -> Result:
    business = shipped("fixtures", "studio")
    words = [wanted, "--because", "Too curt.", "--into", tmp_path / "mine", "--business", business, *more]
    return CliRunner().invoke(command, [str(word) for word in words], standalone_mode=False)


@pytest.mark.parametrize("wanted", ["#2", "/outcomes.jsonl#2", "#2abc", "#2.eml", "/drafts/0002-ada-poole.eml"])
def test_an_outcome_is_named_as_people_come_across_it(tmp_path: Path, drafts: Path, wanted: str) -> None:
    done = run(tmp_path, f"{drafts}{wanted}", "--expect", "accept", "--must-not", "say no")

    assert done.exception is None
    (case,) = load_suite(tmp_path / "mine").cases
    assert (case.id, case.because, case.expected.handling) == ("2026-05-06-2abc2abc2abc", "Too curt.", ("accept",))
    assert case.must_not == ("handle it as 'decline' (discount)", "say no")


def test_it_says_what_it_did_and_warns_of_the_clients_words(tmp_path: Path, drafts: Path) -> None:
    done = run(tmp_path, f"{drafts}#1")

    assert done.output.splitlines() == [
        f"'2026-05-06-1abc1abc1abc' is a dev case of {tmp_path / 'mine'} now, with its business 'studio'.",
        "It holds a client's words, and the business folder those of your clients' records: keep it to yourself.",
    ]


def test_what_is_no_outcome_is_said(tmp_path: Path, drafts: Path) -> None:
    assert "has the number, key or file name '7'" in str(run(tmp_path, f"{drafts}#7").exception)
    assert "is no draft" in str(run(tmp_path, str(drafts)).exception)
    assert not (tmp_path / "mine").exists()
