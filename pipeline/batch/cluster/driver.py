"""The driver of a cluster: parcels out in waves, shards in, and the word by which workers may spend.

What places the work is behind the ``Engine`` protocol. Mail and rows go by way of the shared storage; the engine
moves names, and may lose any of them: what has no row then is done by the next run. What this leaves out: the plan and
the way of a message, which are those of every run.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import NamedTuple, Protocol

from pipeline import errors
from pipeline.batch.chunk import Parts
from pipeline.batch.cluster.merging import Merging
from pipeline.batch.cluster.parcels import MAILS, Item, Packing
from pipeline.batch.cluster.task import Report, Task
from pipeline.batch.plan import Paired
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.errors import CandorError, EndpointError, UsageError
from pipeline.types.earlier import Earlier

_WAVE = 1_000  # parcels on the storage at a time
_ROUNDS = 4  # parcels for each worker at least, so that one that is slow delays the end but little
_LOOK = 0.5  # seconds between two looks at the shards


class Engine(Protocol):
    """What runs workers. It is used from threads."""

    def start(self) -> int:
        """Get ready; returns how many workers there may be.

        Raises:
            UsageError: there is no such engine, or no cluster at its address.
        """
        ...

    def run(self, task: Task, parcels: Sequence[str], workers: int) -> Iterator[Report]:
        """Have ``workers`` stages do ``parcels``; a report for each that was done, as it ends.

        Raises:
            CandorError: the work ended early.
        """
        ...

    def close(self) -> None:
        """End all workers, those at work too."""
        ...


class Site(NamedTuple):
    """Where a run takes place: its task, how its workers are asked to stop, and its shards on the way to the store."""

    task: Task
    halt: Callable[[], None]
    merging: Merging


class Size(NamedTuple):
    """How much of a run there is: the mails to do, and the calls in flight that all workers may have together."""

    todo: Callable[[], int]
    limit: int


class Driver:
    """A ``Work`` that has the mails done by the workers of ``engine``.

    ``earlier`` gives the no of ours that a mail answers, by the mail's key.
    """

    def __init__(self, site: Site, engine: Engine, size: Size, earlier: Callable[[str], Earlier | None]) -> None:
        self._site, self._engine, self._size, self._earlier = site, engine, size, earlier

    async def __call__(
        self,
        mails: AsyncIterable[Paired],
        parts: Parts,  # noqa: ARG002 - each worker has its own
        progress: Progress,
        stop: Stop,
    ) -> None:
        """See ``chunk``."""
        try:
            try:
                await self._all(mails, progress, stop)
            finally:
                self._site.halt()
                await asyncio.to_thread(self._engine.close)
                await self._site.merging.take(progress)
        except UsageError as error:
            stop.ask(error)

    async def _all(self, mails: AsyncIterable[Paired], progress: Progress, stop: Stop) -> None:
        room = await asyncio.to_thread(self._engine.start)
        workers = max(1, min(room, self._size.limit))
        most = max(1, min(MAILS, self._size.todo() // (workers * _ROUNDS)))
        task, wave, began = self._shared(workers), _Wave(self._site, self._engine, progress, stop), time.monotonic()
        async with aclosing(self._items(mails)) as items:
            packing = Packing(task.folder, items, most)
            while not stop.asked and (names := await packing.parcels(_WAVE)):
                await wave.run(task, names, workers)
        self._tell(progress, workers, task.at_once, time.monotonic() - began)

    def _shared(self, workers: int) -> Task:
        """The task of each of so many workers."""
        share, task = max(1, self._size.limit // workers), self._site.task
        return task._replace(at_once=share, model=task.model.model_copy(update={"limit": share}))

    async def _items(self, mails: AsyncIterable[Paired]) -> AsyncGenerator[Item, None]:
        async for raw, one in mails:
            yield Item(raw, one, self._earlier(one.digest))

    def _tell(self, progress: Progress, workers: int, share: int, seconds: float) -> None:
        calls, many = self._site.merging.calls, f"{workers} workers" if workers > 1 else "1 worker"
        progress.note(
            f"{many} with at most {share} calls in flight each: {calls:,} calls in {seconds:,.0f} seconds, "
            f"{calls / max(seconds, 1e-9):,.1f} a second"
        )


class _Wave:
    """Parcels that are on the storage at a time: they are done, and meanwhile the shards are merged."""

    def __init__(self, site: Site, engine: Engine, progress: Progress, stop: Stop) -> None:
        self._site, self._engine, self._progress, self._stop = site, engine, progress, stop
        self._open = set[str]()

    async def run(self, task: Task, names: list[str], workers: int) -> None:
        """Have these parcels done; what becomes of their mails is in the shards."""
        loop, self._open = asyncio.get_running_loop(), set(names)

        def work() -> None:
            for report in self._engine.run(task, names, workers):
                loop.call_soon_threadsafe(self._reported, report)

        running = asyncio.create_task(asyncio.to_thread(work))
        running.add_done_callback(_heard)
        await self._merged(running)
        if self._open and not self._stop.asked:
            lost = f"{len(self._open)} of {len(names)} parcels of mail were lost with their workers"
            self._progress.note(f"{lost}; the next run does what they had not done")
        for name in names:
            (task.folder / name).unlink(missing_ok=True)

    async def _merged(self, running: asyncio.Task[None]) -> None:
        halted = False
        while not running.done():
            await asyncio.wait([running], timeout=_LOOK)
            await self._site.merging.take(self._progress)
            if self._stop.asked and not halted:
                halted = True
                self._site.halt()
        try:
            await running
        except UsageError:
            raise
        except CandorError as error:
            self._progress.note(str(error))

    def _reported(self, report: Report) -> None:
        """What the user can mend, and an endpoint that refuses us, ends all workers; else some mails wait."""
        self._open.discard(report.parcel)
        if not report.fault or self._stop.asked:
            return
        kind = getattr(errors, report.kind, None)
        if isinstance(kind, type) and issubclass(kind, UsageError | EndpointError):
            self._stop.ask(kind(report.fault))
        else:
            self._progress.note(f"{report.fault}; the next run does what it had not done")


def _heard(running: asyncio.Task[None]) -> None:
    """Who is stopped does not wait for the end of the work, which then ends by being closed."""
    if not running.cancelled():
        running.exception()
