"""What is measured of two sides: pairs of figures by case for each criterion, and what counts and gates of it.

A criterion that is scored by code counts; a judge's counts where a calibration allows it, else it advises. What advises
never gates. Left out: tests and words.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from eval.stats.agreement import Accuracy
from eval.stats.units import Unit
from eval.types.record import About, Choice
from eval.types.rubric import By, Criterion, Rubric
from eval.verdict.preferred import Preferred, preferred
from eval.verdict.refuse import refuse
from eval.verdict.side import ByCase, Side

AXES = ("care", "challenge")
PREFERENCE = Criterion(
    id="preference", by=By.JUDGE, family="fit", says="The draft that a judge prefers in both orders."
)
HEURISTIC = "heuristic"
"""The judge that is no model; nothing it says counts."""

_Kind = Literal["passes", "scale", "preferred"]


class Trust(NamedTuple):
    """What a valid calibration allows a judge: the criteria that it counts for, and how it errs where that is known."""

    criteria: frozenset[str] = frozenset()
    accuracy: Mapping[str, Accuracy] = MappingProxyType({})


class Measure(NamedTuple):
    """One criterion in one measure, with its units."""

    criterion: Criterion
    measure: _Kind
    counts: bool
    gates: bool
    units: tuple[Unit, ...]  # cases with a figure in both versions
    left_out: int  # cases that both ran, but that have none in one of them
    known: Accuracy | None = None


class Measures(NamedTuple):
    """All that is measured. ``gates``: ids whose loss stops a prompt, whether or not they could be measured."""

    rows: tuple[Measure, ...]
    gates: frozenset[str]
    held: Preferred


def measures(baseline: Side, candidate: Side, rubric: Rubric, trust: Trust, choices: Iterable[Choice]) -> Measures:
    """All that has a figure in both versions for at least one case, in the order of the rubric, the preference last.

    Raises:
        UsageError: the two may not be compared.
    """
    refuse(baseline, candidate, rubric)
    held = preferred(choices, baseline.origin.version, candidate.origin.version)
    counts = _counting(rubric, trust, {one.judge for one in baseline.judges + candidate.judges})
    gates = counts & {*(one.id for one in rubric.criteria if one.gates), *AXES, PREFERENCE.id}
    rows = _rows(baseline, candidate, rubric, held)
    return Measures(tuple(_settled(row, counts, trust) for row in rows), gates, held)


def _counting(rubric: Rubric, trust: Trust, judges: set[str]) -> frozenset[str]:
    by_code = frozenset(one.id for one in rubric.criteria if one.by is By.CODE)
    return by_code if HEURISTIC in judges else by_code | trust.criteria


def _settled(row: Measure, counts: frozenset[str], trust: Trust) -> Measure:
    name = row.criterion.id
    return row._replace(counts=name in counts, gates=row.gates and name in counts, known=trust.accuracy.get(name))


def _rows(baseline: Side, candidate: Side, rubric: Rubric, held: Preferred) -> Iterator[Measure]:
    """Rows as if all counted. Of values only the axes gate: others stand beside a pass of their criterion."""
    cases = {case: baseline.abouts[case] for case in baseline.abouts.keys() & candidate.abouts.keys()}
    for one in rubric.criteria:
        figures: tuple[tuple[_Kind, bool, dict[str, ByCase], dict[str, ByCase]], ...] = (
            ("passes", one.gates, baseline.passes, candidate.passes),
            ("scale", one.id in AXES, baseline.scales, candidate.scales),
        )
        for kind, gates, before, now in figures:
            if units := _units(before.get(one.id, {}), now.get(one.id, {}), cases):
                yield Measure(one, kind, True, gates, units, len(cases) - len(units))
    if units := _units(held.baseline, held.candidate, cases):
        yield Measure(PREFERENCE, "preferred", True, True, units, len(cases) - len(units))


def _units(before: ByCase, now: ByCase, cases: Mapping[str, About]) -> tuple[Unit, ...]:
    """Cases with a figure in both versions, by name."""
    both = sorted(before.keys() & now.keys() & cases.keys())
    return tuple(Unit(case, cases[case].cluster or case, before[case], now[case]) for case in both)
