"""McNemar's table: published examples, and the p values that decide at small numbers."""

from math import log, sqrt

import pytest

from eval.stats.mcnemar import mcnemar, tango


@pytest.mark.parametrize(
    ("lost", "gained", "p"),
    [
        (0, 0, 1.0),
        (0, 4, 0.125),  # exact: a percentile bootstrap would call it a difference
        (0, 5, 0.0625),
        (0, 6, 0.03125),
        (3, 3, 1.0),
        (1, 11, 0.00342),  # mid-p: (2 * 13 - 12) / 2**12
    ],
)
def test_mcnemar(lost: int, gained: int, p: float) -> None:
    assert mcnemar(lost, gained) == pytest.approx(p, abs=1e-5)
    assert mcnemar(gained, lost) == mcnemar(lost, gained)


def score(lost: int, gained: int, n: int, difference: float) -> float:
    """The score statistic, its nuisance parameter found by trying all."""
    shares = [k / 20_000 for k in range(1, 20_000) if 0 < k / 20_000 + max(0, difference) < 1 - k / 20_000]
    shares = [q for q in shares if q + difference > 0]
    likely = max(
        shares,
        key=lambda q: lost * log(q) + gained * log(q + difference) + (n - lost - gained) * log(1 - 2 * q - difference),
    )
    return (gained - lost - n * difference) / sqrt(n * (2 * likely + difference * (1 - difference)))


@pytest.mark.parametrize(("lost", "gained", "n"), [(1, 7, 21), (16, 10, 80), (10, 30, 200)])
def test_tangos_bounds_are_where_the_score_is_196(lost: int, gained: int, n: int) -> None:
    low, high = tango(lost, gained, n)
    assert score(lost, gained, n, low) == pytest.approx(1.96, abs=0.01)
    assert score(lost, gained, n, high) == pytest.approx(-1.96, abs=0.01)
    assert tango(gained, lost, n) == pytest.approx((-high, -low), abs=1e-6)


def test_cases_that_never_differ() -> None:
    """Both bounds lie at z squared over n plus z squared."""
    assert tango(0, 0, 44) == pytest.approx((-0.0803, 0.0803), abs=1e-4)


def test_no_case_leaves_all_open() -> None:
    assert tango(0, 0, 0) == (-1.0, 1.0)


def test_all_cases_one_way() -> None:
    low, high = tango(0, 20, 20)
    assert 0.6 < low < high == pytest.approx(1.0, abs=1e-6)
