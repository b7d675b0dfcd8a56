"""What a suite of this size can see at all: the least true difference that is found in four runs of five."""

from math import ceil, log2, sqrt

from eval.stats.interval import normal

POWER = 0.8
ALPHA = 0.05


def visible(n: int, discordant: float, alpha: float = ALPHA, power: float = POWER) -> float:
    """Least visible difference of two paired rates over ``n`` independent cases, of which a share is ``discordant``.

    A difference needs as many cases that differ, and a test at ``alpha`` needs a few, so few cases that differ don't
    make a suite keen. 1 when it sees nothing.
    Source: Connor, Biometrics 43 (1987), 207-211, solved for the difference by bisection.
    """
    if n == 0:
        return 1.0
    limit, strength = normal(1 - alpha / 2), normal(power)

    def seen(difference: float) -> bool:
        share = max(discordant, difference)
        return difference * sqrt(n) >= limit * sqrt(share) + strength * sqrt(share - difference**2)

    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) else (middle, high)
    return min(1.0, max(high, fewest(alpha) / n))


def visible_mean(error: float, n: int, alpha: float = ALPHA, power: float = POWER) -> float:
    """The same for a mean over ``n`` cases with a standard error, in its own measure; at least a step in a few cases.

    Source: Miller, Adding error bars to evals (2024).
    """
    if n == 0:
        return 1.0
    return max((normal(1 - alpha / 2) + normal(power)) * error, fewest(alpha) / n)


def fewest(alpha: float = ALPHA) -> int:
    """How many cases must differ, all in one direction, before an exact test can call them different: 6 at 5 %."""
    return ceil(log2(2 / alpha))
