"""How far a judge can be trusted: agreement with people, beyond chance, and of which kind its mistakes are.

Left out: agreement of more than two, and missing labels, which leave before.
"""

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from eval.stats.interval import LEVEL, Rate, normal, wilson


class Agreement(NamedTuple):
    """Two who label the same things. ``base`` is the share of the first one's commonest label: what a constant gets."""

    agreement: Rate
    kappa: float
    low: float
    high: float
    base: float


class Accuracy(NamedTuple):
    """A judge beside the truth, in counts: of the good ones so many found good, of the bad ones so many found bad."""

    good_found: int
    good: int
    bad_found: int
    bad: int

    @property
    def sensitivity(self) -> float:
        """The share of the good found good; 0 when there is none."""
        return self.good_found / self.good if self.good else 0.0

    @property
    def specificity(self) -> float:
        """The share of the bad found bad; 0 when there is none."""
        return self.bad_found / self.bad if self.bad else 0.0


def accuracy(pairs: Sequence[tuple[bool, bool]]) -> Accuracy:
    """Pairs of truth and verdict, counted."""
    count = Counter(pairs)
    return Accuracy(
        count[True, True], count[True, True] + count[True, False], count[False, False], sum(not t for t, _ in pairs)
    )


def agree(pairs: Sequence[tuple[float, float]], *, ordered: bool = False) -> Agreement:
    """Agreement and Cohen's kappa of pairs of labels (a person's first), with an interval.

    ``ordered``: labels are steps of a scale, and a miss weighs by the square of its distance; else a miss is a miss.
    Where chance alone would agree on everything, kappa is 0. The variance is that of the table with two pseudo-counts
    at chance agreement, as 30 labels without a miss do not prove kappa 1.
    Source: Cohen, Psychological Bulletin 70 (1968), 213-220; variance by Fleiss, Cohen and Everitt, ibid. 72 (1969),
    323-327; pseudo-counts after Agresti and Coull, The American Statistician 52 (1998).
    """
    number = len(pairs)
    if not number:
        return Agreement(Rate(0.0, 0.0, 1.0, 0), 0.0, -1.0, 1.0, 0.0)
    same = sum(first == second for first, second in pairs)
    base = max(Counter(first for first, _ in pairs).values()) / number
    table = _table(pairs)
    kappa, low, high = _kappa(table, number, ordered=ordered)
    return Agreement(Rate(same / number, *wilson(same, number), number), kappa, low, high, base)


def _table(pairs: Sequence[tuple[float, float]]) -> dict[tuple[float, float], float]:
    """Shares by both labels, zeros included."""
    labels = sorted({label for pair in pairs for label in pair})
    count = Counter(pairs)
    return {(a, b): count[a, b] / len(pairs) for a in labels for b in labels}


def _kappa(table: dict[tuple[float, float], float], number: int, *, ordered: bool) -> tuple[float, float, float]:
    value, _ = _weighted(table, ordered=ordered)
    rows, columns = _margins(table)
    padded = {(a, b): (share * number + 2 * rows[a] * columns[b]) / (number + 2) for (a, b), share in table.items()}
    _, variance = _weighted(padded, ordered=ordered)
    half = normal((1 + LEVEL) / 2) * sqrt(max(0.0, variance) / number)
    return value, max(-1.0, value - half), min(1.0, value + half)


def _weighted(table: dict[tuple[float, float], float], *, ordered: bool) -> tuple[float, float]:
    """Kappa and its variance for one pair."""
    rows, columns = _margins(table)
    width = max(rows) - min(rows) or 1.0
    weight = {(a, b): 1 - ((a - b) / width) ** 2 if ordered else float(a == b) for a, b in table}
    found = sum(weight[cell] * share for cell, share in table.items())
    chance = sum(weight[a, b] * rows[a] * columns[b] for a, b in table)
    if chance >= 1:
        return 0.0, 0.0
    kappa = (found - chance) / (1 - chance)
    of_row = {a: sum(weight[a, b] * columns[b] for b in columns) for a in rows}
    of_column = {b: sum(weight[a, b] * rows[a] for a in rows) for b in columns}
    spread = sum(
        share * (weight[a, b] - (of_row[a] + of_column[b]) * (1 - kappa)) ** 2 for (a, b), share in table.items()
    )
    return kappa, (spread - (kappa - chance * (1 - kappa)) ** 2) / (1 - chance) ** 2


def _margins(table: dict[tuple[float, float], float]) -> tuple[dict[float, float], dict[float, float]]:
    rows: dict[float, float] = {}
    columns: dict[float, float] = {}
    for (a, b), share in table.items():
        rows[a] = rows.get(a, 0.0) + share
        columns[b] = columns.get(b, 0.0) + share
    return rows, columns
