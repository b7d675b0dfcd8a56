"""A table of tests held against a policy: which rows fail, and how much all of them together would notice."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.policy.cases.coverage import Coverage, cover
from pipeline.policy.cases.mutate import Mutant
from pipeline.policy.cases.run import Outcome, run
from pipeline.policy.cases.suggest import Suggested, suggest
from pipeline.policy.cases.table import Table
from pipeline.policy.vocabulary import dormant
from pipeline.types.business import Business


class Tally(NamedTuple):
    """How many changes to one rule or alternative are noticed, of how many that make any difference."""

    id: str
    noticed: int
    of: int


class Examined(NamedTuple):
    """All that can be said of a table. Changes that are proven to make no difference are in no count."""

    table: Table
    outcomes: tuple[Outcome, ...]
    coverage: Coverage
    suggested: Suggested
    asleep: tuple[str, ...]  # rules that read what no record fills, so that nothing can test them

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The rows that did not come out as expected."""
        return tuple(outcome for outcome in self.outcomes if outcome.misses)

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """Changes that no row notices, although a mail could."""
        equal = {id(mutant) for mutant in self.suggested.equal}
        return tuple(mutant for mutant in self.coverage.survivors if id(mutant) not in equal)

    @property
    def whole(self) -> Tally:
        """The count over the whole policy."""
        return Tally("", len(self.coverage.killed), len(self.coverage.killed) + len(self.survivors))

    def tallies(self) -> Iterator[Tally]:
        """By rule, then by alternative, as they stand in the file."""
        counted = (*self.coverage.killed, *self.survivors)
        for name in sorted(
            {m.old.id for m in counted}, key=lambda name: min(m.line for m in counted if m.old.id == name)
        ):
            noticed = sum(1 for m in self.coverage.killed if m.old.id == name)
            yield Tally(name, noticed, sum(1 for m in counted if m.old.id == name))


def examine(table: Table, business: Business) -> Examined:
    """Run every row, then every small change to the policy against the rows that hold."""
    outcomes = tuple(run(row, business) for row in table.rows)
    coverage = cover(outcomes, business)
    names = [row.name for row in table.rows]
    suggested = suggest(coverage.survivors, business, table.today, names)
    unfilled = dormant(business)
    asleep = tuple(r.id for r in business.policy.rules if any(c.fact in unfilled for c in r.conditions))
    return Examined(table, outcomes, coverage, suggested, asleep)


def percent(tally: Tally) -> int:
    """Rounded down, so that 100 means all."""
    return 100 * tally.noticed // tally.of if tally.of else 100
