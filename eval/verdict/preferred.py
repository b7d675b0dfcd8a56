"""Pairwise choices as units: for each case, how often each of two versions was preferred.

Only a verdict that holds in both orders counts; one that turns with the order is a tie, and the share of those that
hold is the judge's consistency. A question with a fault leaves with its counterpart. Left out: choices between others.
"""

from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean
from typing import NamedTuple

from eval.types.record import Choice


class Preferred(NamedTuple):
    """Shares of the repeats of each case in which a version won, by case; the rest are ties."""

    baseline: dict[str, float]
    candidate: dict[str, float]
    held: int  # questions with the same answer in both orders
    asked: int  # questions answered in both orders


def preferred(choices: Iterable[Choice], baseline: str, candidate: str) -> Preferred:
    """The choices between two versions."""
    answers: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for choice in choices:
        if {choice.first, choice.second} == {baseline, candidate} and choice.better and not choice.fault:
            answers[choice.about.case, choice.repeat][choice.first] = _winner(choice)
    both = {at: tuple(said.values()) for at, said in answers.items() if len(said) == 2}  # noqa: PLR2004 - two orders
    won: dict[str, list[str]] = defaultdict(list)
    for (case, _), (one, other) in sorted(both.items()):
        won[case].append(one if one == other else "")
    return Preferred(
        {case: fmean(winner == baseline for winner in winners) for case, winners in won.items()},
        {case: fmean(winner == candidate for winner in winners) for case, winners in won.items()},
        sum(one == other for one, other in both.values()),
        len(both),
    )


def _winner(choice: Choice) -> str:
    """The version that was chosen; empty for neither."""
    return {"first": choice.first, "second": choice.second}.get(choice.better, "")
