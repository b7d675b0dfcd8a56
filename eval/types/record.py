"""A record: what one prompt version made of one case, once, and how it was scored. Verdicts read records only."""

from enum import StrEnum
from typing import Literal

from eval.types.case import Split
from pipeline.llm.compose import ModelSpec
from pipeline.types.base import Value
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Usage


class Mark(StrEnum):
    """An error is no failure: it is counted apart and leaves the rate. ``na``: the criterion does not apply."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    ERROR = "error"
    NA = "na"


class Score(Value):
    """One criterion over one record; ``value`` for those on a scale (care and challenge 1 to 5, a share 0 to 1)."""

    criterion: str
    mark: Mark
    value: float | None = None
    why: str = ""
    quote: str = ""  # words of the draft that show it


class Answer(Value):
    """A judge's answer to one question; ``of`` numbers the alternative where each is asked about."""

    criterion: str
    of: int | None = None
    reason: str
    quote: str
    answer: Literal["yes", "no"]


class Judgement(Value):
    """What one judge said of one draft. With a ``fault`` nothing it said counts."""

    judge: str  # the model that says it answered
    prompt: str  # judge@v1
    prompt_hash: str
    rubric: str  # name@version
    rubric_hash: str
    answers: tuple[Answer, ...] = ()
    send: Literal["yes", "gap", "no", ""] = ""
    send_reason: str = ""
    fault: str = ""  # one sentence: missing, contradictory, not to be parsed
    usage: Usage = Usage()


class About(Value):
    """What of a case the slices and statistics need."""

    case: str
    language: str
    business: str
    cluster: str
    kind: str  # the weightiest expected kind, or empty
    tags: tuple[str, ...] = ()
    split: Split = Split.DEV


class Record(Value):
    """One line of ``records.jsonl``. ``key`` is the hash of all that made it; equal key, equal record."""

    key: str
    suite: str  # the hash of the suite
    about: About
    version: str  # label of the prompt versions compared, e.g. draft@v1
    prompts: dict[str, str]  # stage@version to hash
    model: str  # as asked for
    repeat: int
    rubric: str  # name@version and hash
    outcome: Outcome
    judgement: Judgement | None = None
    scores: tuple[Score, ...] = ()


class Choice(Value):
    """One pairwise question, in one order: which of two drafts is better for this client."""

    key: str
    about: About
    first: str  # version shown first
    second: str
    repeat: int
    judge: str
    better: Literal["first", "second", "same", ""]
    reason: str = ""
    fault: str = ""
    usage: Usage = Usage()


class Plan(Value):
    """``run.json``: what a run is to do. A run continued with another plan is refused."""

    suite: str  # path as given
    versions: dict[str, tuple[str, str]]  # label to its extract and draft version
    model: ModelSpec
    judge: ModelSpec | None = None  # None: nobody judges
    rubric: str  # name@version or a path
    repeat: int = 1
    pairwise: bool = False
    repair: bool = True  # False: a first draft that the guard refuses stays refused
    engine: Literal["live", "files"] = "live"
    split: Split | None = None  # None: both
    only: tuple[str, ...] = ()  # case ids; empty: all
