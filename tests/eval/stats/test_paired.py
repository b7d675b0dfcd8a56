"""Which test applies, and that each keeps what it says: small samples of what ``make bench`` runs."""

import pytest

from eval.stats.paired import difference, differing, simple
from eval.stats.units import Unit
from tests.bench_eval_stats import WORLDS, simulate


def units(*pairs: tuple[float, float], cluster: str = "") -> list[Unit]:
    return [Unit(f"c{i}", cluster or f"c{i}", *pair) for i, pair in enumerate(pairs)]


def test_passes_of_cases_alone_are_mcnemars() -> None:
    found = difference(units(*[(1, 0)] * 6, *[(0, 0)] * 14), seed=1)
    assert (found.test, found.lost, found.gained, found.value) == ("McNemar, exact", 6, 0, -0.3)
    assert found.p == pytest.approx(2 / 64)
    assert found.low < -0.3 < found.high < 0
    assert difference(units(*[(1, 0)] * 6, *[(0, 1)] * 4), seed=1).test == "McNemar, mid-p"


@pytest.mark.parametrize("odd", [units((1, 0.5), (1, 1)), units((1, 0), (1, 1), cluster="k"), units((3, 4), (2, 2))])
def test_shares_values_and_clusters_are_resampled(odd: list[Unit]) -> None:
    assert not simple(odd)
    assert difference(odd, seed=1, draws=200).test == "sign flips over clusters"


def test_nothing_and_no_difference() -> None:
    assert difference([], seed=1)[:5] == (0, 0, 0, 0, 0.0)
    same = difference(units((0.5, 0.5), (1, 1)), seed=1)
    assert (same.p, same.low, same.high) == (1.0, 0.0, 0.0)


def test_a_cluster_whose_gains_cancel_does_not_differ() -> None:
    assert differing(units((1, 0), (0, 1))) == 2
    assert differing(units((1, 0), (0, 1), cluster="k")) == 0


@pytest.mark.parametrize("world", ["100 cases, 20 % differ", "60 cases on a scale"])
def test_equal_versions_are_seldom_called_different_and_the_interval_holds(world: str) -> None:
    found = simulate(WORLDS[world], 0.0, runs=150, draws=200)
    assert found.called <= 0.10
    assert found.covered >= 0.89


def test_a_loss_of_ten_points_is_found() -> None:
    found = simulate(WORLDS["200 cases, 20 % differ"], -0.1, runs=200, draws=1)
    assert found.called >= 0.83
    assert found.visible == pytest.approx(0.088, abs=0.003)
