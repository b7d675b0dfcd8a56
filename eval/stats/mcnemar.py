"""Pass or fail of the same cases under two versions: the test and the interval of McNemar's table.

Only cases on which the versions differ count: ``lost`` passed with the baseline and fail now, ``gained`` the other way
round. For independent cases only. A sign test over wins and losses is the same test.
"""

from collections.abc import Callable
from math import comb, sqrt

from eval.stats.interval import LEVEL, Interval, normal

FEW = 10
"""Under so many cases that differ the exact test stands; above it the mid-p, whose size is nearer to its name."""


def mcnemar(lost: int, gained: int) -> float:
    """The two-sided p value: exact under ten cases that differ, mid-p from there on; 1 when none does.

    Source: McNemar, Psychometrika 12 (1947); mid-p after Fagerland, Lydersen and Laake, BMC Medical Research
    Methodology 13:91 (2013).
    """
    number, less = lost + gained, min(lost, gained)
    tail = sum(comb(number, k) for k in range(less + 1))
    twice = 2 * tail if number < FEW else 2 * tail - comb(number, less)
    return float(min(1.0, twice / (1 << number)))


def tango(lost: int, gained: int, n: int, level: float = LEVEL) -> Interval:
    """The score interval of the difference of two paired rates over ``n`` cases, between -1 and 1.

    Source: Tango, Statistics in Medicine 17 (1998), 891-908; bounds found by bisection.
    """
    if n == 0:
        return Interval(-1.0, 1.0)
    z = normal((1 + level) / 2)
    middle = (gained - lost) / n
    return Interval(
        _where(lambda d: _score(lost, gained, n, d) > z, -1.0, middle),
        _where(lambda d: _score(lost, gained, n, d) > -z, middle, 1.0),
    )


def _score(lost: int, gained: int, n: int, difference: float) -> float:
    """How many standard errors the difference found lies above a supposed one; infinite where that can't be."""
    b = (2 * n - gained + lost) * difference - gained - lost
    c = -lost * difference * (1 - difference)
    share = (sqrt(max(0.0, b * b - 8 * n * c)) - b) / (4 * n)
    variance = n * (2 * share + difference * (1 - difference))
    above = gained - lost - n * difference
    if variance <= 0:
        return float("inf") if above > 0 else float("-inf") if above < 0 else 0.0
    return above / sqrt(variance)


def _where(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The point between ``low`` and ``high`` up to which ``holds`` is true."""
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low + high) / 2
