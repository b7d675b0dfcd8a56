"""One thread that writes a database: what arrives while a commit is on its way to the disk shares the next one.

Nobody sets a time to wait for company. A write that is asked for alone is committed alone; under load a group fills
while the disk works. Who is cancelled while it waits has still handed its write over, and it is kept. What this leaves
out: reading, which has a connection of its own, and what is written.
"""

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple

from pipeline.errors import OutputError

GROUP = 64
"""Writes that share a commit, at most."""

Write = Callable[[sqlite3.Connection], object]

_SENTENCES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file, its folder or the disk is read-only",
    sqlite3.SQLITE_BUSY: "another program has locked it",
    sqlite3.SQLITE_LOCKED: "another program has locked it",
    sqlite3.SQLITE_IOERR: "the disk failed, or has no room left",
}


class _Job(NamedTuple):
    write: Write
    done: "asyncio.Future[None] | Future[None]"


class _End(NamedTuple):
    done: "asyncio.Future[None] | Future[None]"
    error: BaseException | None


class Writer:
    """Writes through a connection that nobody else uses, until ``close``. ``path`` names it in errors.

    Raises:
        OutputError: from both ways to write, when the disk or another program does not let us. What else a write
            raises comes back as it is. Either way nothing of that write is kept, and all of the others.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path = db, path
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def write(self, write: Write) -> None:
        """Do it; returns when no crash can undo it."""
        done = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(write, done))
        await done

    def write_now(self, write: Write) -> None:
        """The same, for who has no time to let others go on."""
        done: Future[None] = Future()
        self._jobs.put(_Job(write, done))
        done.result()

    def close(self) -> None:
        """Write what was handed over, and end."""
        self._jobs.put(None)
        self._thread.join()
        self._db.close()

    def _work(self) -> None:
        more = True
        while more:
            group = [self._jobs.get()]
            while len(group) < GROUP and group[-1] and not self._jobs.empty():
                group.append(self._jobs.get())
            more = group[-1] is not None
            jobs = [job for job in group if job]
            _tell([_End(job.done, error) for job, error in zip(jobs, self._ends(jobs), strict=True)])

    def _ends(self, jobs: Sequence[_Job]) -> list[BaseException | None]:
        """The error of each, or none. One that cannot be written must not take the others with it."""
        error = self._together(jobs)
        if error is None or len(jobs) == 1:
            return [error] * len(jobs)
        return [self._together([job]) for job in jobs]

    def _together(self, jobs: Sequence[_Job]) -> BaseException | None:
        if not jobs:
            return None
        try:
            with plainly(self._path), self._db as db:
                db.execute("BEGIN IMMEDIATE")
                for job in jobs:
                    job.write(db)
        except BaseException as error:  # noqa: BLE001 - it belongs to who waits for this write
            return error
        return None


def _tell(ends: Sequence[_End]) -> None:
    """Wake who waits: a loop once for all of its own."""
    loops: dict[asyncio.AbstractEventLoop, list[_End]] = defaultdict(list)
    for end in ends:
        if isinstance(end.done, asyncio.Future):
            loops[end.done.get_loop()].append(end)
        else:
            _settle([end])
    for loop, own in loops.items():
        with suppress(RuntimeError):  # the loop has ended, and who waited with it
            loop.call_soon_threadsafe(_settle, own)


def _settle(ends: Sequence[_End]) -> None:
    for end in ends:
        if end.done.cancelled():
            continue
        if end.error:
            end.done.set_exception(end.error)
        else:
            end.done.set_result(None)


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Say in one sentence what the database refused.

    Raises:
        OutputError: for any error of SQLite.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the kind, without its details
        raise OutputError(f"{path} cannot be used: {_SENTENCES.get(code, error)}") from error
