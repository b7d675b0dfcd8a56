"""Takes what the shards of a folder hold into the store, by key, while they grow and after.

A row counts once, however often its line stands in shards. What is done stays, but for a failure that this run was told
to try again. What this leaves out: who writes shards.
"""

import asyncio
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.batch.cluster.shards import Line, Tail, ended_here, shards
from pipeline.batch.progress import Progress
from pipeline.batch.store import Call, Store
from pipeline.errors import OutputError

_GROUP = 64  # lines that are on their way to the disk at a time
_ORPHAN = 60.0  # seconds for which a worker may go on whose driver is gone: silence, and the grace of its calls


class Merging:
    """The shards of ``folder`` on their way into ``store``; those of ``run`` are made now."""

    def __init__(self, folder: Path, store: Store, run: str = "") -> None:
        self._folder, self._store, self._run = folder, store, run
        self._renewed: set[str] = set()
        self._tails: dict[Path, Tail] = {}
        self.calls = 0
        """Calls merged."""

    async def take(self, progress: Progress) -> None:
        """Everything that came since the last time; each row that is new is told to ``progress``.

        Raises:
            OutputError: a shard cannot be read, or the store not be written.
        """
        mine = set(shards(self._folder, self._run)) if self._run else set()
        for path in shards(self._folder):
            tail = iter(self._tails.setdefault(path, Tail(path)))
            while group := list(islice(tail, _GROUP)):
                await asyncio.gather(*(self._keep(line, progress, now=path in mine) for line in group))

    def clean(self) -> None:
        """Remove what is merged: the shards of this run, which has ended, and those where nobody can be writing now."""
        for path in self._merged():
            path.unlink(missing_ok=True)
            self._tails.pop(path, None)

    def _merged(self) -> Iterator[Path]:
        """Ages are told by the clock of the storage, that is by what was written there last."""
        ended = set(shards(self._folder, self._run)) if self._run else set()
        try:
            ages = {path: path.stat().st_mtime for path in self._folder.iterdir()}
        except OSError as error:
            raise OutputError(f"{self._folder} cannot be read: {error.strerror}") from None
        latest = max(ages.values(), default=0.0)
        for path in list(self._tails):
            if path in ended or ended_here(path) or latest - ages.get(path, latest) > _ORPHAN:
                yield path

    async def _keep(self, line: Line, progress: Progress, *, now: bool) -> None:
        if line.call:
            self.calls += 1
            call = Call(line.call.stage, line.call.prompt, line.call.completion)
            await self._store.keep(line.call.key, call, anew=line.call.anew)
        if line.outcome and (not self._store.done(line.outcome.key) or (now and self._failed(line.outcome.key))):
            await self._store.add(line.outcome)
            progress.step(line.outcome)

    def _failed(self, key: str) -> bool:
        """Whether a row that is done is a failure which has not been tried again yet."""
        stored = self._store.outcome(key)
        if stored is None or stored.failure is None or key in self._renewed:
            return False
        self._renewed.add(key)
        return True
