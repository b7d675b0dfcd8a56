"""Several questions at once: p values that keep the chance of any false alarm at its name.

A question on which next to no case differs cannot come out significant, whatever the truth, and costs the others
nothing: how many cases differ says nothing of the direction, so such questions may leave before.
"""

from collections.abc import Sequence

from eval.stats.mcnemar import FEW
from eval.stats.visible import ALPHA


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """The p values, adjusted, in the order given.

    Source: Holm, Scandinavian Journal of Statistics 6 (1979), 65-70.
    """
    adjusted, least = [0.0] * len(values), 0.0
    for rank, at in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        least = max(least, min(1.0, (len(values) - rank) * values[at]))
        adjusted[at] = least
    return tuple(adjusted)


def askable(differing: Sequence[int], alpha: float = ALPHA) -> tuple[bool, ...]:
    """Which questions enter Holm, by how many cases (or clusters) differ on each, in the order given.

    The least two-sided p value of so many is ``2 / 2**differing``, half of that by mid-p. A question stays if that can
    reach ``alpha`` over the number of those that stay.
    Source: Tarone, Biometrics 46 (1990), 515-522.
    """
    least = [2.0**-number if number >= FEW else 2.0 ** (1 - number) for number in differing]
    for number in range(1, len(least) + 1):
        stays = tuple(one <= alpha / number for one in least)
        if sum(stays) <= number:
            return stays
    return tuple(False for _ in least)
