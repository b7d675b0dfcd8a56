"""Drawing clusters again, and flipping their signs."""

import time

import pytest

from eval.stats.resample import bootstrap, flips
from eval.stats.units import Sum

MANY = tuple(Sum(float((i % 5 == 0) - (i % 10 == 0) * 1.5), 1 + i % 3) for i in range(200))


def test_the_seed_alone_decides() -> None:
    assert (
        bootstrap(MANY, seed=1, draws=500) == bootstrap(MANY, seed=1, draws=500) != bootstrap(MANY, seed=2, draws=500)
    )
    assert flips(MANY, seed=1) == flips(MANY, seed=1)


def test_the_interval_holds_the_mean_of_all_cases() -> None:
    mean = sum(one.total for one in MANY) / sum(one.size for one in MANY)
    low, high = bootstrap(MANY, seed=1, draws=1000)
    assert low < mean < high


def test_ten_thousand_draws_of_200_clusters_take_well_under_a_second() -> None:
    before = time.process_time()
    bootstrap(MANY, seed=1)
    flips(MANY, seed=1)
    assert time.process_time() - before < 1.5  # half of it on a machine of its own


@pytest.mark.parametrize(("totals", "p"), [([], 1.0), ([0.0, 0.0], 1.0), ([1.0] * 6, 2 / 64), ([1.0, -1.0], 1.0)])
def test_few_clusters_are_flipped_in_every_way(totals: list[float], p: float) -> None:
    assert flips([Sum(total, 2) for total in totals], seed=1) == p


def test_many_are_sampled_and_come_near() -> None:
    one_way = [Sum(1.0, 1)] * 13
    assert flips(one_way, seed=1) == pytest.approx(2 / 2**13, abs=5e-4)
    mixed = [Sum(1.0, 1)] * 20 + [Sum(-1.0, 1)] * 12
    assert flips(mixed, seed=1) == pytest.approx(0.215, abs=0.015)  # the exact binomial test
