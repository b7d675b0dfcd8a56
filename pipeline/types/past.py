"""What a stored outcome holds that a policy can be tried on again: the mail, what was read of it, and its day.

It reads the same JSON as an outcome and passes over the rest, drafts and traces, which makes a long history quick to
go through.
"""

from datetime import date

from pydantic import BaseModel, ConfigDict

from pipeline.types.decision import Action
from pipeline.types.message import Message
from pipeline.types.outcome import Failure
from pipeline.types.request import Request


class Decided(BaseModel):
    """By which policy it was decided then (the hash of its file)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    policy: str = ""


class Past(BaseModel):
    """A past outcome. ``action`` and ``code`` are what came of it then."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    key: str
    origin: str
    today: date
    action: Action
    code: str
    message: Message | None = None
    request: Request | None = None
    decision: Decided | None = None
    failure: Failure | None = None
