"""The account of a decision on the page: asks, rules by their result, offers. Left out: how it comes about."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from pipeline.cli.page import Page, quoted, text
from pipeline.cli.show import MEANING, STYLES
from pipeline.outbox.rows import sender
from pipeline.policy.explain.account import Account, Alternatives, AskTold, Cell, RuleTold
from pipeline.types.decision import Result
from pipeline.types.message import Message

_UNSAID = {"no", "not mentioned"}
_ORIGINS = {
    "mail": "in the mail",
    "client": "by what you keep of this client",
    "business": "by your records",
    "derived": "worked out",
    "default": "",
}
_MARKS = {True: "yes ", False: "no  ", None: "?   "}


def show(page: Page, message: Message, told: Account, then: str = "") -> None:
    """Everything about one decision; ``then`` is what else is worth knowing of a past one."""
    page.gap()
    page.part("From", text(sender(message.sender)))
    page.part("Subject", text(message.subject, "bold"))
    page.gap()
    style = STYLES[told.decision]
    said = Text.assemble(text(told.decision.value, f"bold {style}"), f"  {MEANING[told.decision]}")
    page.part("Decision", said, *_lines((told.why, _range(told), then)))
    page.part("", text(f"decision {told.decision_id}, {told.policy[:19]}, {told.today}", "dim"))
    for ask in told.asks:
        _ask(page, ask)
    _reply(page, told)
    page.gap()


def _range(told: Account) -> str:
    low, high = told.range
    return "" if low is high else f"were everything known, it could be anything from {low} to {high}"


def _ask(page: Page, ask: AskTold) -> None:
    page.heading(f"Ask {ask.ask}: {ask.kind.replace('_', ' ')}" if ask.ask else "The mail as a whole")
    if ask.quote:
        page.part("Asked", quoted(ask.quote))
    page.part("Decision", Text.assemble(text(ask.decision.value, STYLES[ask.decision]), f"  {ask.why}"))
    for result, label in (
        (Result.FIRED, "Fired"),
        (Result.UNKNOWN, "Unknown"),
        (Result.NO, "Not fired"),
        (Result.DORMANT, "Dormant"),
    ):
        found = [rule for rule in ask.rules if rule.result is result]
        if found:
            page.gap()
            whole = result in {Result.FIRED, Result.UNKNOWN}
            page.part(label, *(line for rule in found for line in (_whole(rule) if whole else _short(rule))))


def _whole(rule: RuleTold) -> Iterator[Text]:
    """A rule with all its conditions."""
    yield Text.assemble(text(rule.id, "bold"), text(f"  {rule.decide}  policy.yaml:{rule.line}", "dim"))
    for cell in rule.conditions:
        yield from _cell(cell)
    if rule.flip:
        words = "would not fire with" if rule.result is Result.FIRED else "to settle it"
        yield text(f"  {words}: {rule.flip.removeprefix('to know ')}", "dim")


def _cell(cell: Cell) -> Iterator[Text]:
    part = "" if cell.part == "when" else f"{cell.part}: "
    private = "  (private)" if cell.private else ""
    must = "" if cell.must == cell.value else f", must be {cell.must}"
    style = {True: "", False: "dim", None: "yellow"}[cell.holds]
    yield text(f"  {_MARKS[cell.holds]}{part}{_name(cell)} is {cell.value}{must}{private}", style)
    yield text(f"      {_told_by(cell)}would turn with: {cell.flip}", "dim")


def _told_by(cell: Cell) -> str:
    """Who says so and in which words, or why nobody could."""
    if cell.because:
        return f"never worked out, as {cell.because}; "
    words = f": “{' '.join(cell.quote.split())}”" if cell.quote else ""
    origin = cell.source.split(":")[0].split()[0]
    return (
        f"{_ORIGINS[origin]}{' from the mail' if words and origin == 'derived' else ''}{words}; "
        if cell.source != "default"
        else ""
    )


def _short(rule: RuleTold) -> Iterator[Text]:
    """A rule in a line: what it would take."""
    read = (_read(c) for c in rule.conditions if c.holds is False and not c.part.startswith("unless"))
    values = ", ".join(dict.fromkeys(words for words in read if words))
    what = rule.note or f"would fire with: {rule.flip}" + (f" ({values})" if values else "")
    yield Text.assemble(text(rule.id), text(f"  {what}", "dim"))


def _read(cell: Cell) -> str:
    """What a condition that does not hold has read; empty where nobody spoke of it."""
    if cell.because and cell.value not in _UNSAID:
        return f"{_name(cell)} was never worked out: {cell.because}"
    return "" if cell.value in _UNSAID else f"{_name(cell)} is {cell.value}"


def _name(cell: Cell) -> str:
    return cell.fact.replace("_", " ")


def _reply(page: Page, told: Account) -> None:
    """What the reply would stand on, and what is for the owner alone."""
    if told.public or told.questions or told.missing or told.alternatives.eligible or told.alternatives.excluded:
        page.heading("The reply")
    _block(page, "Reason", (f"{reason.text}  ({reason.rule})" for reason in told.public))
    _block(page, "To ask", told.questions)
    _block(page, "Missing", (_missing(m.fact, m.owner, m.because) for m in told.missing))
    _alternatives(page, told.alternatives)
    if told.private:
        page.heading("Private, for you alone")
        page.part("", *map(text, told.private))


def _missing(fact: str, owner: str, because: str) -> str:
    who = {"client": "the client can tell", "us": "yours to find out", "judgement": "a person's judgement"}[owner]
    return f"{fact.replace('_', ' ')}: {who}" + (f" ({because})" if because else "")


def _alternatives(page: Page, menu: Alternatives) -> None:
    if menu.eligible:
        page.part("Offers", *(text(f"{o.id}  ({o.kind})  {o.text}") for o in menu.eligible))
        page.gap()
    fallen = [f for f in menu.excluded if f.answers]
    if fallen:
        page.part("Fell away", *(text(f"{f.id}  ({f.kind})  {'; '.join(f.because)}", "dim") for f in fallen))
    others = len(menu.excluded) - len(fallen)
    if others:
        page.part("" if fallen else "Fell away", text(f"{others} more are meant for other reasons", "dim"))


def _block(page: Page, label: str, lines: Iterable[str]) -> None:
    found = list(_lines(lines))
    if found:
        page.part(label, *found)
        page.gap()


def _lines(lines: Iterable[str]) -> Iterator[Text]:
    return (text(line) for line in lines if line)
