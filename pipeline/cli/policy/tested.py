"""A test of a policy as a person reads it, or as one line of JSON. Left out: the testing."""

import json
import sys
from collections.abc import Iterator

from rich.text import Text

from pipeline.cli.page import Column, Page, text
from pipeline.policy.cases.examine import Examined, Tally, percent
from pipeline.policy.cases.run import Outcome
from pipeline.policy.cases.table import Row
from pipeline.policy.cases.write import lines
from pipeline.types.decision import TOO_FEW, Result, RuleTrace
from pipeline.types.policy import Policy, Rule

_RESULTS = {
    Result.FIRED: "fires",
    Result.NO: "does not fire",
    Result.UNKNOWN: "can't be read",
    Result.DORMANT: "sleeps: no record of yours fills what it reads",
}
_HOLDS = {True: "holds", False: "does not hold", None: "can't be told"}
_COLUMNS = (Column("rule or offer", 40), Column("noticed", 9), Column("of", 5), Column("", 5))


def tell(examined: Examined, policy: Policy, *, rows: tuple[Row, ...], written: str) -> None:
    """The rows that fail, what all would notice, and the rows that are suggested."""
    page = Page(sys.stdout)
    _rows(page, examined, policy)
    if examined.outcomes:
        _coverage(page, examined)
    if rows:
        _suggested(page, examined, rows, written)
    elif examined.suggested.rows:
        page.gap()
        page.say("To see rows that would notice them:\n\n  candor policy test --suggest")
    page.gap()


def as_line(examined: Examined) -> str:
    """All of it for a program: rows, misses, counts, what no row notices, and the rows that would."""
    whole = examined.whole
    return json.dumps(
        {
            "file": examined.table.name,
            "today": examined.table.today.isoformat(),
            "rows": len(examined.outcomes),
            "failed": [_failure(outcome) for outcome in examined.failed],
            "changes": {"noticed": whole.noticed, "of": whole.of, "percent": percent(whole)},
            "without_difference": len(examined.suggested.equal),
            "asleep": list(examined.asleep),
            "by_rule": [tally._asdict() for tally in examined.tallies()],
            "unnoticed": [{"id": m.old.id, "line": m.line, "change": m.words} for m in examined.survivors],
            "not_told_apart": [{"id": m.old.id, "line": m.line, "change": m.words} for m in examined.suggested.left],
            "suggested": "\n".join(lines(examined.suggested.rows, examined.table.today.isoformat())),
        },
        ensure_ascii=False,
    )


def _failure(outcome: Outcome) -> dict[str, object]:
    misses = [{"expected": miss.expected, "got": miss.got} for miss in outcome.misses]
    rules = [trace.model_dump(mode="json") for trace in outcome.traces()]
    return {"name": outcome.row.name, "line": outcome.row.line, "misses": misses, "rules": rules}


def _rows(page: Page, examined: Examined, policy: Policy) -> None:
    failed, number = examined.failed, len(examined.outcomes)
    page.gap()
    if not number:
        page.say("There are no rows yet.")
        return
    if not failed:
        page.say(f"{_count(number, 'row')}, all as expected.", "green")
        return
    page.say(f"{len(failed)} of {_count(number, 'row')} did not come out as expected.", "red")
    for outcome in failed:
        page.heading(outcome.row.name)
        page.part("where", text(f"{examined.table.name}:{outcome.row.line}"))
        for miss in outcome.misses:
            page.part("expected", text(miss.expected))
            page.part("got", text(miss.got, "red"))
        rules = {rule.id: rule for rule in policy.rules}
        for trace in outcome.traces():
            page.part("rule", *_told(trace, rules[trace.rule], policy.name))


def _told(trace: RuleTrace, rule: Rule, file: str) -> Iterator[Text]:
    yield text(f"{trace.rule} ({file}:{trace.line}) {_RESULTS[trace.result]}", "bold")
    for (where, fact), condition in zip(_parts(rule), trace.conditions, strict=False):
        yield text(f"  {where}{fact} is {condition.value}; must be {condition.must}: {_HOLDS[condition.holds]}")


def _parts(rule: Rule) -> Iterator[tuple[str, str]]:
    """Each condition's place in the rule, in the order of a trace."""
    yield from (("", c.fact) for c in rule.when)
    yield from ((f"case {n}: ", c.fact) for n, box in enumerate(rule.any_, 1) for c in box)
    yield from (("unless: ", c.fact) for box in rule.unless for c in box)


def _coverage(page: Page, examined: Examined) -> None:
    whole = examined.whole
    page.heading("What the rows would notice")
    page.say(
        f"{whole.noticed} of {_count(whole.of, 'small change')} to the policy would make a row fail:"
        f" {percent(whole)} %.",
        "green" if whole.noticed == whole.of else "",
    )
    if examined.suggested.equal:
        page.say(
            f"Left out: {_count(len(examined.suggested.equal), 'change')} that no mail could tell, by proof.", "dim"
        )
    if examined.asleep:
        page.say(f"Asleep, as no record of yours fills what they read: {', '.join(examined.asleep)}.", "dim")
    weak = [tally for tally in examined.tallies() if tally.noticed < tally.of]
    if not weak:
        return
    page.gap()
    page.table(_COLUMNS, (_cells(tally) for tally in weak))
    page.gap()
    page.say("No row would notice:")
    page.gap()
    for tally in weak:
        words = (f"{m.words} (line {m.line})" for m in examined.survivors if m.old.id == tally.id)
        page.part(tally.id, *(text(f"- {line}") for line in words))
    if left := examined.suggested.left:
        page.gap()
        names = ", ".join(f"{m.old.id} ({m.words})" for m in left)
        page.say(
            f"No row is suggested for {names}: the plainest mails that it could touch all come out the same.", "dim"
        )


def _cells(tally: Tally) -> tuple[Text, ...]:
    return (text(tally.id), text(str(tally.noticed)), text(str(tally.of)), text(f"{percent(tally)} %"))


def _suggested(page: Page, examined: Examined, rows: tuple[Row, ...], written: str) -> None:
    page.heading("Suggested rows")
    number = _count(len(rows), "row")
    if short := [row.name for row in rows if row.expected.lead == TOO_FEW]:
        says = f"{len(short)} of {number} tell{'s' if len(short) == 1 else ''} of a no that goes to a person"
        page.say(f"{says}, for want of three kinds of offers: 'candor policy check' says what to add.", "yellow")
    if written:
        page.say(
            f"{number} added to {written}. Each says what your policy makes of it today: confirm that it is right."
        )
        return
    page.say("Each says what your policy makes of it today; whether that is right, you must say.")
    page.gap()
    for line in lines(rows, examined.table.today.isoformat()):
        page.say(line)
    page.gap()
    page.say("To add them to the file:\n\n  candor policy test --suggest --write")


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
