"""A comparison of two prompt versions, whole: what the terminal, the report and a gate read. Rates lie between 0 and 1.

Differences are candidate minus baseline, and higher is better everywhere.
"""

from enum import StrEnum
from typing import Literal

from eval.types.record import About
from eval.verdict.side import Origin
from pipeline.types.base import Value


class Word(StrEnum):
    """What a comparison comes to."""

    BETTER = "better"
    WORSE = "worse"
    OPEN = "no evidence at this size"
    NONE = "no verdict"  # too many errors, or nothing to compare


class Bounds(Value):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class Measured(Value):
    """One criterion under both versions: whether it passes, its value on a scale, or which of two drafts is preferred.

    ``counts``: scored by code, or by a judge that is calibrated for it; all else advises. ``gates``: it counts, and a
    loss stops a prompt. ``lost`` and ``gained`` count the cases that are better with the baseline, and with the
    candidate.
    """

    criterion: str
    measure: Literal["passes", "scale", "preferred"]
    by: Literal["code", "judge"]
    family: str
    says: str
    counts: bool
    gates: bool
    n: int  # cases with a mark in both
    clusters: int
    left_out: int  # cases of both versions with an error, or to which the criterion does not apply
    lost: int
    gained: int
    baseline: Bounds
    candidate: Bounds
    corrected: tuple[Bounds, Bounds] | None = None  # both rates, for the known mistakes of the judge
    difference: Bounds
    p: float
    p_holm: float  # over all that count, or over all that advise
    test: str
    visible: float  # the least difference that is found in four runs of five, at the size that Holm asks for
    word: Word
    within: bool | None = None  # not worse by more than the margin; None: no margin, or none applies


class Slice(Value):
    """One criterion over the cases of one kind, language or business; a word only where there are enough cases."""

    by: Literal["kind", "language", "business"]
    name: str
    criterion: str
    measure: Literal["passes", "scale", "preferred"]
    n: int
    baseline: float
    candidate: float
    difference: float
    word: Word | None = None


class Regression(Value):
    """A case that passed with the baseline and fails now, with the criteria that it lost, the weightiest first."""

    about: About
    lost: tuple[str, ...]
    gates: int  # how many of them gate


class Faults(Value):
    """How many of a version's records are errors, or missing, in anything that gates."""

    version: str
    errors: int
    of: int

    @property
    def share(self) -> float:
        """0 where nothing was run."""
        return self.errors / self.of if self.of else 0.0


class Consistency(Value):
    """Of the pairwise questions that were answered in both orders, those that got the same answer in both."""

    held: int
    asked: int


class Comparison(Value):
    """All of it. ``why`` tells the verdict in sentences; regressions come worst first."""

    schema_number: int = 1
    baseline: Origin
    candidate: Origin
    judges: tuple[str, ...] = ()
    cases: int  # that both versions were run on
    verdict: Word
    why: tuple[str, ...]
    faults: tuple[Faults, Faults]
    margin: float | None = None  # in points of a hundred
    within: bool | None = None  # every gating criterion within the margin
    measured: tuple[Measured, ...]
    slices: tuple[Slice, ...] = ()
    regressions: tuple[Regression, ...] = ()
    gained: int = 0  # cases that failed in something with the baseline, and lost nothing but won
    consistency: Consistency | None = None  # of the pairwise judge
