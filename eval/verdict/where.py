"""Where a difference sits: over the cases of one kind, language or business, and case by case.

Left out: intervals of slices. A slice says where to look, and only one of twenty cases or more gets a word, by Holm
over all slices that do.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Literal

from eval.stats.units import Unit
from eval.types.record import About
from eval.verdict.comparison import Regression, Slice
from eval.verdict.judged import adjusted, word
from eval.verdict.measure import Measure

ENOUGH = 20
"""Cases under which a slice gets no word."""

_HALF = 0.5
_By = Literal["kind", "language", "business"]
_BYS: tuple[_By, ...] = ("kind", "language", "business")


def slices(measures: Sequence[Measure], abouts: Mapping[str, About]) -> tuple[Slice, ...]:
    """Every slice that has a name, in the order of the measures; what advises gets no word either."""
    parts = [part for one in measures for part in _parts(one, abouts)]
    asked = [part for _, _, part in parts if part.counts and len(part.units) >= ENOUGH]
    values = dict(zip(map(id, asked), adjusted(asked)[0], strict=True))
    return tuple(_slice(by, name, part, values.get(id(part))) for by, name, part in parts)


def _parts(one: Measure, abouts: Mapping[str, About]) -> Iterator[tuple[_By, str, Measure]]:
    for by in _BYS:
        groups: dict[str, list[Unit]] = defaultdict(list)
        for unit in one.units:
            groups[getattr(abouts[unit.case], by)].append(unit)
        for name, units in sorted(groups.items()):
            if name:
                yield by, name, one._replace(units=tuple(units))


def _slice(by: _By, name: str, part: Measure, p_holm: float | None) -> Slice:
    before, now = fmean(unit.baseline for unit in part.units), fmean(unit.candidate for unit in part.units)
    said = None if p_holm is None else word(now - before, p_holm)
    return Slice(
        by=by,
        name=name,
        criterion=part.criterion.id,
        measure=part.measure,
        n=len(part.units),
        baseline=before,
        candidate=now,
        difference=now - before,
        word=said,
    )


def regressions(measures: Sequence[Measure], abouts: Mapping[str, About]) -> tuple[tuple[Regression, ...], int]:
    """Regressions worst first (by criteria lost that gate, that count, in all), and the number of cases that only won.

    A case passes a criterion if more than half of its repeats do. What merely advises is a loss, too, but comes last.
    """
    lost: dict[str, list[Measure]] = defaultdict(list)
    won: set[str] = set()
    for one in measures:
        for unit in one.units if one.measure == "passes" else ():
            before, now = unit.baseline > _HALF, unit.candidate > _HALF
            if before and not now:
                lost[unit.case].append(one)
            elif now and not before:
                won.add(unit.case)
    found = [_regression(abouts[case], losses) for case, losses in lost.items()]
    order = {case: tuple(-n for n in _weight(losses)) for case, losses in lost.items()}
    return tuple(sorted(found, key=lambda r: (order[r.about.case], r.about.case))), len(won - lost.keys())


def _regression(about: About, losses: Sequence[Measure]) -> Regression:
    names = sorted(losses, key=lambda one: (not one.gates, not one.counts))
    return Regression(about=about, lost=tuple(one.criterion.id for one in names), gates=_weight(losses)[0])


def _weight(losses: Sequence[Measure]) -> tuple[int, int, int]:
    return sum(one.gates for one in losses), sum(one.counts for one in losses), len(losses)
