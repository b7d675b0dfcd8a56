"""A run over an inbox: the first pass settles what there is to do, the second takes it through the flow.

Every message ends in exactly one row; what is stored is not done again. What this leaves out: the way of a message
(``chunk``), and what becomes of the outcomes (``outbox``).
"""

from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing, closing
from typing import NamedTuple

from pipeline.batch.chunk import LATE, WORKERS, Parts, Work, chunk
from pipeline.batch.plan import Chosen, Flow, Hearing, Inbox, Paired, Plan, Planned
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.batch.store import Store
from pipeline.errors import CandorError, RequestError, TransportError, UnreadableError, UsageError
from pipeline.inbox.worker import Reader, the_worker
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome

_NAMED = 3  # addresses in one note
_UNANSWERED = {TransportError.__name__, RequestError.__name__, LATE}  # kinds of failure where no model has spoken
_UNASKED = {"read", "flow"}  # stages that fail before a model is asked, or by our own fault


class Summary(NamedTuple):
    """How a run ended, counted in messages.

    ``resumed`` had their row already, ``ended`` got one now, ``waiting`` have none. ``error`` is what stopped the run,
    or that no mail got an answer from the model; ``interrupted`` says that it did not come to its end, whoever stopped
    it. ``others`` have no row either, and were not chosen for this run.
    """

    messages: int
    resumed: int
    ended: int
    waiting: int
    interrupted: bool = False
    error: CandorError | None = None
    others: int = 0


async def run(  # noqa: PLR0913 - the parts of a run, each by name
    inbox: Inbox,
    flow: Flow,
    store: Store,
    progress: Progress,
    *,
    workers: int = WORKERS,
    reader: Reader | None = None,
    work: Work = chunk,
) -> Summary:
    """Give every message of ``inbox`` its row in ``store``; without a ``reader``, mails are read in a child process.

    ``work`` is what takes the messages to their rows: ``chunk`` here, or a cluster that runs ``chunk`` elsewhere.

    Ctrl-C once finishes what is running, twice stops at once; either way what is done is kept. An endpoint that refuses
    us, an inbox that changes meanwhile and a disk that is full end the run in the same way, as ``Summary.error``.
    """
    if reader is None:
        reader = the_worker()
        reader.start()  # gets ready during the first pass
    stop, tally, chosen = Stop(), _Tally(progress), Chosen()
    with closing(Plan(inbox, flow)) as plan, stop.guarding():
        try:
            await plan.make(stop)
            await plan.relate(reader.read, stop)
            if not stop.asked:  # half a listing would hide rows that are done
                _note_other(store, inbox.name, plan, progress)
                store.relist(map(_listed, plan))
                chosen = plan.choose(store)
                store.settle(plan.remembered(chosen))
                _note_foreign(plan.foreign, progress)
        except UsageError as error:
            stop.ask(error)
        if chosen.todo and not stop.asked:
            async with aclosing(_due(plan, chosen)) as mails:
                await _shown(work(mails, Parts(flow, reader, store, workers), tally, stop), chosen.todo, tally)
    resumed, waiting = len(plan) - chosen.todo - chosen.others, chosen.todo - tally.ended
    end = stop.error if stop.asked else tally.unanswered()
    return Summary(len(plan), resumed, tally.ended, waiting, stop.asked, end, chosen.others)


async def _shown(doing: Awaitable[None], todo: int, progress: Progress) -> None:
    progress.start(todo)
    try:
        await doing
    finally:
        progress.end()


async def _due(plan: Plan, chosen: Chosen) -> AsyncGenerator[Paired, None]:
    """The second pass: the mails that this run works on."""
    hearing = Hearing()
    for raw, one in plan.paired():
        await hearing.pause()
        if chosen.has(one):
            yield raw, one


class _Tally:
    """A progress that counts the ends it is told of, beside telling ``progress``."""

    def __init__(self, progress: Progress) -> None:
        self.ended = 0
        self._answered, self._unanswered, self._reason = 0, 0, ""  # mails that went to the model
        self._progress = progress
        self.start, self.note, self.end = progress.start, progress.note, progress.end

    def step(self, outcome: Outcome | None) -> None:
        """Count one end."""
        if outcome:
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


def _listed(one: Planned) -> tuple[int, str, str, str]:
    origin = one.origin.encode("utf-8", "replace").decode()  # as its row has it
    return one.seq, one.key, "" if isinstance(one.fate, UnreadableError) else one.digest, origin


def _note_foreign(foreign: tuple[str, ...], progress: Progress) -> None:
    """Tell of addresses that seem to be the business's, but are not in its profile."""
    if foreign:
        some = ", ".join(foreign[:_NAMED]) + (f" and {len(foreign) - _NAMED} more" if foreign[_NAMED:] else "")
        progress.note(f"Mail in your Sent folder is from {some}: add it to addresses in profile.yaml?")


def _note_other(store: Store, name: str, plan: Plan, progress: Progress) -> None:
    """Tell how many mails leave the listing because the folder was made from another inbox before."""
    before = store.settings().get("inbox", name)
    store.settle({"inbox": name})
    if before == name:
        return
    left = set(store.listed())
    left.difference_update(one.digest for one in plan)
    if left:
        progress.note(
            f"This output folder was made from {before} before. Mails of it that are not in {name} leave the "
            f"listing: {len(left):,}. Nothing of them is lost; a run over that inbox lists them again."
        )
