"""What a judge of drafts is told, and what it may reply. Used by the eval harness; no mail is answered by these.

A judge reads the mail itself, as a person would; it is shown to no writer. Every field of a reply is required, reason
and quoted words before the answer, so that the answer follows from them.
"""

from typing import Literal

from pydantic import Field

from pipeline.types.base import Value
from pipeline.types.prompt import QuestionLine, Variables


class JudgeVariables(Variables):
    """One draft to be judged, the mail it answers, and what the policy decided. Lines are ready to be read."""

    firm: str
    language: str
    subject: str
    mail: str
    decision: tuple[str, ...]  # what is refused and kept, why, and what may be offered
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    draft: str
    questions: tuple[QuestionLine, ...]  # the id is the criterion's, with ":2" for the second alternative
    problems: tuple[str, ...] = ()  # of the first reply, when this is the second try


class PairVariables(Variables):
    """Two drafts for one mail, in the order in which they are shown."""

    firm: str
    language: str
    subject: str
    mail: str
    decision: tuple[str, ...]
    first: str
    second: str
    problems: tuple[str, ...] = ()  # as above


class AnswerClaim(Value):
    """The answer to one question: why, the words of the draft that show it (or nothing), and only then yes or no."""

    id: str
    reason: str
    quote: str
    answer: Literal["yes", "no"]


class SendClaim(Value):
    """Whether a person would send the draft as it is, after filling a gap, or not."""

    reason: str
    quote: str
    answer: Literal["yes", "gap", "no"]


class JudgeReply(Value):
    """Every question answered once, then the one over all."""

    answers: list[AnswerClaim]
    send: SendClaim


class PairReply(Value):
    """Which of two drafts serves this client and this firm better."""

    reason: str
    better: Literal["first", "second", "same"] = Field(description="same only if nothing speaks for either")
