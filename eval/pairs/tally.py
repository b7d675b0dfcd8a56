"""What choices in both orders add up to: how often each side was preferred, with intervals over clusters.

A choice counts only if it holds in both orders; one that turns with the order is for neither. Beside it stands how much
length may have done: how often the longer draft was preferred. Left out: who is right.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from eval.stats.interval import Rate
from eval.stats.paired import difference
from eval.stats.units import Unit, rate
from eval.types.record import About, Choice
from eval.verdict.preferred import Preferred, preferred
from pipeline.types.base import Value

SEED = 1


class Share(Value):
    """Cases out of ``n`` and their share between 0 and 1 with its 95 % interval over clusters."""

    hits: int
    n: int
    value: float
    low: float
    high: float


class Part(Value):
    """The cases of one language: preferences of both sides, and how many there are."""

    name: str
    won: tuple[int, int]
    n: int


class Tally(Value):
    """All of it. Pairs are in the order of ``sides``; a case is counted when both orders were answered."""

    sides: tuple[str, str]
    judges: tuple[str, ...]
    n: int
    won: tuple[Share, Share]  # of all cases
    neither: int
    decided: Share  # the first side's part of the cases in which one was preferred
    p: float  # that the two are preferred alike
    held: int  # cases with the same answer in both orders, "same" too
    words: tuple[float, float]  # mean length of the drafts
    longer: Share  # of the cases in which one was preferred, those in which it was the longer draft
    languages: tuple[Part, ...]
    faults: int  # questions whose reply could not be used
    alone: int  # cases that only one side has a draft for


class Lengths(NamedTuple):
    """Words of both drafts of a case."""

    one: int
    other: int


def tally(sides: tuple[str, str], choices: Sequence[Choice], lengths: Mapping[str, Lengths], alone: int = 0) -> Tally:
    """The figures of one comparison; ``lengths`` are those of every case that was asked about."""
    abouts = {choice.about.case: choice.about for choice in choices}
    found = preferred(choices, sides[1], sides[0])
    one, other = found.candidate, found.baseline
    decided = [case for case in one if one[case] != other[case]]
    unequal = [case for case in decided if lengths[case].one != lengths[case].other]
    longer = [(lengths[case].one > lengths[case].other) == (one[case] > other[case]) for case in unequal]
    return Tally(
        sides=sides,
        judges=tuple(sorted({choice.judge for choice in choices if choice.judge})),
        n=len(one),
        won=(_share(one, abouts), _share(other, abouts)),
        neither=len(one) - len(decided),
        decided=_share({case: one[case] for case in decided}, abouts),
        p=difference(_units(found, abouts), seed=SEED).p,
        held=found.held,
        words=_means([lengths[case] for case in one]),
        longer=_share({case: float(won) for case, won in zip(unequal, longer, strict=True)}, abouts),
        languages=_languages(one, other, abouts),
        faults=sum(bool(choice.fault) for choice in choices),
        alone=alone,
    )


def _units(found: Preferred, abouts: Mapping[str, About]) -> list[Unit]:
    return [
        Unit(case, abouts[case].cluster or case, before, found.candidate[case])
        for case, before in found.baseline.items()
    ]


def _share(by_case: Mapping[str, float], abouts: Mapping[str, About]) -> Share:
    found: Rate = rate([(abouts[case].cluster or case, value) for case, value in by_case.items()])
    hits = round(sum(by_case.values()))
    return Share(hits=hits, n=found.n, value=found.value, low=found.low, high=found.high)


def _languages(one: Mapping[str, float], other: Mapping[str, float], abouts: Mapping[str, About]) -> tuple[Part, ...]:
    cases: dict[str, list[str]] = defaultdict(list)
    for case in one:
        cases[abouts[case].language].append(case)
    return tuple(
        Part(name=name, won=(_sum(one, own), _sum(other, own)), n=len(own)) for name, own in sorted(cases.items())
    )


def _sum(by_case: Mapping[str, float], cases: Sequence[str]) -> int:
    return round(sum(by_case[case] for case in cases))


def _means(lengths: Sequence[Lengths]) -> tuple[float, float]:
    size = len(lengths) or 1
    return sum(each.one for each in lengths) / size, sum(each.other for each in lengths) / size
