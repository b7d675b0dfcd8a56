import csv
import io

import pytest

from pipeline.outbox.rows import COLUMNS, Table, jsonl, row
from pipeline.types.message import Address
from pipeline.types.outcome import Outcome
from pipeline.types.verdict import Finding, Severity, Verdict
from tests.outbox.examples import all_kinds, decline, escalated, message, skipped, trap, unread


def table(*rows: dict[str, str]) -> list[dict[str, str]]:
    stream = io.BytesIO()
    written = Table(stream)
    for cells in rows:
        written.add(cells)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))


def test_a_row_says_who_what_and_why() -> None:
    assert row(trap(), number=2, file="review/0002-dana-moor.eml") == {
        "number": "2",
        "from": "Dana Moor <dana@quick-deals.example>",
        "subject": "Approved discount",
        "date": "2026-11-20",
        "action": "decline",
        "reason": "discount-over-ten",
        "kinds": "discount",
        "model": "recorded:large",
        "marked": "foreign_reply_to, stance.soft_no",
        "file": "review/0002-dana-moor.eml",
        "failure": "",
    }


def test_a_failure_is_a_row_too() -> None:
    assert row(escalated())["failure"] == "extract: the reply does not fit its schema: asks"
    assert row(escalated())["model"] == "openai:small"
    assert row(unread())["from"] == "inbox/huge.eml"
    assert row(skipped())["model"] == ""


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1"])
def test_formulas_are_text(cell: str) -> None:
    sender = Address(address="a@b.example", name=cell)
    (read,) = table(row(decline(message=message(subject=cell, sender=sender))))
    assert read["subject"] == f"'{cell.strip()}"
    assert not read["from"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_quotes_commas_and_line_ends_do_not_break_the_table() -> None:
    rows = table(row(decline(message=message(subject='a,"b"\r\n"c"\x1b[2J'))), row(skipped()))
    assert [read["subject"] for read in rows] == ['a,"b" "c" [2J', "This week in paper"]
    assert all(tuple(read) == COLUMNS for read in rows)


@pytest.mark.parametrize("outcome", all_kinds())
def test_a_json_line_reads_back_as_the_same_outcome(outcome: Outcome) -> None:
    assert Outcome.model_validate_json(jsonl(outcome)) == outcome
    assert "\n" not in jsonl(outcome)


def test_the_public_line_holds_nothing_private() -> None:
    finding = Finding(code="privacy.note", severity=Severity.MARK, message="says 18 %", excerpt="18 %")
    outcome = decline(verdict=Verdict(findings=(finding,)))
    line = jsonl(outcome, public=True)
    assert "18 %" in jsonl(outcome)
    assert all(secret not in line for secret in ("18 %", "standard", 'key-clients-first","line', "the tier being key"))
    public = Outcome.model_validate_json(line)
    assert public.draft == outcome.draft
    assert public.decision is not None
    assert [rule.rule for rule in public.decision.asks[0].trace] == ["discount-over-ten"]
    assert public.decision.facts[0].note == "private"


@pytest.mark.parametrize("outcome", all_kinds())
def test_every_kind_of_outcome_has_a_public_line(outcome: Outcome) -> None:
    assert Outcome.model_validate_json(jsonl(outcome, public=True)).key == outcome.key
