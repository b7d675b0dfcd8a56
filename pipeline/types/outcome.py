"""One row for every message read: the whole way from the mail to the draft, or the failure that ended it."""

from datetime import date

from pipeline.types.base import Value
from pipeline.types.decision import Action, Decision
from pipeline.types.draft import Draft
from pipeline.types.message import Message
from pipeline.types.prompt import Usage
from pipeline.types.request import Request
from pipeline.types.verdict import Verdict

SCHEMA = 1


class Failure(Value):
    """Why a stage could not do its work. ``kind`` is the error's class name; ``retriable``: worth another try."""

    stage: str
    kind: str
    message: str
    retriable: bool = False


class Attempt(Value):
    """One model call of the flow: which stage and model, and what the guard or the reader said of the reply."""

    stage: str
    model: str
    call: str  # call key
    problems: tuple[str, ...] = ()


class Outcome(Value):
    """The row. ``today`` is the day every date in the draft derives from; ``marked`` says why a person must look."""

    schema_number: int = SCHEMA
    key: str
    origin: str
    today: date
    action: Action
    code: str
    message: Message | None = None
    request: Request | None = None
    decision: Decision | None = None
    draft: Draft | None = None
    verdict: Verdict | None = None
    attempts: tuple[Attempt, ...] = ()
    usage: Usage = Usage()
    marked: tuple[str, ...] = ()
    failure: Failure | None = None
