"""Cases, clusters, and a rate that knows which of its cases are alike."""

import pytest

from eval.stats.interval import wilson
from eval.stats.units import Sum, Unit, error, gains, rate, sums


def test_gains_are_summed_by_cluster() -> None:
    units = [Unit("b", "y", 1, 0), Unit("a", "x", 0, 1), Unit("c", "x", 0, 0.5)]
    assert gains(units) == (Sum(1.5, 2), Sum(-1, 1))
    assert gains(units[::-1]) == gains(units)


def test_the_clustered_error_of_cases_alone_is_the_plain_one() -> None:
    values = [("a", 1.0), ("b", 0.0), ("c", 1.0), ("d", 1.0)]
    assert error(sums(values)) == pytest.approx((0.1875 / 3) ** 0.5)
    assert error(sums([("a", 1.0), ("a", 0.0)])) == 0.0


def test_a_rate_of_cases_alone_has_about_the_interval_of_wilson() -> None:
    found = rate([(f"c{i}", float(i < 80)) for i in range(100)])
    assert (found.value, found.n) == (0.8, 100)
    assert (found.low, found.high) == pytest.approx(wilson(80, 100), abs=0.002)


def test_cases_that_are_alike_widen_it() -> None:
    found = rate([(f"k{i // 5}", float(i < 80)) for i in range(100)])
    assert (found.low, found.high) == pytest.approx(wilson(16, 20), abs=0.01)
    assert rate([(f"k{i // 5}", 1.0) for i in range(100)]).low == pytest.approx(wilson(20, 20).low)


def test_no_case_is_no_rate() -> None:
    assert rate([]) == (0.0, 0.0, 1.0, 0)
