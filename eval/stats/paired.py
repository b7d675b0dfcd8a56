"""The difference of two versions over the same cases: which test and interval apply, and what they say.

Two ways, chosen by what the cases are. Where each stands alone and only passes or fails, McNemar's test and Tango's
interval. Where repeats make shares of them, where they have values on a scale or where several share a source, the
bootstrap over whole clusters and the flips of their signs.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from eval.stats.interval import LEVEL, Interval
from eval.stats.mcnemar import FEW, mcnemar, tango
from eval.stats.resample import DRAWS, bootstrap, flips
from eval.stats.units import Unit, error, gains
from eval.stats.visible import ALPHA, visible, visible_mean

Test = Literal["McNemar, exact", "McNemar, mid-p", "sign flips over clusters"]


class Difference(NamedTuple):
    """Candidate minus baseline, in the measure of the units. ``lost`` and ``gained`` count cases."""

    n: int
    clusters: int
    lost: int  # better with the baseline
    gained: int  # better with the candidate
    value: float
    low: float
    high: float
    p: float
    test: Test
    visible: float  # the least difference that this many would show


def difference(units: Sequence[Unit], *, seed: int, alpha: float = ALPHA, draws: int = DRAWS) -> Difference:
    """All of it; ``alpha`` is the size at which ``visible`` is told. No units: nothing is known, and p is 1."""
    clusters, n = gains(units), len(units)
    lost, gained = sum(u.gain < 0 for u in units), sum(u.gain > 0 for u in units)
    if simple(units):
        bounds = tango(lost, gained, n, LEVEL)
        least = visible(n, (lost + gained) / n if n else 0.0, alpha)
    else:
        same = not lost and not gained
        bounds = Interval(0.0, 0.0) if same else bootstrap(clusters, seed=seed, draws=draws)
        least = visible_mean(error(clusters), n, alpha)
    mean = sum(u.gain for u in units) / n if n else 0.0
    p, test = value_of(units, seed=seed, draws=draws)
    return Difference(n, len(clusters), lost, gained, mean, *bounds, p, test, least)


def value_of(units: Sequence[Unit], *, seed: int, draws: int = DRAWS) -> tuple[float, Test]:
    """The p value alone, for where no interval is asked for, and the test that gave it."""
    if not simple(units):
        return flips(gains(units), seed=seed, draws=draws), "sign flips over clusters"
    lost, gained = sum(u.gain < 0 for u in units), sum(u.gain > 0 for u in units)
    return mcnemar(lost, gained), "McNemar, exact" if lost + gained < FEW else "McNemar, mid-p"


def simple(units: Sequence[Unit]) -> bool:
    """Whether every unit only passes or fails, and no two share a cluster."""
    whole = all(value in {0.0, 1.0} for unit in units for value in unit[2:])
    return whole and len({unit.cluster for unit in units}) == len(units)


def differing(units: Sequence[Unit]) -> int:
    """How many independent units differ at all: cases that stand alone, or clusters."""
    return sum(cluster.total != 0 for cluster in gains(units))
