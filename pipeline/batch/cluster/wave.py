"""Parcels that are done at a time: the engine's workers do them, and meanwhile their shards are merged.

What places the work is behind the ``Engine`` protocol. The engine moves names, and may lose any of them: what has no
row then is done by the next run. What this leaves out: where parcels come from.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from pipeline import errors
from pipeline.batch.cluster.merging import Merging
from pipeline.batch.cluster.task import Report, Task
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.errors import CandorError, EndpointError, UsageError

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

    def shared(self, limit: int, workers: int) -> Task:
        """The task of each of so many workers, who may have ``limit`` calls in flight together."""
        share = max(1, limit // workers)
        model = self.task.model.model_copy(update={"limit": share, "sharers": workers})
        return self.task._replace(at_once=share, model=model)


class Wave:
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
