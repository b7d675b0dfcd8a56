"""Takes the messages of an inbox through the flow, a few at a time, and keeps each outcome as it ends.

Every message ends in exactly one row. A fault of ours costs one message, never the run; what is stored is not done
again. What this leaves out: pace and retries (the model's own), and what becomes of the outcomes (``outbox``).
"""

import asyncio
import logging
from typing import NamedTuple

from pipeline.batch.plan import Flow, Inbox, Planned, paired, plan
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.batch.store import Store
from pipeline.errors import CandorError, EndpointError, PendingError, UnreadableError, UsageError
from pipeline.inbox.source import Raw
from pipeline.rows import failed, unreadable
from pipeline.types.decision import Action
from pipeline.types.outcome import Failure, Outcome

WORKERS = 16
"""Messages in the flow at a time. How many calls that makes is the model's own limit."""

log = logging.getLogger(__name__)


class Summary(NamedTuple):
    """How a run ended, counted in messages.

    ``resumed`` had their row already, ``ended`` got one now, ``waiting`` have none. ``error`` is what stopped the run;
    ``interrupted`` says that it did not come to its end, whoever stopped it.
    """

    messages: int
    resumed: int
    ended: int
    waiting: int
    interrupted: bool = False
    error: CandorError | None = None


async def run(inbox: Inbox, flow: Flow, store: Store, progress: Progress, *, workers: int = WORKERS) -> Summary:
    """Give every message of ``inbox`` its row in ``store``.

    Ctrl-C once finishes what is running, twice stops at once; either way what is done is kept. An endpoint that refuses
    us, an inbox that changes meanwhile and a disk that is full end the run in the same way, as ``Summary.error``.
    """
    stop = Stop()
    runner = _Runner(flow, store, progress, stop)
    planned: list[Planned] = []
    todo: set[int] = set()
    with stop.guarding():
        try:
            planned = await plan(inbox, flow, stop)
            if not stop.asked:  # half a listing would hide rows that are done
                store.relist((one.seq, one.key) for one in planned)
                todo = {one.seq for one in planned if not store.done(one.key)}
        except UsageError as error:
            stop.ask(error)
        await runner.all(inbox, planned, todo, workers)
    waiting = len(todo) - runner.ended
    return Summary(len(planned), len(planned) - len(todo), runner.ended, waiting, stop.asked, stop.error)


class _Runner:
    """The second pass: what is to do goes through the flow, and every end is counted."""

    def __init__(self, flow: Flow, store: Store, progress: Progress, stop: Stop) -> None:
        self.ended = 0
        self._flow, self._store, self._progress, self._stop = flow, store, progress, stop

    async def all(self, inbox: Inbox, planned: list[Planned], todo: set[int], workers: int) -> None:
        """Bring the messages with the numbers ``todo`` to their end."""
        if self._stop.asked or not todo:
            return
        self._progress.start(len(todo))
        try:
            await self._feed(inbox, planned, todo, workers)
        finally:
            self._progress.end()

    async def _feed(self, inbox: Inbox, planned: list[Planned], todo: set[int], workers: int) -> None:
        gate = asyncio.Semaphore(workers)
        async with asyncio.TaskGroup() as group:
            try:
                for raw, one in paired(inbox, planned):
                    await asyncio.sleep(0)  # signals are heard, and what runs goes on, between messages
                    if one.seq not in todo:
                        continue
                    await gate.acquire()
                    if self._stop.asked:
                        break
                    group.create_task(self._one(raw, one)).add_done_callback(lambda _: gate.release())
            except UsageError as error:
                self._stop.ask(error)

    async def _one(self, raw: Raw, one: Planned) -> None:
        """One message to its row. Nothing but cancellation leaves here, so that no message can cost another."""
        try:
            try:
                outcome = await self._outcome(raw, one)
                self._store.add(outcome)
            except (PendingError, EndpointError, UsageError):
                raise
            except Exception as error:  # a fault of ours in one mail must not cost the others
                where = error if log.isEnabledFor(logging.DEBUG) else None  # a traceback may quote the mail
                log.error("%a: %s", one.origin, type(error).__name__, exc_info=where)  # noqa: TRY400 - told, not raised
                outcome = _fault(one, error)
                self._store.add(outcome)
        except PendingError:
            self._progress.step(None)
        except (EndpointError, UsageError) as error:
            self._stop.ask(error)
        else:
            self.ended += 1
            self._progress.step(outcome)

    async def _outcome(self, raw: Raw, one: Planned) -> Outcome:
        try:
            message = one.message(raw)
        except UnreadableError as error:
            return unreadable(one.origin, one.key, one.today, error)
        return await self._flow.reply(message, one.key, one.today)


def _fault(one: Planned, error: Exception) -> Outcome:
    """The row for a mistake in our own code: nothing of the message in it, since that may be what caused it."""
    origin = one.origin.encode("utf-8", "replace").decode()
    kind = type(error).__name__
    row = Outcome(key=one.key, origin=origin, today=one.today, action=Action.ESCALATE, code="")
    sentence = f"an unexpected fault ({kind}); the next run tries this message again"
    return failed(row, Failure(stage="flow", kind=kind, message=sentence, retriable=True))
