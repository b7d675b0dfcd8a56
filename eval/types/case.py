"""A case: one mail to one business on one day, and what a careful reader expects to become of it."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, JsonValue

from pipeline.types.base import Value
from pipeline.types.decision import Action
from pipeline.types.earlier import Earlier
from pipeline.types.request import Kind


class Split(StrEnum):
    """``dev`` may be read and tuned on; ``test`` is locked."""

    DEV = "dev"
    TEST = "test"


class Mail(Value):
    """The mail as the client sent it; quoted history stands in the body, as it does in mail."""

    subject: str
    name: str
    address: str
    sent: date
    type: Literal["text/plain", "text/html"] = "text/plain"
    body: str


class Expected(Value):
    """The labels. A list that is empty is not scored."""

    handling: tuple[Action, ...] = Field(min_length=1)  # acceptable ones, the best first
    kinds: tuple[Kind, ...] = ()  # the weightiest first
    reason: str = ""  # the main reason for a no, in the words of docs/policy.md
    keeps: bool = False  # a decline that says yes to something as well
    facts: dict[str, str] = Field(
        default_factory=dict
    )  # fact of the catalogue to its value in words, as a mail would state it


def _none(value: Earlier | None) -> bool:
    """A case of a first mail has no such field, so that its hash is what it was."""
    return value is None


class Case(Value):
    """One case. ``cluster`` names the source that similar cases share; statistics resample whole clusters."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    language: str = Field(pattern=r"^[a-z]{2}$")
    business: str  # a row of the suite's businesses.jsonl
    day: date  # the day of the decision
    mail: Mail
    expected: Expected
    must: tuple[str, ...] = ()  # what an answer has to do, for a judge and a reader
    must_not: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cluster: str = ""  # empty: the case is its own cluster
    split: Split = Split.DEV
    because: str = ""  # what went wrong when this case was added
    earlier: Earlier | None = Field(default=None, exclude_if=_none)  # our own no that the mail answers, as on record


class Firm(Value):
    """A business of a suite: the folder it comes to. ``files`` maps a file's name to its content (JSON is YAML too)."""

    name: str
    policy: str  # a shipped policy (starter, studio) or a file of the suite's folder
    settings: dict[str, str] = Field(default_factory=dict)  # settings of that policy with figures of this firm's own
    files: dict[str, JsonValue] = Field(default_factory=dict)  # profile.yaml and records
