"""Every no offers three kinds of alternatives: where that can fail, one finding for each cause, with its example."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.policy.lint.candidates import Weighed, on_decline
from pipeline.policy.lint.findings import Finding, Places, several
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.solve import inside
from pipeline.policy.lint.starve import THREE, Search, of_ask
from pipeline.policy.lint.words import Example, among, example
from pipeline.types.decision import Action
from pipeline.types.policy import Rule

_ASKS = 3  # refused asks of one mail that are looked at together


class _Short(NamedTuple):
    lead: Rule
    leads: tuple[str, ...]
    example: Example


def short_of_kinds(ground: Ground, offers: tuple[Weighed, ...], places: Places) -> Iterator[Finding]:
    """Declines that could leave fewer than three kinds, or that need a filler to reach three."""
    here = on_decline(offers)
    declines = [rule for rule in ground.rules if rule.decide is Action.DECLINE]
    alone = _shorts(ground, here, declines, asks=1)
    short = {found.lead.id for found in alone}
    sound = [rule for rule in declines if rule.id not in short]
    together = _shorts(ground, here, sound, asks=_ASKS)
    yield from _told([*alone, *together], here, places)
    short |= {found.lead.id for found in together}
    yield from _doubtful(ground, here, [rule for rule in sound if rule.id not in short], places)
    yield from _filled(ground, here, [rule for rule in sound if rule.id not in short], places)


def _shorts(
    ground: Ground, offers: tuple[Weighed, ...], leads: list[Rule], *, asks: int, doubted: bool = False
) -> list[_Short]:
    candidates = tuple(each.candidate(ground, doubted=doubted) for each in offers)
    search = Search(ground, candidates, asks, frozenset(rule.id for rule in leads))
    found = ((rule, search.starved(rule)) for rule in leads)
    return [_Short(rule, mail.leads, example(mail, search, ground)) for rule, mail in found if mail]


def _told(shorts: list[_Short], offers: tuple[Weighed, ...], places: Places) -> Iterator[Finding]:
    """One finding for each set of further rules that take the alternatives away."""
    causes: dict[tuple[object, ...], list[_Short]] = {}
    for short in shorts:
        others = frozenset(short.example.fired) - {short.lead.id}
        causes.setdefault((others or short.lead.id, len(short.leads)), []).append(short)
    for group in causes.values():
        first = group[0]
        yield places.warning(
            "too_few_kinds",
            places.rule(first.lead.id),
            f"{_who(group)}. Example: {first.example.words}. {_fires(first)}, and {first.example.remains}",
            f"{_mend(first, offers)} Until then, such mail goes to a person.",
        )


def _who(group: list[_Short]) -> str:
    if len(group) == 1:
        return f"'{group[0].lead.id}' can say no without three alternatives"
    others = among(tuple(short.lead.id for short in group[1:]))
    return f"'{group[0].lead.id}' can say no without three alternatives, and so can {others}, for one cause"


def _fires(short: _Short) -> str:
    fired = short.example.fired
    return f"Then {several(fired)} {'fire' if len(fired) > 1 else 'fires'}"


def _mend(short: _Short, offers: tuple[Weighed, ...]) -> str:
    fired = set(short.example.fired)
    meant = [
        each.alternative
        for each in offers
        if not each.alternative.for_ or set(each.alternative.for_) & set(short.leads)
    ]
    barred = tuple(one.id for one in meant if fired & set(one.not_for))
    missing = THREE - len(short.example.left)
    what = "an alternative of another kind" if missing == 1 else f"{missing} alternatives of other kinds"
    more = f"Add {what} with 'for: [{short.lead.id}]'"
    if not barred:
        return f"{more} that can be offered then, or let the rule escalate."
    enemies = sorted({name for one in meant for name in one.not_for if name in fired})
    return f"{more} that can be offered then, or take {several(enemies)} out of 'not_for' of {among(barred)}."


def _doubtful(ground: Ground, offers: tuple[Weighed, ...], sound: list[Rule], places: Places) -> Iterator[Finding]:
    """Declines that have three kinds unless an offer is refused, or has no day, which the file alone can't tell."""
    doubted = [each for each in offers if each.undated or any(not refusal.sure for refusal in each.refused)]
    for short in _shorts(ground, offers, sound, asks=_ASKS, doubted=True) if doubted else ():
        told = list(_missing(short, doubted))
        says = (
            f"'{short.lead.id}' may say no without three alternatives. Example: {short.example.words}. "
            f"{_fires(short)}, {' and '.join(told)}; then {short.example.remains}"
        )
        more = f"Add an alternative of another kind with 'for: [{short.lead.id}]'"
        or_ = ", or say under 'instead' what else the offer changes" if any("refused" in each for each in told) else ""
        do = f"Such mail goes to a person. {more}{or_}."
        yield places.warning("perhaps_too_few_kinds", places.rule(short.lead.id), says, do)


def _missing(short: _Short, doubted: list[Weighed]) -> Iterator[str]:
    """Each offer that is missing from the example: full weeks, or the rules that may refuse it and what they read."""
    left = {name for ids in short.example.left.values() for name in ids}
    for each in doubted:
        one, asks, box = each.alternative, range(len(short.leads)), short.example.mail.box
        if one.id in left or (one.for_ and not set(one.for_) & set(short.leads)):
            continue
        met = [r for r in each.refused for n in asks if inside(box, of_ask(r.box, n))]
        if any(inside(box, of_ask(full, n)) for full in each.undated for n in asks):
            yield f"'{one.id}' has no day to give where the weeks in the calendar are full"
        elif met:
            by = several(dict.fromkeys(r.rule for r in met))
            yield f"'{one.id}' may be refused by {by} ({among(tuple(dict.fromkeys(n for r in met for n in r.by)))})"


def _filled(ground: Ground, offers: tuple[Weighed, ...], sound: list[Rule], places: Places) -> Iterator[Finding]:
    fillers = tuple(each.alternative.id for each in offers if each.filler)
    if not fillers:
        return
    short = _shorts(ground, tuple(each for each in offers if not each.filler), sound, asks=1)
    if short:
        leads = tuple(found.lead.id for found in short)
        says = f"without {several(fillers)}, offered whatever the matter is, {among(leads)} would not have three kinds"
        first = short[0].example
        do = f"Give them alternatives of their own with 'for'. Without a filler: {first.words}; {first.remains}."
        yield places.warning("filler", places.offer(fillers[0]), says, do)
