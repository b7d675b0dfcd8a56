"""What the statistics speak in: an interval, a rate, and the quantiles that both need.

Left out: one-sided intervals. The lower bound of a two-sided one at 95 % serves a one-sided test at 2.5 %.
"""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

LEVEL = 0.95
"""The share of intervals that shall hold the truth."""

_NORMAL = NormalDist()


class Interval(NamedTuple):
    """Both bounds belong to it."""

    low: float
    high: float


class Rate(NamedTuple):
    """A share of ``n`` with its interval, all between 0 and 1."""

    value: float
    low: float
    high: float
    n: int


def normal(share: float) -> float:
    """The quantile of the standard normal distribution: 1.96 for 0.975."""
    return _NORMAL.inv_cdf(share)


def below(quantile: float) -> float:
    """The share of the standard normal distribution below ``quantile``."""
    return _NORMAL.cdf(quantile)


def student(share: float, freedom: int) -> float:
    """The quantile of Student's t with ``freedom`` >= 1 degrees, by its expansion around the normal one.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5. Within 1 % from 4 degrees on.
    """
    z = normal(share)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def wilson(hits: float, n: float, level: float = LEVEL) -> Interval:
    """The score interval of ``hits`` of ``n``; all of 0 to 1 when there is nothing. ``n`` may be an effective size.

    Source: Wilson, JASA 22 (1927); recommended by Brown, Cai and DasGupta, Statistical Science 16 (2001).
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    z2 = normal((1 + level) / 2) ** 2
    share = hits / n
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return Interval(max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))
