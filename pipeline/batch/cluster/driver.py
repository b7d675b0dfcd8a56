"""The driver of a cluster: parcels out in waves, and the word by which workers may spend.

Mail and rows go by way of the shared storage. What this leaves out: the plan and the way of a message, which are those
of every run, and what places the work (``wave``).
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import aclosing
from typing import NamedTuple

from pipeline.batch.chunk import Parts
from pipeline.batch.cluster.parcels import MAILS, Item, Packing
from pipeline.batch.cluster.wave import Engine, Site, Wave
from pipeline.batch.plan import Paired
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.errors import UsageError
from pipeline.types.earlier import Earlier

_WAVE = 1_000  # parcels on the storage at a time
_ROUNDS = 4  # parcels for each worker at least, so that one that is slow delays the end but little


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
        task, began = self._site.shared(self._size.limit, workers), time.monotonic()
        wave = Wave(self._site, self._engine, progress, stop)
        async with aclosing(self._items(mails)) as items:
            packing = Packing(task.folder, items, most)
            while not stop.asked and (names := await packing.parcels(_WAVE)):
                await wave.run(task, names, workers)
        self._tell(progress, workers, task.at_once, time.monotonic() - began)

    async def _items(self, mails: AsyncIterable[Paired]) -> AsyncGenerator[Item, None]:
        async for raw, one in mails:
            yield Item(raw, one, self._earlier(one.digest))

    def _tell(self, progress: Progress, workers: int, share: int, seconds: float) -> None:
        calls, many = self._site.merging.calls, f"{workers} workers" if workers > 1 else "1 worker"
        progress.note(
            f"{many} with at most {share} calls in flight each: {calls:,} calls in {seconds:,.0f} seconds, "
            f"{calls / max(seconds, 1e-9):,.1f} a second"
        )
