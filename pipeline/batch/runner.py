"""Takes the messages of an inbox through the flow, a few at a time, and keeps each outcome as it ends.

Every message ends in exactly one row. A fault of ours costs one message, never the run; what is stored is not done
again. What this leaves out: pace and retries (the model's own), and what becomes of the outcomes (``outbox``).
"""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import closing
from typing import NamedTuple

from pipeline.batch.plan import Flow, Inbox, Plan, Planned
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.batch.store import Store
from pipeline.errors import (
    CandorError,
    EndpointError,
    PendingError,
    RequestError,
    TransportError,
    UnreadableError,
    UsageError,
)
from pipeline.inbox.worker import Reader, ReadingFaultError, the_worker
from pipeline.rows import failed, unreadable
from pipeline.types.decision import Action
from pipeline.types.message import Message
from pipeline.types.outcome import Failure, Outcome

WORKERS = 16
"""Messages in the flow at a time. How many calls that makes is the model's own limit."""

_NAMED = 3  # addresses in one note
_UNANSWERED = {TransportError.__name__, RequestError.__name__}  # kinds of failure where no model has spoken
_UNASKED = {"read", "flow"}  # stages that fail before a model is asked, or by our own fault

log = logging.getLogger(__name__)


class Summary(NamedTuple):
    """How a run ended, counted in messages.

    ``resumed`` had their row already, ``ended`` got one now, ``waiting`` have none. ``error`` is what stopped the run,
    or that no mail got an answer from the model; ``interrupted`` says that it did not come to its end, whoever stopped
    it.
    """

    messages: int
    resumed: int
    ended: int
    waiting: int
    interrupted: bool = False
    error: CandorError | None = None


async def run(  # noqa: PLR0913 - the parts of a run, each by name
    inbox: Inbox,
    flow: Flow,
    store: Store,
    progress: Progress,
    *,
    workers: int = WORKERS,
    reader: Reader | None = None,
) -> Summary:
    """Give every message of ``inbox`` its row in ``store``; without a ``reader``, mails are read in a child process.

    Ctrl-C once finishes what is running, twice stops at once; either way what is done is kept. An endpoint that refuses
    us, an inbox that changes meanwhile and a disk that is full end the run in the same way, as ``Summary.error``.
    """
    if reader is None:
        reader = the_worker()
        reader.start()  # gets ready during the first pass
    stop = Stop()
    runner = _Runner(flow, store, progress, stop, reader)
    todo = 0
    with closing(Plan(inbox, flow)) as plan, stop.guarding():
        try:
            await plan.make(stop)
            await plan.relate(reader.read, stop)
            if not stop.asked:  # half a listing would hide rows that are done
                runner.note_other(inbox.name, plan)
                store.relist((one.seq, one.key) for one in plan)
                todo = store.due()
                runner.note(plan.foreign)
        except UsageError as error:
            stop.ask(error)
        await runner.all(plan, todo, workers)
    waiting = todo - runner.ended
    end = stop.error if stop.asked else runner.unanswered()
    return Summary(len(plan), len(plan) - todo, runner.ended, waiting, stop.asked, end)


class _Runner:
    """The second pass: what is to do is read and goes through the flow, and every end is counted."""

    def __init__(self, flow: Flow, store: Store, progress: Progress, stop: Stop, reader: Reader) -> None:
        self.ended = 0
        self._answered, self._unanswered, self._reason = 0, 0, ""  # mails that went to the model
        self._flow, self._store, self._progress, self._stop, self._reader = flow, store, progress, stop, reader

    def note(self, foreign: tuple[str, ...]) -> None:
        """Tell of addresses that seem to be the business's, but are not in its profile."""
        if foreign:
            some = ", ".join(foreign[:_NAMED]) + (f" and {len(foreign) - _NAMED} more" if foreign[_NAMED:] else "")
            self._progress.note(f"Mail in your Sent folder is from {some}: add it to addresses in profile.yaml?")

    def note_other(self, name: str, plan: Plan) -> None:
        """Tell how many mails leave the listing because the folder was made from another inbox before."""
        before = self._store.settings().get("inbox", name)
        self._store.settle({"inbox": name})
        if before == name:
            return
        left = set(self._store.listed())
        left.difference_update(one.digest for one in plan)
        if left:
            self._progress.note(
                f"This output folder was made from {before} before. Mails of it that are not in {name} leave the "
                f"listing: {len(left):,}. Nothing of them is lost; a run over that inbox lists them again."
            )

    async def all(self, plan: Plan, todo: int, workers: int) -> None:
        """Bring the messages that have no row yet, ``todo`` in number, to their end."""
        if self._stop.asked or not todo:
            return
        self._progress.start(todo)
        try:
            await self._feed(plan, workers)
        finally:
            self._progress.end()

    async def _feed(self, plan: Plan, workers: int) -> None:
        """Mails are read one after another, so that memory holds the bytes of one, and flow side by side."""
        gate = asyncio.Semaphore(workers)
        async with asyncio.TaskGroup() as group:
            try:
                for raw, one in plan.paired():
                    await asyncio.sleep(0)  # signals are heard, and what runs goes on, between messages
                    if self._store.done(one.key):
                        continue
                    await gate.acquire()
                    if self._stop.asked:
                        break
                    if isinstance(one.fate, UnreadableError):
                        read: Message | Exception = one.fate
                    else:
                        read = await _ended(self._reader.read(raw, one.fate))
                    del raw
                    group.create_task(self._one(one, read)).add_done_callback(lambda _: gate.release())
            except UsageError as error:
                self._stop.ask(error)

    async def _one(self, one: Planned, read: Message | Exception) -> None:
        """One message to its row. Nothing but cancellation leaves here, so that no message can cost another."""
        try:
            try:
                outcome = await self._outcome(one, read)
                self._store.add(outcome)
            except (PendingError, EndpointError, UsageError):
                raise
            except Exception as error:  # a fault of ours in one mail must not cost the others
                where = error if log.isEnabledFor(logging.DEBUG) else None  # a traceback may quote the mail
                log.error("%a: %s", one.origin, _kind(error), exc_info=where)  # noqa: TRY400 - told, not raised
                outcome = _fault(one, error)
                self._store.add(outcome)
        except PendingError:
            self._progress.step(None)
        except (EndpointError, UsageError) as error:
            self._stop.ask(error)
        else:
            self._count(outcome)
            self._progress.step(outcome)

    def _count(self, outcome: Outcome) -> None:
        self.ended += 1
        failure = outcome.failure
        if failure and failure.kind in _UNANSWERED:
            self._unanswered += 1
            self._reason = self._reason or failure.message
        elif outcome.action is not Action.SKIP and not (failure and failure.stage in _UNASKED):
            self._answered += 1

    def unanswered(self) -> CandorError | None:
        """That every mail which went to the model failed at the endpoint, with the first reason; None otherwise."""
        if self._answered or not self._unanswered:
            return None
        told = f"none of the mails that went to the model got an answer ({self._unanswered:,} tried): {self._reason}"
        return CandorError(told)

    async def _outcome(self, one: Planned, read: Message | Exception) -> Outcome:
        if isinstance(read, UnreadableError):
            return unreadable(one.origin, one.key, one.today, read)
        if isinstance(read, Exception):
            raise read
        return await self._flow.reply(read, one.key, one.today)


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
