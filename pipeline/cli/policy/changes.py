"""What a replay found, on the page: the counts, each mail that changes with its reasons, what was not replayed."""

from collections import defaultdict
from collections.abc import Iterator

from rich.text import Text

from pipeline.cli.page import Page, text
from pipeline.cli.show import STYLES
from pipeline.policy.diff.difference import Because, Change, Difference, Left, Side
from pipeline.types.decision import Action

_SHOWN = 40  # mails told one by one; --json has them all


def show(page: Page, found: Difference) -> None:
    """All of it."""
    page.gap()
    page.say(_summary(found), "bold")
    for remark in (*_otherwise(found), *found.remarks):
        page.say(remark, "dim")
    if found.transitions:
        page.heading("From what to what")
        lines = (Text.assemble(f"{t.number:>6}  ", _way(t.before, t.after)) for t in found.transitions)
        page.part("Mails", *lines)
    if found.changes:
        page.heading("Mails that come out otherwise")
        for change in found.changes[:_SHOWN]:
            _change(page, change)
        if len(found.changes) > _SHOWN:
            page.say(f"{len(found.changes) - _SHOWN} more; --json has them all.", "dim")
    if found.left:
        page.heading("Not replayed")
        page.part("", *_left(found.left))
    page.gap()


def _summary(found: Difference) -> str:
    moved = sum(change.of_action for change in found.changes)
    others = len(found.changes) - moved
    said = f"{_counted(found.replayed, 'mail')} replayed: {_counted(found.same, 'come')} out the same"
    said += f", {_counted(moved, 'end')} otherwise" if moved else ""
    said += f", {_counted(others, 'end')} the same with another reason, other offers or questions" if others else ""
    return said + (f"; {len(found.left)} could not be replayed." if found.left else ".")


def _counted(number: int, word: str) -> str:
    """``1 mail``, ``2 mails``; ``1 ends``, ``2 end``."""
    ends = (number == 1) == (word != "mail")
    return f"{number} {word}{'s' if ends else ''}"


def _otherwise(found: Difference) -> Iterator[str]:
    if found.otherwise_decided:
        yield f"{found.otherwise_decided} of them were decided by another policy than OLD then."


def _way(before: Action, after: Action) -> Text:
    if before is after:
        return Text.assemble(text(before.value, STYLES[before]), "  otherwise told")
    return Text.assemble(text(before.value, STYLES[before]), " → ", text(after.value, STYLES[after]))


def _change(page: Page, change: Change) -> None:
    page.part(f"{change.number}", text(f"{change.sender}  {change.subject}", "bold"), *_body(change))
    page.gap()


def _body(change: Change) -> Iterator[Text]:
    before, after = change.before, change.after
    if (before.action, before.code) != (after.action, after.code):
        yield Text.assemble(_said(before), " → ", _said(after))
    several = len(after.leads) > 1
    for each in change.because:
        yield from _because(each, several=several)
    if not change.because and before.offers != after.offers:
        yield text(f"offers: {', '.join(before.offers) or 'none'} → {', '.join(after.offers) or 'none'}")


def _said(side: Side) -> Text:
    return Text.assemble(text(side.action.value, STYLES[side.action]), text(f" ({side.code})", "dim"))


def _because(each: Because, *, several: bool) -> Iterator[Text]:
    ask = f"ask {each.ask}: " if several else ""
    yield text(f"  {ask}{each.name}: {each.before} → {each.after}")
    yield from (text(f"      {line}", "dim") for line in each.what)


def _left(left: tuple[Left, ...]) -> Iterator[Text]:
    """By reason, with their numbers."""
    by_reason: dict[str, list[Left]] = defaultdict(list)
    for each in left:
        by_reason[each.why].append(each)
    for why, mails in by_reason.items():
        named = ", ".join(f"{mail.number} {mail.origin}" for mail in mails[:3])
        more = f" and {len(mails) - 3} more" if len(mails) > 3 else ""  # noqa: PLR2004 - a few suffice
        yield Text.assemble(text(why), text(f"  {named}{more}", "dim"))
