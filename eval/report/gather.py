"""Records, choices and a comparison become the page's values. Left out: how each of them is counted."""

from collections.abc import Iterator, Sequence

from eval.report.compared import headline, regressions_of, rows_of, slices_of
from eval.report.drafts import cases_of
from eval.report.figures import costs, errors, faults, lengths, models, pairs, rate
from eval.report.quadrant import place
from eval.report.view import CaseShown, Page, Row
from eval.types.record import Choice, Record
from eval.types.rubric import Rubric
from eval.verdict.comparison import Comparison

_MOST = 25  # regressions that are listed


def gather(records: Sequence[Record], choices: Sequence[Choice], rubric: Rubric, comparison: Comparison | None) -> Page:
    """The values of the page; without a comparison every version's rates stand for themselves."""
    versions = _versions(records, comparison)
    kept = [record for record in records if record.version in versions]
    each = [[record for record in kept if record.version == version] for version in versions]
    missed = {one.id: tuple(errors(own, one.id) for own in each) for one in rubric.criteria}
    cases = cases_of(kept, versions)
    drafts = [draft for case in cases for draft in case.drafts]
    rows = rows_of(comparison, missed) if comparison else tuple(_rows(each, missed, rubric))
    numbers = {case.name: case.number for case in cases}
    return Page(
        headline=headline(comparison, rows) if comparison else None,
        versions=versions,
        models=models(each),
        judges=tuple(dict.fromkeys(record.judgement.judge for record in kept if record.judgement)),
        rubric=f"{rubric.name}@{rubric.version}",
        records=len(kept),
        quadrant=place(drafts, len(versions)),
        rows=rows,
        slices=slices_of(comparison) if comparison else (),
        regressions=regressions_of(comparison, numbers, _MOST) if comparison else (),
        more=max(0, len(comparison.regressions) - _MOST) if comparison else 0,
        gained=comparison.gained if comparison else 0,
        faults=faults(drafts, len(versions)),
        lengths=lengths(drafts, len(versions)),
        costs=costs(each),
        pairs=pairs(choices, versions),
        cases=_worst_first(cases),
    )


def _versions(records: Sequence[Record], comparison: Comparison | None) -> tuple[str, ...]:
    """The baseline and the candidate; without a comparison all, in the order in which they ran."""
    if comparison:
        return comparison.baseline.version, comparison.candidate.version
    return tuple(dict.fromkeys(record.version for record in records))


def _rows(each: Sequence[Sequence[Record]], missed: dict[str, tuple[int, ...]], rubric: Rubric) -> Iterator[Row]:
    for one in rubric.criteria:
        rates = tuple(rate(own, one.id) for own in each)
        if any(rates) or any(missed[one.id]):
            yield Row(one.id, one.says, one.by.value, one.family, one.gates, rates, missed[one.id])


def _worst_first(cases: Sequence[CaseShown]) -> tuple[CaseShown, ...]:
    return tuple(sorted(cases, key=lambda case: -sum(case.failed)))
