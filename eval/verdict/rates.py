"""The rates of one measure under both versions, with their intervals, and corrected for the mistakes of a judge."""

from collections.abc import Sequence

from eval.stats.corrected import corrected
from eval.stats.interval import LEVEL, Rate, student
from eval.stats.units import error, rate, sums
from eval.verdict.comparison import Bounds
from eval.verdict.measure import Measure


def rates_of(one: Measure) -> tuple[Bounds, Bounds]:
    """Baseline and candidate: shares, or means on a scale."""
    figure = _mean if one.measure == "scale" else rate
    before = figure([(unit.cluster, unit.baseline) for unit in one.units])
    now = figure([(unit.cluster, unit.candidate) for unit in one.units])
    return _bounds(before), _bounds(now)


def corrected_of(one: Measure, before: Bounds, now: Bounds) -> tuple[Bounds, Bounds] | None:
    """Both rates as they would be without the judge's known mistakes; None where none are known."""
    if one.known is None or one.measure != "passes":
        return None
    size = len({unit.cluster for unit in one.units})
    both = corrected(before.value, size, one.known), corrected(now.value, size, one.known)
    return (_bounds(both[0]), _bounds(both[1])) if both[0] and both[1] else None


def _mean(values: Sequence[tuple[str, float]]) -> Rate:
    """The mean on a scale, with Student's interval over clusters."""
    clusters = sums(values)
    mean = sum(value for _, value in values) / len(values)
    half = student((1 + LEVEL) / 2, max(1, len(clusters) - 1)) * error(clusters)
    return Rate(mean, mean - half, mean + half, len(values))


def _bounds(found: Rate) -> Bounds:
    return Bounds(value=found.value, low=found.low, high=found.high)
