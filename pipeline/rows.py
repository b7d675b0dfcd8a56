"""Outcome rows: how one is opened, filled and ended, when a person must look at it, and the key it is stored under."""

import hashlib
from collections.abc import Iterator
from datetime import date

from pipeline.errors import CandorError, failure_of
from pipeline.guard.version import guard_version
from pipeline.prompts import Prompts
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision
from pipeline.types.draft import Draft
from pipeline.types.message import MOST_READ, Message
from pipeline.types.outcome import SCHEMA, Attempt, Failure, Outcome
from pipeline.types.prompt import Usage
from pipeline.types.request import Request
from pipeline.types.verdict import Severity, Verdict

_HARMLESS = ("attachment",)  # remarks that are only information


def outcome_key(  # noqa: PLR0913 - all that an outcome depends on, each by name
    message_key: str, thread: str, *, business: Business, prompts: Prompts, model: str, today: date
) -> str:
    """SHA-256 (hex) over all that an outcome depends on: equal key, equal outcome."""
    parts = (
        message_key, thread, business.hash, prompts.extract.hash, prompts.draft.hash, guard_version(), model,
        today.isoformat(), str(SCHEMA),
    )  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def answering(key: str, no: str) -> str:
    """The key of an outcome whose mail answers a ``no`` of ours, given by the key of its own outcome."""
    return hashlib.sha256(f"{key}\0{no}".encode()).hexdigest()


def opened(message: Message, key: str, today: date) -> Outcome:
    """The row of a message that was read; already complete when its form alone settles it."""
    code = message.skip.value if message.skip else ""
    return Outcome(key=key, origin=message.origin, today=today, action=Action.SKIP, code=code, message=message)


def unreadable(origin: str, key: str, today: date, error: CandorError) -> Outcome:
    """The row of a message that could not be read at all: a person's."""
    return failed(
        Outcome(key=key, origin=origin, today=today, action=Action.ESCALATE, code=""), failure_of(error, "read")
    )


def failed(row: Outcome, failure: Failure, usage: Usage | None = None) -> Outcome:
    """The row of a message whose stage failed: a person's, with the reason."""
    ended = {"action": Action.ESCALATE, "code": "failed", "failure": failure, "usage": row.usage + (usage or Usage())}
    return row.model_copy(update=ended)


def decided(row: Outcome, request: Request, decision: Decision) -> Outcome:
    """The row after the policy has spoken."""
    marks = tuple(_marks(row.message, decision))
    return row.model_copy(
        update={
            "action": decision.action,
            "code": decision.code,
            "request": request,
            "decision": decision,
            "marked": marks if decision.action.drafts else (),
        }
    )


def _marks(message: Message | None, decision: Decision) -> Iterator[str]:
    """Why a person looks at this one first, whatever the guard says."""
    remarks = message.remarks if message else ()
    yield from (remark.partition(":")[0] for remark in remarks if not remark.startswith(_HARMLESS))
    if message and len(message.body) > MOST_READ:
        yield f"only the first {MOST_READ:,} characters were read"
    if decision.action in {Action.END, Action.CONFIRM}:
        yield "waits for a person"
    if decision.action is Action.CONFIRM and not decision.offers:
        yield "no record of what was offered"
    if decision.kept:
        yield "grants a part"  # what kind of ask it is, no quote can prove
    yield from (f"{rule} could not be read" for rule in decision.doubts)


def attempted(row: Outcome, attempts: tuple[Attempt, ...], usage: Usage) -> Outcome:
    """The row with what a call took."""
    return row.model_copy(update={"attempts": (*row.attempts, *attempts), "usage": row.usage + usage})


def drafted(row: Outcome, draft: Draft, verdict: Verdict) -> Outcome:
    """The row with a draft that the guard lets through; what it only marks goes to the review folder."""
    codes = [f.code for f in verdict.findings if f.severity is Severity.MARK]
    return row.model_copy(update={"draft": draft, "verdict": verdict, "marked": (*row.marked, *dict.fromkeys(codes))})


def refused(row: Outcome, verdict: Verdict) -> Outcome:
    """The row when no draft was let through: a person's, with the findings and without a draft."""
    failure = Failure(stage="guard", kind="NoSafeDraft", message="no draft passed the guard; write this one yourself")
    return row.model_copy(update={"verdict": verdict, "failure": failure, "marked": (*row.marked, "no safe draft")})
