"""Quantiles and the interval of a rate, beside printed tables."""

import pytest

from eval.stats.interval import below, normal, student, wilson


def test_quantiles_are_those_of_the_tables() -> None:
    assert normal(0.975) == pytest.approx(1.95996, abs=1e-5)
    assert below(1.95996) == pytest.approx(0.975, abs=1e-5)
    assert student(0.975, 10) == pytest.approx(2.228, abs=0.002)
    assert student(0.975, 4) == pytest.approx(2.776, rel=0.01)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilson(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=1e-4)


def test_nothing_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
