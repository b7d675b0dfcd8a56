"""The report over past noes on the terminal page, in the order of the HTML page. Left out: plots, and long tails."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from pipeline.cli.page import Column, Page, text
from pipeline.policy.learn.report import Count, Report, Room
from pipeline.sheets.report import fact, figure, month_name, noes, plain

_LONGEST = 12  # lines of a list
_SOME = 8  # names in one sentence
_BAR = 24  # columns of the longest bar


def show(page: Page, found: Report) -> None:
    """All of it."""
    page.gap()
    if not found.mails:
        page.say("No mail is on record here, so there is nothing to learn from yet.")
        page.gap()
        return
    page.say(_summary(found), "bold")
    if found.unread:
        page.say(_unread(found), "yellow")
    if found.other_policy:
        page.say(f"{found.other_policy} of these mails were decided by another policy than today's.", "dim")
    _reasons(page, found)
    _clients(page, found)
    _months(page, found)
    _room(page, found.room)
    _money(page, found)
    _answers(page, found)
    _rules(page, found)
    _agreement(page, found)
    page.gap()


def _unread(found: Report) -> str:
    was, them = ("was", "it") if found.unread == 1 else ("were", "them")
    said = f"{found.unread} of {_counted(found.mails, 'mail')} {was} not understood, so no rule can be judged on {them}"
    return f"{said}. To have {them} read, run 'candor batch' on them with a --model."


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _summary(found: Report) -> str:
    if not found.asks:
        return f"{_counted(found.mails, 'mail')}: no rule was asked about anything in them."
    span = f"written from {found.first} to {found.last}"
    return f"{_counted(found.mails, 'mail')}, {span}: {_counted(found.asks, 'ask')}, {found.noes} of them refused."


def _reasons(page: Page, found: Report) -> None:
    page.heading(f"By reason: {noes(found.noes)}")
    if not found.rules:
        page.say("Nothing was refused.", "dim")
        return
    page.say(
        f"By kind: {', '.join(f'{plain(each.name)} {each.number}' for each in found.categories) or 'none'}.", "dim"
    )
    page.say(
        "A rule of yours says no where it is the first reason that a client is told; asks are all in which it held.",
        "dim",
    )
    page.gap()
    columns = [Column("rule", 24), Column("kind", 16), Column("noes", 5), Column("", _BAR), Column("asks", 5)]
    most = max((line.led for line in found.rules), default=0)
    rows = [
        [
            text(plain(line.rule)),
            text(plain(line.category), "dim"),
            _right(line.led),
            _bar(line.led, most),
            _right(line.fired),
        ]
        for line in found.rules
    ]
    page.table([*columns, Column("told upfront", 12)], _with_upfront(rows, found))


def _with_upfront(rows: list[list[Text]], found: Report) -> Iterable[list[Text]]:
    for row, line in zip(rows, found.rules, strict=True):
        yield [*row, text("yes" if line.upfront else "no", "dim")]


def _clients(page: Page, found: Report) -> None:
    page.heading(f"By client: {noes(found.noes)}")
    _counts(page, "client", found.clients, 60)
    if found.repeats:
        page.gap()
        page.say("Asked again after a no:")
        for each in found.repeats[:_LONGEST]:
            again = "once" if each.times == 1 else f"{each.times} times"
            page.part("", text(f"{each.client}: {plain(each.kind)}, {again} after the no of {each.refused_on}"))
    else:
        page.say("Nobody asked for the same kind of thing again after a no.", "dim")


def _months(page: Page, found: Report) -> None:
    page.heading("By month")
    if not found.trend:
        page.say(f"A trend needs three months; this history covers {len(found.months)}.", "dim")
        return
    most = max(month.noes for month in found.months)
    columns = [Column("month", 10), Column("mails", 6), Column("asks", 6), Column("noes", 5), Column("", _BAR)]
    rows = (
        [text(month_name(m.month)), _right(m.mails, 6), _right(m.asks, 6), _right(m.noes), _bar(m.noes, most)]
        for m in found.months[-_LONGEST:]
    )
    page.table(columns, rows)


def _room(page: Page, room: Room) -> None:
    page.heading("The ability to say no")
    if room.demand is None:
        page.say(
            "How busy you are is on no record: fill in calendar.yaml, or demand_to_capacity in profile.yaml.", "dim"
        )
    else:
        stands = (
            "as stated in profile.yaml"
            if room.stated is not None
            else f"the hours booked in {_counted(len(room.weeks), 'week')}"
        )
        page.say(f"Demand is {figure(room.demand)}% of what you can do ({stands}).")
        choose = "You can choose, and the right no costs you nothing."
        page.say(choose if room.demand > 100 else "There is room left, so each no to work that pays is felt.")  # noqa: PLR2004 - all that can be done
    if room.known:
        page.say(f"Clients asked for {figure(room.asked)} hours, known for {room.known} of {room.n} asks.", "dim")


def _money(page: Page, found: Report) -> None:
    page.heading("What the noes were worth")
    for sum_ in found.money:
        worth = f"{sum_.total:,.2f} {found.currency}" if sum_.known else "not known"
        of = f"{worth} (figure known for {sum_.known} of {sum_.n})"
        page.part("", text(f"{sum_.name}: {of}" + (f"; {sum_.note}" if sum_.note else "")))
    if not found.money:
        page.say("Nothing was refused.", "dim")


def _answers(page: Page, found: Report) -> None:
    page.heading(f"What you offered instead: {_counted(found.drafts_with_offers, 'draft')}")
    _counts(page, "kind of offer", found.offered, 30)
    if not found.drafts_with_offers:
        page.say("No draft has made an offer yet.", "dim")
    elif found.never_offered:
        page.say(_never(found.never_offered), "dim")
    if found.drafts and found.drafts.n:
        drafts = found.drafts
        told = f"{drafts.edited} were changed by a person, {drafts.gone} are no longer in the folder"
        page.say(f"Of {_counted(drafts.n, 'draft')}, {told}.")
    page.heading(f"Left to a person: {_counted(sum(count.number for count in found.escalated), 'mail')}")
    _counts(page, "why", found.escalated, 50)


def _never(names: Sequence[str]) -> str:
    """Offers that no draft has made: how many, and some of them."""
    some, rest = ", ".join(map(plain, names[:_SOME])), len(names) - _SOME
    return (
        f"{_counted(len(names), 'offer')} of your policy in no draft: {some}{f' and {rest} more' if rest > 0 else ''}."
    )


def _rules(page: Page, found: Report) -> None:
    page.heading(f"What could not be told, in {_counted(found.asks, 'ask')}")
    if not found.unknown:
        page.say("Nothing.", "dim")
    for each in found.unknown[:_LONGEST]:
        waited = f"; a rule hung on it in {each.mattered}" if each.mattered else ""
        page.part("", text(f"{fact(each.fact)}: in {each.number}{waited}"))
    page.heading(f"Rules that never held, in {_counted(found.asks, 'ask')}")
    if not found.judged:
        few = f"Too few mails were understood to judge a rule by: {found.unread} of {found.mails} were not."
        page.say(few if found.unread else "Nobody asked for anything yet.", "dim")
    for silent in found.silent:
        page.part("", Text.assemble(text(plain(silent.rule)), text(f"  {silent.why or 'nobody asked for it'}", "dim")))


def _agreement(page: Page, found: Report) -> None:
    page.heading("For the next agreement")
    if found.untold:
        told = ", ".join(f"{plain(count.name)} ({count.number} of {noes(found.noes)})" for count in found.untold)
        page.say(f"Tell everybody upfront: {told}. 'tell_upfront: yes' at a rule in policy.yaml does it.")
    for each in found.straight:
        page.say(each.client, "bold")
        page.part("", *(text(plain(point)) for point in each.points))
    if not found.untold and not found.straight:
        page.say("Nothing came up twice.", "dim")


def _counts(page: Page, head: str, counts: Sequence[Count], width: int) -> None:
    most = counts[0].number if counts else 0
    rows = (
        [
            text(plain(count.name) + (f" ({count.note})" if count.note else "")),
            _right(count.number),
            _bar(count.number, most),
        ]
        for count in counts[:_LONGEST]
    )
    if counts:
        page.table([Column(head, width), Column("", 5), Column("", _BAR)], rows)
    if len(counts) > _LONGEST:
        page.say(f"and {len(counts) - _LONGEST} more", "dim")


def _right(number: int, width: int = 5) -> Text:
    return text(f"{number:>{width}}")


def _bar(number: int, most: int) -> Text:
    return text("▬" * round(_BAR * number / most) if most else "", "cyan")
