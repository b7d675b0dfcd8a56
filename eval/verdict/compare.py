"""Two prompt versions over the same cases: better, worse, or no evidence at this size.

Everything is put together here and nothing decided: what counts is ``measure``'s, the words on each criterion are
``judged``'s, the one over all is ``conclude``'s.
"""

from collections.abc import Iterable
from typing import NamedTuple

from eval.types.record import Choice, Record
from eval.types.rubric import Rubric
from eval.verdict.comparison import Comparison, Consistency
from eval.verdict.conclude import conclude, faults, within
from eval.verdict.judged import judged
from eval.verdict.measure import Trust, measures
from eval.verdict.side import Side, side_of
from eval.verdict.where import regressions, slices


class Terms(NamedTuple):
    """What a verdict is given on. ``margin`` in points of a hundred; ``errors`` is the largest share of errors."""

    trust: Trust = Trust()
    margin: float | None = None
    errors: float = 0.1


_USUAL = Terms()


def compare(  # noqa: PLR0913 - what is compared, and on what terms
    records: Iterable[Record],
    baseline: str,
    candidate: str,
    rubric: Rubric,
    *,
    terms: Terms = _USUAL,
    choices: Iterable[Choice] = (),
) -> Comparison:
    """Compare two versions of one run, by their labels.

    Raises:
        UsageError: a version has no records, or the two may not be compared.
    """
    every = tuple(records)
    return compare_sides(side_of(every, baseline), side_of(every, candidate), rubric, terms=terms, choices=choices)


def compare_sides(
    baseline: Side, candidate: Side, rubric: Rubric, *, terms: Terms = _USUAL, choices: Iterable[Choice] = ()
) -> Comparison:
    """The same for two sides, one of which may have been stored.

    Raises:
        UsageError: the two may not be compared.
    """
    found = measures(baseline, candidate, rubric, terms.trust, choices)
    abouts = baseline.abouts | candidate.abouts
    rows = judged(found.rows, terms.margin)
    errors = (faults(baseline, candidate, found.gates), faults(candidate, baseline, found.gates))
    verdict, why = conclude(rows, errors, terms.errors)
    lost, won = regressions(found.rows, abouts)
    return Comparison(
        baseline=baseline.origin,
        candidate=candidate.origin,
        judges=tuple(sorted({one.judge for one in baseline.judges + candidate.judges})),
        cases=len(baseline.abouts.keys() & candidate.abouts.keys()),
        verdict=verdict,
        why=why,
        faults=errors,
        margin=terms.margin,
        within=within(rows, terms.margin),
        measured=rows,
        slices=slices(found.rows, abouts),
        regressions=lost,
        gained=won,
        consistency=Consistency(held=found.held.held, asked=found.held.asked) if found.held.asked else None,
    )
