"""The stage of a cluster: what one worker is and does. It takes parcels of mail through the ``chunk`` of a local run.

A worker has one model, so one gate for all its parcels, one reader of mail and one shard. Whatever goes wrong comes
back as a report. What this leaves out: any engine; whoever has a process and names of parcels can run it.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path

from pipeline.batch.chunk import Parts, chunk
from pipeline.batch.cluster.given import Given
from pipeline.batch.cluster.parcels import unpacked
from pipeline.batch.cluster.task import Report, Task
from pipeline.batch.progress import Silent
from pipeline.batch.stop import GRACE, Stop
from pipeline.errors import CandorError

_SOONER = 5.0  # seconds before the driver gives up waiting


class Stage:
    """One worker, made ready by ``opening`` with its first parcel.

    It may be called from several threads, and raises nothing.
    """

    def __init__(self, task: Task, opening: "Callable[[Task], Coroutine[None, None, Room]]") -> None:
        self._task, self._how = task, opening
        self._loop = asyncio.new_event_loop()
        self._opening: asyncio.Task[Room] | None = None
        threading.Thread(target=self._loop.run_forever, name="stage", daemon=True).start()

    def __call__(self, batch: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """The parcels that ``batch`` names under ``parcel``, one after another, to their reports, as columns."""
        reports = [self.do(str(name)) for name in batch["parcel"]]
        return {field: [getattr(report, field) for report in reports] for field in Report._fields}

    def do(self, parcel: str) -> Report:
        """One parcel to its report."""
        try:
            asyncio.run_coroutine_threadsafe(self._do(parcel), self._loop).result()
        except CandorError as error:
            return Report(parcel, type(error).__name__, str(error))
        except Exception as error:  # noqa: BLE001 - an exception here would end the whole job of the engine
            return Report(parcel, type(error).__name__, f"a worker met an unexpected fault ({type(error).__name__})")
        return Report(parcel)

    async def _do(self, parcel: str) -> None:
        if self._opening is None:
            self._opening = asyncio.create_task(self._how(self._task))
        room = await asyncio.shield(self._opening)
        await room.through(self._task.folder / parcel)


class Room:
    """A worker that is ready."""

    def __init__(self, parts: Parts, given: Given) -> None:
        self._parts, self._given = parts, given
        self._stops: set[Stop] = set()
        self._ended = False
        self.held: tuple[object, ...] = ()
        """What must live as long as it does."""

    async def through(self, parcel: Path) -> None:
        """Take the mails of a parcel to their rows, unless this worker has ended.

        Raises:
            CandorError: what ended it.
        """
        if self._ended:
            return
        stop, answering = Stop(GRACE - _SOONER), set[str]()
        self._stops.add(stop)
        try:
            await chunk(self._given.paired(unpacked(parcel), answering), self._parts, Silent(), stop)
        except asyncio.CancelledError:  # the grace is over
            if not stop.asked:
                raise
        finally:
            self._stops.discard(stop)
            self._given.forget(answering)
        if stop.error:
            self.end()
            raise stop.error

    def end(self, error: CandorError | None = None) -> None:
        """Finish what runs and begin nothing more."""
        self._ended = True
        for stop in self._stops:
            stop.ask(error)
