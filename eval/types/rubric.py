"""A rubric: what is scored, by whom, and what a pass means. Rubrics are versioned files; these are their types."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from pipeline.types.base import Value
from pipeline.types.decision import Action


class By(StrEnum):
    """Who scores: ``code`` from the outcome's values, ``judge`` by a narrow question about the text."""

    CODE = "code"
    JUDGE = "judge"


class Criterion(Value):
    """One thing that is scored. ``family`` is the mistake taxonomy, the first half of the guard's codes."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    by: By
    family: str  # stance | offers | grounding | privacy | form | fit | reading
    says: str  # what a pass means, in one sentence, for the report
    applies: tuple[Action, ...] = ()  # actions of the outcome; empty: to every one
    question: str = ""  # for a judge: answered yes or no
    each: Literal["", "offer"] = ""  # the question is asked of every alternative
    good: Literal["yes", "no"] = "yes"  # the answer that passes
    quotes: Literal["yes", "no", ""] = ""  # the answer that needs words of the draft
    gates: bool = False  # whether a loss here can stop a prompt


class Axis(Value):
    """One axis of candor, 1 to 5: ``base`` plus the weights of the criteria that pass, rounded and clipped."""

    base: float
    weights: dict[str, float]


class Rubric(Value):
    """A version of a rubric, with the hash of its file. ``contradictions``: pairs such as ``send=yes harsh=yes``."""

    name: str
    version: str
    hash: str = ""
    criteria: tuple[Criterion, ...]
    care: Axis
    challenge: Axis
    contradictions: tuple[tuple[str, str], ...] = ()
