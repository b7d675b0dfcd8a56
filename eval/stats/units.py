"""The unit of every comparison: one case, its repeats averaged, measured under both versions.

Repeats are averaged within a case first: the case, not the call, is what was drawn. Cases of one cluster share a
source, so that only the clusters are independent. Left out: weights; each case counts once.
"""

from collections.abc import Sequence
from itertools import groupby
from math import sqrt
from typing import NamedTuple

from eval.stats.interval import Rate, wilson


class Unit(NamedTuple):
    """One case: shares between 0 and 1 or values on a scale, higher is better."""

    case: str
    cluster: str  # the case's own name where it shares no source
    baseline: float
    candidate: float

    @property
    def gain(self) -> float:
        """By how much the candidate is better."""
        return self.candidate - self.baseline


class Sum(NamedTuple):
    """A cluster: the sum of a value over its cases, and how many cases these are."""

    total: float
    size: int


def sums(values: Sequence[tuple[str, float]]) -> tuple[Sum, ...]:
    """Pairs of cluster and value, summed by cluster; ordered by name, so that no draw depends on the order given."""
    found = []
    for _, group in groupby(sorted(values), key=lambda pair: pair[0]):
        members = [value for _, value in group]
        found.append(Sum(sum(members), len(members)))
    return tuple(found)


def gains(units: Sequence[Unit]) -> tuple[Sum, ...]:
    """What each cluster gains from the baseline to the candidate."""
    return sums([(unit.cluster, unit.gain) for unit in units])


def error(clusters: Sequence[Sum]) -> float:
    """Standard error of the mean over all cases; 0 for a single cluster, of which nothing can be told.

    Source: Miller, Adding error bars to evals (2024), the clustered standard error; k / (k - 1) for few clusters.
    """
    number, size = len(clusters), sum(cluster.size for cluster in clusters)
    if number < 2:  # noqa: PLR2004 - one cluster has no spread
        return 0.0
    mean = sum(cluster.total for cluster in clusters) / size
    spread = sum((cluster.total - mean * cluster.size) ** 2 for cluster in clusters)
    return sqrt(spread * number / (number - 1)) / size


def rate(values: Sequence[tuple[str, float]]) -> Rate:
    """The mean of shares, pairs of cluster and share, with a Wilson interval at the effective size.

    The effective size is that of as many independent cases as would give the clustered standard error. Where all are
    equal, nothing tells how alike a cluster's cases are, and only clusters count.
    Source: Korn and Graubard, Survey Methodology 24 (1998), without its correction of the degrees of freedom.
    """
    number, clusters = len(values), sums(values)
    mean = sum(value for _, value in values) / number if number else 0.0
    variance = error(clusters) ** 2
    effective = min(float(number), mean * (1 - mean) / variance) if variance else float(len(clusters))
    low, high = wilson(mean * effective, effective)
    return Rate(mean, low, high, number)
