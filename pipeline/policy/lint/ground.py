"""What every part of the lint stands on: the rules in force, where each fires, and where each is the reason told.

A rule leads an ask when it fires and no stronger rule does, and none of its own strength that stands before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pipeline.policy.lint.solve import Box, outside
from pipeline.policy.lint.space import Space
from pipeline.policy.terms import slots
from pipeline.types.business import Business
from pipeline.types.decision import Action, Text
from pipeline.types.policy import Policy, Rule
from pipeline.types.quantities import Quantity
from pipeline.types.request import State

__all__ = ["STATIC_SLOTS", "Ground", "eras", "fact_slots", "slots"]

STATIC_SLOTS = frozenset({"earliest_date", "quote_date", "booked_until", "partner"})


@dataclass(frozen=True)
class Ground:
    """A policy on a day on which its rules in force stay the same; dormant rules are left out."""

    business: Business
    space: Space
    rules: tuple[Rule, ...]
    day: date

    @classmethod
    def over(
        cls,
        business: Business,
        rules: tuple[Rule, ...],
        day: date,
        more: Mapping[str, Iterable[Quantity]],
        asleep: frozenset[str],
    ) -> "Ground":
        """With the space of all facts that the policy reads; ``more``: values to be told apart, too."""
        policy = business.policy
        texts = [rule.public for rule in policy.rules if rule.public] + [each.offer for each in policy.alternatives]
        told: dict[str, Iterable[Quantity]] = {name: () for text in texts for name in fact_slots(text, policy)}
        told |= {"ready_by": ()}  # where it is unknown, no day can be offered
        return cls(business, Space.of(policy, told | dict(more), asleep), rules, day)

    @property
    def policy(self) -> Policy:
        """The whole policy."""
        return self.business.policy

    @cached_property
    def fires(self) -> dict[str, tuple[Box, ...]]:
        """Where each rule in force fires, by its id."""
        return {rule.id: self.space.fires(rule) for rule in self.rules}

    @cached_property
    def before(self) -> dict[str, tuple[Rule, ...]]:
        """For each rule those that would lead in its place: stronger ones, and of its strength those before it."""
        ranks = [rule.decide.rank for rule in self.rules]
        return {
            rule.id: tuple(
                other for m, other in enumerate(self.rules) if ranks[m] > ranks[n] or (ranks[m] == ranks[n] and m < n)
            )
            for n, rule in enumerate(self.rules)
        }

    @cached_property
    def holes(self) -> dict[str, tuple[Box, ...]]:
        """For each rule where it can't lead although it fires."""
        return {rule.id: self._holes(rule) for rule in self.rules}

    def _holes(self, rule: Rule) -> tuple[Box, ...]:
        stronger = (box for other in self.before[rule.id] for box in self.fires[other.id])
        return (*stronger, *self.space.impossible, *self._owed(rule))

    def _owed(self, rule: Rule) -> tuple[Box, ...]:
        """What we owe, or may owe, is never refused, nor is it an end."""
        if rule.decide not in {Action.DECLINE, Action.END} or "obliged" not in self.space.full:
            return ()
        return ({"obliged": _YES | self.space.states("obliged", State.UNKNOWN)},)

    def leads(self, rule: Rule) -> bool:
        """Whether there is any point at which the rule leads."""
        return any(outside(box, self.holes[rule.id], self.space.full) is not None for box in self.fires[rule.id])

    def unsaid(self, text: Text) -> dict[str, int]:
        """The facts whose values a text states, each with the cells in which it has none."""
        return {name: self.space.states(name, State.ABSENT, State.UNKNOWN) for name in fact_slots(text, self.policy)}


_YES = 0b10  # the second cell of a flag


def fact_slots(text: Text, policy: Policy) -> tuple[str, ...]:
    """Those that are facts."""
    return tuple(name for name in slots(text) if name not in STATIC_SLOTS and name not in policy.settings)


def eras(policy: Policy, today: date) -> Iterator[tuple[date, frozenset[str]]]:
    """Each day from today on from which other rules are in force than before, with their ids."""
    turns = {today} | {r.from_ for r in policy.rules if r.from_ and r.from_ > today}
    turns |= {r.until + timedelta(1) for r in policy.rules if r.until and today <= r.until < date.max}
    before: frozenset[str] | None = None
    for day in sorted(turns):
        now = frozenset(r.id for r in policy.rules if not ((r.from_ and day < r.from_) or (r.until and day > r.until)))
        if now != before:
            yield day, now
        before = now
