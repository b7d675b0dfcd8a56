"""From measures to what is told of them: rates, difference, p values over all, and a word for each."""

from collections.abc import Sequence

from eval.stats.holm import askable, holm
from eval.stats.paired import Difference, difference, differing, value_of
from eval.stats.visible import ALPHA
from eval.verdict.comparison import Bounds, Measured, Word
from eval.verdict.measure import Measure
from eval.verdict.rates import corrected_of, rates_of

SEED = 1
"""Of every draw; the same records give the same verdict."""
_DRAWS = {True: 10_000, False: 2_000}  # of what counts, and of what advises


def judged(measures: Sequence[Measure], margin: float | None) -> tuple[Measured, ...]:
    """Every measure with its word, in the order given; ``margin`` in points of a hundred.

    Holm goes over all that count, and apart from them over all that advise, so that a further question to a judge who
    is not trusted costs a gate nothing.
    """
    found: dict[int, Measured] = {}
    for counts in (True, False):
        places = [at for at, one in enumerate(measures) if one.counts is counts]
        values, size = adjusted([measures[at] for at in places])
        for at, p_holm in zip(places, values, strict=True):
            told = difference(measures[at].units, seed=SEED, alpha=ALPHA / size, draws=_DRAWS[counts])
            found[at] = _measured(measures[at], told, p_holm, margin)
    return tuple(found[at] for at in range(len(measures)))


def adjusted(measures: Sequence[Measure]) -> tuple[tuple[float, ...], int]:
    """Holm's p values of measures, and how many entered; 1 for those on which too few cases differ to be asked."""
    enter = askable([differing(one.units) for one in measures])
    values = iter(
        holm([value_of(one.units, seed=SEED)[0] for one, asked in zip(measures, enter, strict=True) if asked])
    )
    return tuple(next(values) if asked else 1.0 for asked in enter), max(1, sum(enter))


def word(value: float, p_holm: float) -> Word:
    """The word for one difference."""
    if p_holm >= ALPHA:
        return Word.OPEN
    return Word.BETTER if value > 0 else Word.WORSE


def _measured(one: Measure, told: Difference, p_holm: float, margin: float | None) -> Measured:
    before, now = rates_of(one)
    within = None if margin is None or not one.gates or one.measure == "scale" else told.low > -margin / 100
    return Measured(
        criterion=one.criterion.id,
        measure=one.measure,
        by=one.criterion.by.value,
        family=one.criterion.family,
        says=one.criterion.says,
        counts=one.counts,
        gates=one.gates,
        n=told.n,
        clusters=told.clusters,
        left_out=one.left_out,
        lost=told.lost,
        gained=told.gained,
        baseline=before,
        candidate=now,
        corrected=corrected_of(one, before, now),
        difference=Bounds(value=told.value, low=told.low, high=told.high),
        p=told.p,
        p_holm=p_holm,
        test=told.test,
        visible=told.visible,
        word=word(told.value, p_holm),
        within=within,
    )
