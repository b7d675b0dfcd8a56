"""Every fact a rule may read, for each ask: the mail's own, the client's record, and what code derives from both.

All arithmetic is in ``pipeline.policy.derive``, in exact numbers, with ``today`` passed in. What a client claims can
add a fact; it can't remove one that stands in our records. What is ``given`` (a test of the policy states it outright)
stands in the place of what would be derived.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.policy.derive.asks import derive
from pipeline.policy.derive.ground import UNSAID, Day0, Facts, Ground
from pipeline.policy.derive.record import of_the_mail, record
from pipeline.policy.vocabulary import dormant
from pipeline.types.business import Business
from pipeline.types.message import Message
from pipeline.types.quantities import Choice
from pipeline.types.request import Ask, Kind, Request, State

OF_TIME = frozenset({
    "lead_days", "free_hours_after", "days_late", "before_we_are_free", "partner_too_late", "client_part_too_late",
    "other_work_at_risk",
})  # fmt: skip
"""Derived facts that another deadline would change."""


@dataclass(frozen=True)
class Resolved:
    """Facts by ask number (0 when the mail asks nothing), the day they hold on, and the names that no source fills."""

    asks: dict[int, Facts]
    ground: Ground
    dormant: frozenset[str]
    request: Request
    shared: Facts
    given: Mapping[int, Facts] = field(default_factory=dict)

    @property
    def day0(self) -> Day0:
        """The day of the decision, and what follows from it alone."""
        return self.ground.day0

    def if_asked(self, number: int, instead: Facts) -> Facts:
        """The facts of ask ``number``, had it been asked with these facts instead of its own.

        What is given for it stays, unless the change alters what would be derived. What is given of time holds for
        the day that was asked for, and goes with it.
        """
        asks = tuple(_replaced(ask, instead) if ask.number == number else ask for ask in self.request.asks)
        given = dict(self.given)
        if given.get(number):
            without = given | {number: {}}
            old, new = (derive(each, self.shared, self.ground, without)[number] for each in (self.request.asks, asks))
            gone = OF_TIME if "deadline" in instead else frozenset()
            given[number] = {n: f for n, f in given[number].items() if old.get(n) == new.get(n) and n not in gone}
        return _complete(derive(asks, self.shared, self.ground, given)[number])


def resolve(message: Message, request: Request, business: Business, today: date) -> Resolved:
    """Add records and derived facts to what the mail states."""
    return resolved(request, Ground(business, business.client_of(message.sender), Day0.of(business, today)), {})


def resolved(request: Request, ground: Ground, given: Mapping[int, Facts]) -> Resolved:
    """The same on known ground; ``given`` by ask number, 0 for the whole mail, goes before record and derivation."""
    stated = given.get(0, {})
    shared = {f.name: f for f in (*request.facts, *record(ground))} | stated
    shared |= of_the_mail(shared, ground) | stated
    asks = {n: _complete(facts) for n, facts in derive(request.asks, shared, ground, given).items()}
    return Resolved(
        asks=asks or {0: _complete(shared)},
        ground=ground,
        dormant=dormant(ground.business),
        request=request,
        shared=shared,
        given=given,
    )


def _replaced(ask: Ask, instead: Facts) -> Ask:
    kind = instead.get("kind")
    kept = tuple(f for f in ask.facts if f.name not in instead)
    return ask.model_copy(
        update={
            "facts": (*kept, *(f for f in instead.values() if f.name != "kind" and f.state is not State.ABSENT)),
            "kind": Kind(kind.value.name) if kind and isinstance(kind.value, Choice) else ask.kind,
        }
    )


def _complete(facts: Facts) -> Facts:
    """Facts nobody stated are absent: a flag then reads as no, a measure as not mentioned."""
    return facts | {name: fact for name, fact in UNSAID.items() if name not in facts}
