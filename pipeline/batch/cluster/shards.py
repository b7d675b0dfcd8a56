"""What a worker of a cluster keeps: one append-only file for each process, of the calls it paid and the rows it made.

A line is one JSON value. A call and a row are kept once their line has reached the disk; lines that come meanwhile
share the next wait. Whoever merges reads all files and takes lines by their key, so that none counts twice. A line that
a crash tore has no end and is not read. What this leaves out: any file that two processes write.
"""

import asyncio
import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.batch.cluster.known import Known
from pipeline.errors import OutputError
from pipeline.lines import cut, lines_in
from pipeline.types.base import Value
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Completion, Prompt

FOLDER = "cluster"
"""Where parcels and shards lie in an output folder; it may be a link to other storage."""
_PREFIX, _SUFFIX = "shard-", ".jsonl"
_GROUP = 64  # lines that wait for the disk together


class Paid(Value):
    """A call: its key, which stage and prompt version asked, and the reply; ``anew``: in the place of a stored one."""

    key: str
    stage: str
    prompt: str
    completion: Completion
    anew: bool = False


class Line(Value):
    """One line of a shard; one of the two."""

    call: Paid | None = None
    outcome: Outcome | None = None


class Shard:
    """The file of this process in ``folder``; a place for calls (``Calls``) and rows (``Rows``) alike.

    ``run`` names the run it belongs to. It is used from one event loop.

    Raises:
        OutputError: from every method, once the file cannot be written; then nothing more is.
    """

    def __init__(self, folder: Path, run: str, known: Known, *, anew: bool = False) -> None:
        name = f"{_PREFIX}{run}-{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}{_SUFFIX}"
        self._path, self._known, self._anew = folder / name, known, anew
        self._waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._broken: OutputError | None = None
        try:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        except OSError as error:
            raise self._unwritable(error) from None

    def get(self, key: str) -> Completion | None:
        """The reply to a call that was paid before, by whomever, if this process can know of it."""
        return self._known.get(key)

    async def put(self, key: str, prompt: Prompt, completion: Completion) -> None:
        """Keep a reply; returns when no crash can lose it."""
        paid = Paid(key=key, stage=prompt.stage, prompt=prompt.version, completion=completion, anew=self._anew)
        await self._keep(Line(call=paid))
        self._known.add(key, completion)

    async def add(self, outcome: Outcome) -> None:
        """Keep a row; returns when no crash can lose it."""
        await self._keep(Line(outcome=outcome))

    async def _keep(self, line: Line) -> None:
        if self._broken:
            raise self._broken
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((line.model_dump_json().encode() + b"\n", written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await written

    async def _write(self) -> None:
        """Write what waits, in groups, until nothing does."""
        while self._waiting:
            group, self._waiting = self._waiting[:_GROUP], self._waiting[_GROUP:]
            try:
                await asyncio.to_thread(_append, self._file, b"".join(line for line, _ in group))
            except OSError as error:  # a line may be torn now: nothing may follow it
                self._broken = self._unwritable(error)
                group, self._waiting = group + self._waiting, []
            for _, written in group:
                if written.done():  # its message was cancelled
                    continue
                if self._broken:
                    written.set_exception(self._broken)
                else:
                    written.set_result(None)
        self._writing = None

    def _unwritable(self, error: OSError) -> OutputError:
        return OutputError(f"{self._path} cannot be written: {error.strerror or error}")


class Tail:
    """The lines of one shard that were not given yet; asked again, it gives those that have come since."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read = 0  # bytes

    def __iter__(self) -> Iterator[Line]:
        """Whole lines only; one that is none of ours is passed over.

        Raises:
            OutputError: the file cannot be read, or holds a line without end.
        """
        try:
            with self.path.open("rb") as file:
                file.seek(self._read)
                for raw in lines_in(file):
                    if cut(raw):
                        raise OutputError(f"{self.path} holds a line that is longer than any of ours; move it away")
                    if not raw.endswith(b"\n"):
                        return
                    self._read += len(raw)
                    if line := _line(raw):
                        yield line
        except OSError as error:
            raise OutputError(f"{self.path} cannot be read: {error.strerror}") from None


def shards(folder: Path, run: str = "") -> list[Path]:
    """The shards in a folder, of one run or of all."""
    return sorted(folder.glob(f"{_PREFIX}{run}{'-' if run else ''}*{_SUFFIX}"))


def left_over(folder: Path) -> bool:
    """Whether an output folder holds what a run on a cluster has not merged, or mail that it has not removed."""
    return any(path.suffix != ".json" and not path.name.startswith(".") for path in (folder / FOLDER).glob("*"))


def ended_here(path: Path) -> bool:
    """Whether the process that wrote a shard was one of this machine, and is gone."""
    whose, _, process = path.stem.rpartition("-")[0].rpartition("-")
    if not (whose.endswith(f"-{socket.gethostname()}") and process.isdigit()):
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        pass
    return False


def _append(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
    os.fsync(file)


def _line(raw: bytes) -> Line | None:
    try:
        return Line.model_validate_json(raw)
    except ValidationError:
        return None
