"""Takes mails through the flow, a few at a time, and gives each its row. This is what every engine runs.

A fault of ours, or an endpoint that hangs, costs one message and never the others. What this leaves out: which mails
are to do and where rows are kept (both come as arguments), and pace and retries (the model's own).
"""

import asyncio
import logging
from collections.abc import AsyncIterable, Awaitable, Callable
from typing import NamedTuple, Protocol

from pipeline.batch.plan import Flow, Paired, Planned
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.errors import EndpointError, PendingError, UnreadableError, UsageError
from pipeline.inbox.worker import Reader, ReadingFaultError
from pipeline.llm.patience import OutOfPatienceError, patience
from pipeline.rows import failed, opened, unreadable
from pipeline.types.decision import Action
from pipeline.types.message import Message
from pipeline.types.outcome import Failure, Outcome

WORKERS = 16
"""Messages in the flow at a time. How many calls that makes is the model's own limit."""
DEADLINE = 600.0
"""Seconds that one message may take, not counting the time in which its calls wait for their turn."""
LATE = "DeadlineError"
"""The kind of failure of a message that took longer."""

log = logging.getLogger(__name__)


class Rows(Protocol):
    """Where outcomes are kept."""

    async def add(self, outcome: Outcome) -> None:
        """Keep one; returns when no crash can lose it.

        Raises:
            UsageError: nothing more can be kept; the run stops.
        """
        ...


class Parts(NamedTuple):
    """What the messages of a chunk go through. ``deadline`` is in seconds."""

    flow: Flow
    reader: Reader
    rows: Rows
    workers: int = WORKERS
    deadline: float = DEADLINE


Work = Callable[[AsyncIterable[Paired], Parts, Progress, Stop], Awaitable[None]]
"""What brings mails to their end: ``chunk``, or whatever has it done elsewhere."""


async def chunk(mails: AsyncIterable[Paired], parts: Parts, progress: Progress, stop: Stop) -> None:
    """Bring ``mails`` to their end: a row each, but for those that await a reply and those that ``stop`` cuts off.

    Mails are read one after another, so that memory holds the bytes of one, and flow side by side. An endpoint that
    refuses us and a disk that is full ask ``stop``, as does whatever ``mails`` raises that the user can mend.
    """
    stop.tell = progress.note
    gate = asyncio.Semaphore(parts.workers)
    work = _Work(parts, progress, stop)
    async with asyncio.TaskGroup() as group:
        try:
            async for raw, one in mails:
                await asyncio.sleep(0)  # signals are heard, and what runs goes on, between messages
                await gate.acquire()
                if stop.asked:
                    break
                if isinstance(one.fate, UnreadableError):
                    read: Message | Exception = one.fate
                else:
                    read = await _ended(parts.reader.read(raw, one.fate))
                del raw
                group.create_task(work.one(one, read)).add_done_callback(lambda _: gate.release())
        except UsageError as error:
            stop.ask(error)


class _Work:
    def __init__(self, parts: Parts, progress: Progress, stop: Stop) -> None:
        self._parts, self._progress, self._stop = parts, progress, stop

    async def one(self, one: Planned, read: Message | Exception) -> None:
        """One message to its row. Nothing but cancellation leaves here, so that no message can cost another."""
        try:
            try:
                outcome = await self._outcome(one, read)
                await self._parts.rows.add(outcome)
            except (PendingError, EndpointError, UsageError):
                raise
            except Exception as error:  # a fault of ours in one mail must not cost the others
                where = error if log.isEnabledFor(logging.DEBUG) else None  # a traceback may quote the mail
                log.error("%a: %s", one.origin, _kind(error), exc_info=where)  # noqa: TRY400 - told, not raised
                outcome = _fault(one, error)
                await self._parts.rows.add(outcome)
        except PendingError:
            self._progress.step(None)
        except (EndpointError, UsageError) as error:
            self._stop.ask(error)
        else:
            self._progress.step(outcome)

    async def _outcome(self, one: Planned, read: Message | Exception) -> Outcome:
        if isinstance(read, UnreadableError):
            return unreadable(one.origin, one.key, one.today, read)
        if isinstance(read, Exception):
            raise read
        try:
            async with patience(self._parts.deadline):
                return await self._parts.flow.reply(read, one.key, one.today)
        except OutOfPatienceError:
            return _late(one, read, self._parts.deadline)


async def _ended(reading: Awaitable[Message]) -> Message | Exception:
    """The message, or why there is none, which is told in its row; what ends the run is raised."""
    try:
        return await reading
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001 - it costs this message only
        return error


def _kind(error: Exception) -> str:
    return error.kind if isinstance(error, ReadingFaultError) else type(error).__name__


def _fault(one: Planned, error: Exception) -> Outcome:
    """The row for a mistake in our own code: nothing of the message in it, since that may be what caused it."""
    origin = one.origin.encode("utf-8", "replace").decode()
    kind = _kind(error)
    row = Outcome(key=one.key, origin=origin, today=one.today, action=Action.ESCALATE, code="")
    sentence = f"an unexpected fault ({kind}); the next run tries this message again"
    return failed(row, Failure(stage="flow", kind=kind, message=sentence, retriable=True))


def _late(one: Planned, message: Message, seconds: float) -> Outcome:
    """The row of a message that the model kept waiting."""
    sentence = f"no answer within {seconds / 60:.3g} minutes; the next run tries this message again"
    failure = Failure(stage="flow", kind=LATE, message=sentence, retriable=True)
    return failed(opened(message, one.key, one.today), failure)
