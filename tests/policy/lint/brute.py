"""The lint's claims by brute force: every combination of values, through the code that decides at run time."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from pipeline.policy.evaluate import holds, verdict
from pipeline.policy.facts import BY_NAME, CATALOGUE
from pipeline.types.business import Business
from pipeline.types.decision import Action, Result
from pipeline.types.policy import Alternative, Policy
from pipeline.types.quantities import Choice, Count, Flag, Percent, Quantity
from pipeline.types.request import Fact, State
from tests.fakes import TODAY, business

VALUES: dict[str, tuple[Quantity, ...]] = {
    "abuse": (Flag(yes=True),),
    "unpaid": (Flag(yes=True),),
    "against_aim": (Flag(yes=True),),
    "pays_with": tuple(Choice(name=name) for name in BY_NAME["pays_with"].choices),
    "revision_round": tuple(Count(number=n) for n in range(6)),
    "discount_asked": tuple(Percent(number=n) for n in (5, 10, 15, 20, 25)),
}
"""Facts that are independent of each other, with more values than any test policy tells apart."""


class Point(NamedTuple):
    """One ask: its facts, the rules that fire, the one that leads, and what comes of it."""

    facts: Mapping[str, Fact]
    fired: tuple[str, ...]
    lead: str
    action: Action


def facts(name: str) -> Iterator[Fact]:
    """Everything that a fact can be."""
    flag = isinstance(VALUES[name][0], Flag)
    yield Fact(name=name, state=State.ABSENT, value=Flag(yes=False) if flag else None)
    yield Fact(name=name, state=State.UNKNOWN)
    for value in VALUES[name]:
        yield Fact(name=name, state=State.KNOWN, value=value)


REST = {
    spec.name: Fact(name=spec.name, state=State.ABSENT, value=Flag(yes=False) if spec.type == "flag" else None)
    for spec in CATALOGUE
}


def read(policy: Policy) -> list[str]:
    cells = [c for rule in policy.rules for c in rule.conditions] + [c for a in policy.alternatives for c in a.when]
    return list(dict.fromkeys(cell.fact for cell in cells))


def points(policy: Policy) -> list[Point]:
    names = read(policy)
    return [
        point(policy, REST | dict(zip(names, each, strict=True))) for each in product(*(facts(name) for name in names))
    ]


def point(policy: Policy, given: Mapping[str, Fact]) -> Point:
    fired = [r for r in policy.rules if verdict(r, dict(given), frozenset(), TODAY) is Result.FIRED]
    action = max((r.decide for r in fired), key=lambda a: a.rank, default=Action.ACCEPT)
    lead = next((r.id for r in fired if r.decide is action), "")
    return Point(given, tuple(r.id for r in fired), lead, action)


def fits(alternative: Alternative, at: Point) -> bool:
    meant = not alternative.for_ or at.lead in alternative.for_
    return meant and all(holds(c, at.facts[c.fact]) is True for c in alternative.when)


def eligible(policy: Policy, mail: tuple[Point, ...]) -> set[str]:
    """The ids of what may be offered to a mail whose asks are all refused."""
    fired = {name for at in mail for name in at.fired}
    return {a.id for a in policy.alternatives if not fired & set(a.not_for) and any(fits(a, at) for at in mail)}


def short(policy: Policy, mail: tuple[Point, ...]) -> bool:
    kinds = {a.kind for a in policy.alternatives if a.id in eligible(policy, mail)}
    return len(kinds) < 3


def of(text: str) -> Business:
    return business(text)
