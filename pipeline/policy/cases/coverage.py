"""How much a table of tests would notice: every small change to the policy, tried against every row that passes.

A row is decided anew only where the change reads differently for it, so that thousands of pairs take a second or two.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.policy.cases.mutate import Mutant, mutants
from pipeline.policy.cases.run import Kept, Outcome, decided, facts_of, misses
from pipeline.policy.cases.table import Expected, Row
from pipeline.policy.derive.ground import Facts
from pipeline.policy.evaluate import holds, verdict
from pipeline.policy.offers import fits
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision, Result
from pipeline.types.policy import Alternative, Rule
from pipeline.types.request import State

Reading = tuple[object, ...]
_REFUSED = {Action.DECLINE, Action.END}


@dataclass(frozen=True)
class Base:
    """A row under the policy as it is."""

    row: Row
    facts: Kept
    decision: Decision
    offered: tuple[Facts, ...]  # what its asks become with the offers that were weighed
    read: dict[str, tuple[Reading, ...]] = field(default_factory=dict)  # by rule

    @classmethod
    def of(cls, row: Row, business: Business) -> "Base":
        """Decide the row once."""
        facts = facts_of(row, business)
        decision = decided(row, facts)
        return cls(row, facts, decision, tuple(facts.memory.values()))

    def under(self, business: Business) -> Decision:
        """The decision under another policy of the same business."""
        return decided(self.row, replace(self.facts, ground=replace(self.facts.ground, business=business)))

    def expecting(self, expected: Expected) -> "Base":
        """The same, looked at for something else."""
        return replace(self, row=self.row.model_copy(update={"expected": expected}))

    def fails(self, decision: Decision) -> bool:
        """Whether the row would not have this decision."""
        return any(misses(self.row, decision))

    def touched(self, mutant: Mutant) -> bool:
        """Whether the change can make any difference to this row."""
        if isinstance(mutant.old, Alternative):
            assert isinstance(mutant.new, Alternative)
            return self._eligible(mutant.old) != self._eligible(mutant.new)
        if mutant.old.id not in self.read:
            self.read[mutant.old.id] = self._readings(mutant.old)
        return self.read[mutant.old.id] != self._readings(mutant.new if isinstance(mutant.new, Rule) else None)

    def _readings(self, rule: Rule | None) -> tuple[Reading, ...]:
        """All that the decision takes from a rule: over every ask, and over what each could become with an offer."""
        return tuple(self._reading(rule, facts) for facts in (*self.facts.asks.values(), *self.offered))

    def _reading(self, rule: Rule | None, facts: Facts) -> Reading:
        if rule is None:
            return (Result.NO,)
        match verdict(rule, facts, self.facts.dormant, self.row.today):
            case Result.FIRED:
                return Result.FIRED, rule.decide, *(c.fact for c in rule.conditions if holds(c, facts[c.fact]))
            case Result.UNKNOWN:
                unknown = (c.fact for c in rule.conditions if facts[c.fact].state is State.UNKNOWN)
                return Result.UNKNOWN, rule.decide, rule.if_unknown, *unknown
            case _:
                return (Result.NO,)

    def _eligible(self, offer: Alternative) -> Reading:
        refused = [a for a in self.decision.asks if a.action in offer.on and a.action in _REFUSED]
        if any(rule in offer.not_for for a in refused for rule in a.fired):
            return ()
        return tuple(a.ask for a in refused if fits(offer, a, self.facts.asks[a.ask]))


class Coverage(NamedTuple):
    """Which changes the rows notice, and which they don't."""

    killed: tuple[Mutant, ...]
    survivors: tuple[Mutant, ...]


def cover(outcomes: Iterable[Outcome], business: Business) -> Coverage:
    """Try every change against the rows that pass."""
    bases = [Base.of(outcome.row, business) for outcome in outcomes if not outcome.misses]
    killed: list[Mutant] = []
    survivors: list[Mutant] = []
    for mutant in mutants(business.policy):
        (killed if noticed(mutant, bases, changed(business, mutant)) else survivors).append(mutant)
    return Coverage(tuple(killed), tuple(survivors))


def changed(business: Business, mutant: Mutant) -> Business:
    """The business under the changed policy."""
    return business.model_copy(update={"policy": mutant.apply(business.policy)})


def noticed(mutant: Mutant, bases: Iterable[Base], other: Business) -> bool:
    """Whether any row fails under the change; ``other`` is the business with it."""
    return any(base.touched(mutant) and base.fails(base.under(other)) for base in bases)
