"""``make bench``: whether the verdicts keep what they say, over simulated suites whose truth is known.

Each world draws cases for two versions that differ by a planted number of points. Told are how often they are called
different, how often the 95 % interval holds the truth, and the least difference that such a suite claims to see. Left
out: Holm, whose guarantee needs no simulation.
"""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from random import Random
from statistics import mean
from typing import NamedTuple

from eval.stats.agreement import Accuracy, agree
from eval.stats.corrected import corrected
from eval.stats.paired import difference
from eval.stats.units import Unit, rate

World = Callable[[Random, float], list[Unit]]


class Found(NamedTuple):
    """Shares of the runs, and the mean of what was claimed to be visible."""

    called: float
    covered: float
    visible: float


def alone(random: Random, gain: float, *, n: int, differ: float) -> list[Unit]:
    """``n`` cases that pass or fail; a share of them ``differ``."""
    worse, better = (differ - gain) / 2, (differ + gain) / 2
    rows = random.choices(
        ((1, 0), (0, 1), (1, 1), (0, 0)), (worse, better, (1 - differ) * 0.8, (1 - differ) * 0.2), k=n
    )
    return [Unit(f"c{i}", f"c{i}", *row) for i, row in enumerate(rows)]


def repeated(random: Random, gain: float, *, n: int, times: int) -> list[Unit]:
    """``n`` cases, each tried ``times`` and averaged; cases differ in how hard they are."""

    def share(chance: float) -> float:
        return sum(random.random() < chance for _ in range(times)) / times

    hard = [random.choice((0.15, 0.5, 0.75, 0.85)) for _ in range(n)]
    return [Unit(f"c{i}", f"c{i}", share(chance), share(chance + gain)) for i, chance in enumerate(hard)]


def clustered(random: Random, gain: float, *, clusters: int, size: int, differ: float) -> list[Unit]:
    """Clusters of ``size`` cases; in half of them all cases come out alike."""
    units = []
    for k in range(clusters):
        one = alone(random, gain, n=size, differ=differ)
        if random.random() < 0.5:
            one = one[:1] * size
        units += [Unit(f"c{k}.{i}", f"k{k}", u.baseline, u.candidate) for i, u in enumerate(one)]
    return units


def scale(random: Random, gain: float, *, n: int) -> list[Unit]:
    """Values of 1 to 5; half of the cases differ, most of them by one step."""
    steps = random.choices((0, -2, -1, 1, 2), (0.5, 0.05, 0.2 - gain / 2, 0.2 + gain / 2, 0.05), k=n)
    return [Unit(f"c{i}", f"c{i}", 3, 3 + step) for i, step in enumerate(steps)]


WORLDS: dict[str, World] = {
    "50 cases, 30 % differ": partial(alone, n=50, differ=0.3),
    "100 cases, 20 % differ": partial(alone, n=100, differ=0.2),
    "200 cases, 10 % differ": partial(alone, n=200, differ=0.1),
    "200 cases, 20 % differ": partial(alone, n=200, differ=0.2),
    "100 cases, 3 repeats": partial(repeated, n=100, times=3),
    "200 cases in 40 clusters": partial(clustered, clusters=40, size=5, differ=0.2),
    "200 cases in 100 clusters": partial(clustered, clusters=100, size=2, differ=0.2),
    "60 cases on a scale": partial(scale, n=60),
    "200 cases on a scale": partial(scale, n=200),
}


def simulate(world: World, gain: float, *, runs: int, draws: int, seed: int = 1) -> Found:
    """Run ``world`` so many times with one planted ``gain``."""
    random = Random(seed)
    found = [difference(world(random, gain), seed=run, draws=draws) for run in range(runs)]
    return Found(
        mean(one.p < 0.05 for one in found),
        mean(one.low - 1e-9 <= gain <= one.high + 1e-9 for one in found),
        mean(one.visible for one in found),
    )


def rates(runs: int, seed: int = 1) -> Iterable[tuple[str, float]]:
    """How often the other intervals hold the truth."""
    random = Random(seed)
    yield "rate 80 %, 60 cases", mean(_rate(random, 60, 1) for _ in range(runs))
    yield "rate 80 %, 60 clusters of 3", mean(_rate(random, 60, 3) for _ in range(runs))
    yield "kappa .6, 50 labels", mean(_kappa(random, 50) for _ in range(runs))
    yield "kappa .6, 200 labels", mean(_kappa(random, 200) for _ in range(runs))
    yield "rate 80 % seen by a judge", mean(_corrected(random) for _ in range(runs))


def _rate(random: Random, clusters: int, size: int) -> bool:
    values: list[tuple[str, float]] = []
    for k in range(clusters):
        one = [(f"k{k}", float(random.random() < 0.8)) for _ in range(size)]
        values += one[:1] * size if random.random() < 0.5 else one
    found = rate(values)
    return found.low <= 0.8 <= found.high


def _kappa(random: Random, n: int) -> bool:
    """Balanced labels of which one in five is missed: kappa is 0.6."""
    truth = [random.random() < 0.5 for _ in range(n)]
    found = agree([(t, t if random.random() < 0.8 else not t) for t in truth])
    return found.low <= 0.6 <= found.high


def _corrected(random: Random) -> bool:
    """A judge of 90 and 80 %, known from 60 and 40 labels, over 200 cases."""

    def hits(n: int, share: float) -> int:
        return sum(random.random() < share for _ in range(n))

    known = Accuracy(hits(60, 0.9), 60, hits(40, 0.8), 40)
    found = corrected(hits(200, 0.8 * 0.9 + 0.2 * 0.2) / 200, 200, known)
    return found is not None and found.low <= 0.8 <= found.high


def main(runs: int = 1000, draws: int = 500) -> None:
    """Print the table."""
    print(f"{runs} runs each; %      called different  interval holds  |  10 points: found  interval holds  sees from")
    for name, world in WORLDS.items():
        same = simulate(world, 0.0, runs=runs, draws=draws)
        lost = simulate(world, -0.1, runs=runs, draws=draws, seed=2)
        print(
            f"{name:<28}{same.called * 100:11.1f}{same.covered * 100:16.1f}  |{lost.called * 100:17.1f}"
            f"{lost.covered * 100:16.1f}{lost.visible * 100:11.1f}"
        )
    for name, covered in rates(runs):
        print(f"{name:<28}{covered * 100:27.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
