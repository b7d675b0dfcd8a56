"""A run's folder: the plan, the calls by key, the records, and what waits for a provider. All JSON, a line at a time.

``run.json`` is the plan, ``calls.jsonl`` every reply that was paid for, ``records.jsonl`` and ``choices.jsonl`` what
came of them, ``requests.jsonl`` what a provider file has to answer. Lines are appended as things happen, so that a run
that is killed loses nothing but what was in flight. Left out: a database; a run is read whole.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Self, TypeVar

from pydantic import ValidationError

from eval.types.record import Choice, Plan, Record
from pipeline.batch.lock import Lock
from pipeline.errors import OutputError, UsageError
from pipeline.types.base import Value
from pipeline.types.prompt import Completion, Prompt

PLAN, CALLS, RECORDS, CHOICES, REQUESTS = (
    "run.json", "calls.jsonl", "records.jsonl", "choices.jsonl", "requests.jsonl"
)  # fmt: skip
_Row = TypeVar("_Row", bound=Value)


class Kept(Value):
    """One line of ``calls.jsonl``: the key, the prompt's version, the reply."""

    key: str
    prompt: str
    reply: Completion


class CallsFile:
    """``Calls`` in a file that only grows."""

    def __init__(self, path: Path) -> None:
        self._file = appended(path)
        self._known = {kept.key: kept for kept in read_kept(path)}

    def get(self, key: str) -> Completion | None:
        """The stored reply, or None."""
        kept = self._known.get(key)
        return kept.reply if kept else None

    async def put(self, key: str, prompt: Prompt, completion: Completion) -> None:
        """Keep a reply."""
        if key not in self._known:
            self._known[key] = Kept(key=key, prompt=prompt.version, reply=completion)
            write_line(self._file, self._known[key])

    def close(self) -> None:
        """Nothing more is kept."""
        self._file.close()


class RunFolder:
    """The folder of one run, held by one process.

    Raises:
        OutputError: it cannot be written, or another process holds it.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path = path
            self._lock = Lock(path)
            self.calls = CallsFile(path / CALLS)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror}") from None

    def __enter__(self) -> Self:
        """The folder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the next one in."""
        self.calls.close()
        self._lock.release()

    def settle(self, plan: Plan) -> None:
        """Keep the plan, or see that it is the one kept.

        Raises:
            OutputError: the folder was begun with another plan.
        """
        path = self.path / PLAN
        if path.exists():
            if (begun := read_plan(self.path)) != plan:
                changed = [name for name in Plan.model_fields if getattr(begun, name) != getattr(plan, name)]
                raise OutputError(
                    f"{self.path} was begun with another plan ({', '.join(changed)}); take another --out, or delete it"
                )
            return
        rewrite(path, [plan])

    def ask(self, pending: Mapping[str, str]) -> int:
        """Write what waits for a provider, sorted by key; returns how many lines. When nothing waits the file goes."""
        path = self.path / REQUESTS
        if pending:
            rewrite(path, (pending[key] for key in sorted(pending)))
        else:
            path.unlink(missing_ok=True)
        return len(pending)


def read_plan(folder: Path) -> Plan:
    """The plan of a run.

    Raises:
        UsageError: there is no run in this folder.
    """
    try:
        return Plan.model_validate_json((folder / PLAN).read_text("utf-8"))
    except (OSError, ValidationError):
        raise UsageError(f"{folder} holds no run; 'candor eval run' makes one") from None


def read_kept(path: Path) -> tuple[Kept, ...]:
    """Every reply of a run, in the order in which it came.

    Raises:
        UsageError: a line is broken.
    """
    return _read(path, Kept)


def read_records(folder: Path) -> tuple[Record, ...]:
    """Every record of a run; of equal keys the last one.

    Raises:
        UsageError: there is none, or a line is broken.
    """
    read_plan(folder)
    return _read(folder / RECORDS, Record)


def read_choices(folder: Path) -> tuple[Choice, ...]:
    """Every pairwise choice of a run; none when it made none.

    Raises:
        UsageError: a line is broken.
    """
    return _read(folder / CHOICES, Choice)


def appended(path: Path) -> IO[str]:
    """A file to add lines to (mode 0600); half a line that a kill left is taken off first."""
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    whole = path.read_bytes().rfind(b"\n") + 1
    os.ftruncate(number, whole)
    return os.fdopen(number, "a", encoding="utf-8", newline="\n")


def write_line(file: IO[str], row: Value) -> str:
    """One row, at once in the system's hands; returns its line."""
    line = row.model_dump_json()
    file.write(f"{line}\n")
    file.flush()
    return line


def rewrite(path: Path, rows: Iterable[Value | str]) -> None:
    """All rows anew, whole or not at all; a row that is a text is a line as it stands."""
    waiting = path.with_suffix(".new")
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{row if isinstance(row, str) else row.model_dump_json()}\n" for row in rows)
    waiting.replace(path)


def _read(path: Path, kind: type[_Row]) -> tuple[_Row, ...]:
    """Rows by key, in order; a last line that a kill cut short is passed over."""
    rows: dict[str, _Row] = {}
    lines = list(_lines(path))
    for number, line in enumerate(lines, 1):
        try:
            row = kind.model_validate_json(line)
        except ValidationError:
            if number == len(lines):
                break
            raise UsageError(f"{path}:{number}: not a line that a run wrote") from None
        rows[str(getattr(row, "key"))] = row  # noqa: B009 - both kinds of row have one
    return tuple(rows.values())


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        yield from (line for line in path.read_text("utf-8").split("\n") if line.strip())
