"""One case, once, through every version: drafted, judged, compared in pairs, scored, as records with their keys.

What a model, a judge or the policy makes of it is theirs; here it is joined. Left out: what runs at the same time, and
where records go.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import NamedTuple, TypeVar

from eval.rubrics.score import score
from eval.runs.drafting import Readings, Writers
from eval.runs.judging import Judges
from eval.runs.keys import key_of
from eval.types.case import Case
from eval.types.record import About, Choice, Plan, Record
from eval.types.rubric import Rubric
from pipeline.errors import PendingError

_Done = TypeVar("_Done")


class Unit(NamedTuple):
    """One case and the number of its repeat."""

    case: Case
    repeat: int


class Made(NamedTuple):
    """What became of a unit."""

    records: tuple[Record, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Bench:
    """Makes units. ``suite`` is the suite's hash; without ``judges`` nobody judges."""

    plan: Plan
    suite: str
    rubric: Rubric
    writers: Writers
    judges: Judges | None

    def keys(self, unit: Unit) -> tuple[str, ...]:
        """The keys of a unit's records, in the order of the versions."""
        return tuple(self._key(unit, version) for version in self.plan.versions)

    async def make(self, unit: Unit) -> Made:
        """Every version's record of a unit, and the choices between their drafts.

        Raises:
            PendingError: a reply is not here yet.
            EndpointError: no further call can succeed.
        """
        readings: Readings = {}
        records = await _all(self._record(unit, version, readings) for version in self.plan.versions)
        if not self.plan.pairwise or self.judges is None:
            return Made(tuple(records), ())
        drafted = [record for record in records if record.outcome.draft]
        judges = self.judges
        choices = await _all(judges.choose(unit.case, first, second) for first, second in permutations(drafted, 2))
        return Made(tuple(records), tuple(choices))

    async def _record(self, unit: Unit, version: str, readings: Readings) -> Record:
        key, case = self._key(unit, version), unit.case
        outcome = await self.writers.draft(case, version, unit.repeat, key, readings)
        judgement = None
        if self.judges and outcome.draft:
            judgement = await self.judges.judge(case, outcome, self.rubric, unit.repeat)
        return Record(
            key=key,
            suite=self.suite,
            about=about(case),
            version=version,
            prompts=self.writers.hashes(version),
            model=self.plan.model.name,
            repeat=unit.repeat,
            rubric=f"{self.rubric.name}@{self.rubric.version} {self.rubric.hash}",
            outcome=outcome,
            judgement=judgement,
            scores=score(case, outcome, judgement, self.rubric, judged=self.judges is not None),
        )

    def _key(self, unit: Unit, version: str) -> str:
        """All that a record depends on, as one hash."""
        judging = self.judges.identity if self.judges else ""
        own = (unit.case.id, str(unit.repeat), self.writers.identity(version))
        return key_of(*own, self.suite, self.rubric.hash, judging, str(self.plan.pairwise))


def about(case: Case) -> About:
    """What the statistics and slices need of a case."""
    return About(
        case=case.id,
        language=case.language,
        business=case.business,
        cluster=case.cluster or case.id,
        kind=case.expected.kinds[0].value if case.expected.kinds else "",
        tags=case.tags,
        split=case.split,
    )


async def _all(tasks: Iterable[Awaitable[_Done]]) -> list[_Done]:
    """Every result. When one cannot be had the others still go as far as they can, so that all that waits is known."""
    done = await asyncio.gather(*tasks, return_exceptions=True)
    faults = [one for one in done if isinstance(one, BaseException)]
    for fault in sorted(faults, key=lambda one: isinstance(one, PendingError)):
        raise fault
    return [one for one in done if not isinstance(one, BaseException)]
