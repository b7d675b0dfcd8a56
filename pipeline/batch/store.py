"""What an output folder remembers, in SQLite: every paid call, every request in flight, every outcome, the settings.

Each write is on the disk when its method returns, so a crash loses at most what was in flight. One process writes
(``lock.py``), one thread of it (``writer.py``); reading has a connection of its own. What this leaves out: many
writers, network file systems, and any judgement of what is stored.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from pydantic import ValidationError

from pipeline.batch import listing, lock
from pipeline.batch.migrations import migrate
from pipeline.batch.writer import Writer, plainly
from pipeline.earlier import earlier_of
from pipeline.errors import OutputError
from pipeline.llm.prices import lasting
from pipeline.outbox.reply import message_id
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Completion, Prompt, Usage

DATABASE = "candor.db"
_AT_ONCE = 1000  # rows of a listing


class Call(NamedTuple):
    """A stored call: its reply, and the stage and prompt version (e.g. ``draft@v1``) that asked for it."""

    stage: str
    prompt: str
    completion: Completion


class Taken(NamedTuple):
    """What stored calls took: how many there are, of how many the endpoint told the tokens, and these in all."""

    calls: int = 0
    told: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0


class Store:
    """The memory of one output folder; a context manager.

    Raises:
        OutputError: from any method, when the folder is in use, cannot be written, or holds something else.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open, and with ``create`` make, the folder (mode 0700) and its database (mode 0600)."""
        self.folder = folder
        path = folder / DATABASE
        if create:
            _make(folder)
        elif not path.is_file():
            raise OutputError(f"{folder} holds no run of Candor: there is no {DATABASE} in it")
        self._lock = lock.Lock(folder)
        try:
            self._writer = Writer(_open(path), path)
            self._db = _reading(path)
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what was handed over, close the database, then let the next one in."""
        self._db.close()
        self._writer.close()
        self._lock.release()

    # Calls: ``get`` and ``put`` are the protocol ``Calls`` of the caching model.

    def get(self, key: str) -> Completion | None:
        """The stored reply to this call, if any."""
        call = self.call(key)
        return call.completion if call else None

    async def put(self, key: str, prompt: Prompt, completion: Completion) -> None:
        """Store a reply. A request that waited for it is settled; of two replies to one call the first stays."""
        await self.keep(key, Call(prompt.stage, prompt.version, completion))

    async def keep(self, key: str, call: Call, *, anew: bool = False) -> None:
        """Store a call; as ``put``, but that with ``anew`` the last one stays."""
        completion = call.completion
        usage = completion.usage.model_dump_json(exclude_none=True)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = (key, call.stage, call.prompt, completion.model, completion.text, usage, now)
        await self._writer.write(partial(_keep_call, row, anew))

    def call(self, key: str) -> Call | None:
        """The stored call with what asked for it, if any."""
        row = self._one("SELECT stage, prompt, text, model, usage FROM calls WHERE key = ?", key)
        if row is None:
            return None
        stage, prompt, text, model, usage = row
        completion = Completion(text=text, model=model, call=key, usage=Usage.model_validate_json(usage))
        return Call(stage, prompt, completion)

    def taken(self, model: str) -> dict[str, Taken]:
        """What the calls of each stage took that ``model``, or a snapshot of it, has answered."""
        query = """
            SELECT stage, model, count(*), count(given + made), total(iif(made IS NULL, 0, given)),
                total(iif(given IS NULL, 0, made)), total(cached) FROM (
                    SELECT stage, model, usage ->> 'prompt_tokens' AS given, usage ->> 'completion_tokens' AS made,
                        usage ->> 'cached_tokens' AS cached FROM calls)
            GROUP BY stage, model"""
        found: dict[str, Taken] = {}
        with plainly(self.folder / DATABASE):
            for stage, name, *numbers in self._db.execute(query):
                if lasting(name) == lasting(model):
                    sums = map(sum, zip(found.get(stage, Taken()), map(int, numbers), strict=True))
                    found[stage] = Taken(*sums)
        return found

    # Requests that were written into a provider file, and the results that came back for them, as text.

    def expect(self, keys: Iterable[str]) -> None:
        """Note that these calls were asked for by file."""
        rows = [(key,) for key in keys]
        self._now("INSERT OR IGNORE INTO requests (key) VALUES (?)", rows)

    def expects(self, key: str) -> bool:
        """Whether this call was asked for and nothing came back yet."""
        return self._one("SELECT 1 FROM requests WHERE key = ? AND result IS NULL", key) is not None

    def expecting(self) -> bool:
        """Whether messages wait for the reply to a request that was written into a file."""
        asked = self._one("SELECT 1 FROM requests WHERE result IS NULL LIMIT 1")
        return asked is not None and self.waiting() > 0

    def blame(self, results: Mapping[str, str]) -> None:
        """Keep, by key, why requests came back without a reply; they go on waiting."""
        self._now("UPDATE requests SET error = ? WHERE key = ?", [(result, key) for key, result in results.items()])

    def take(self, results: Mapping[str, str]) -> None:
        """Keep, by key, what came back for requests, until ``put`` makes calls of it."""
        self._now("UPDATE requests SET result = ? WHERE key = ?", [(result, key) for key, result in results.items()])

    def result(self, key: str) -> str | None:
        """What came back for a request and has not become a call: not looked at yet, or of no use."""
        row = self._one("SELECT result FROM requests WHERE key = ?", key)
        return row[0] if row else None

    def results(self) -> list[str]:
        """The keys of all such results."""
        with plainly(self.folder / DATABASE):
            return [
                key for (key,) in self._db.execute("SELECT key FROM requests WHERE result IS NOT NULL ORDER BY key")
            ]

    def await_anew(self) -> None:
        """Forget results that have not become calls: their requests wait again."""
        forget = "UPDATE requests SET result = NULL, error = NULL, tries = 0 WHERE key = ?"
        self._now(forget, [(key,) for key in self.results()])

    # Outcomes, and the listing that says which of them are those of the inbox as it now is.

    def relist(self, rows: Iterable[listing.Listed]) -> None:
        """Replace the listing. A mail whose outcome is not made yet goes on being shown as it was before, if it was."""
        coming = iter(rows)
        self._writer.write_now(listing.begin)
        while some := list(islice(coming, _AT_ONCE)):
            self._now(listing.COMING, some)
        self._writer.write_now(listing.end)

    def outdated(self) -> int:
        """How many listed messages are shown as an earlier policy, prompt or model left them."""
        row = self._one("SELECT count(*) FROM shown WHERE old")
        assert row is not None
        return int(row[0])

    def listed(self) -> Iterator[str]:
        """The SHA-256 (hex) of each mail whose outcome is listed; what could not be read is left out."""
        query = "SELECT json_extract(json, '$.message.key') FROM shown"
        with plainly(self.folder / DATABASE):
            for (mail,) in self._db.execute(query):
                if mail:
                    yield mail

    def done(self, key: str) -> bool:
        """Whether this outcome is stored and need not be tried again."""
        return self._one("SELECT 1 FROM outcomes WHERE key = ? AND again = 0", key) is not None

    def failed(self, key: str) -> bool:
        """Whether this outcome is a failure, also one that is not tried again by itself."""
        failure = "SELECT 1 FROM outcomes WHERE key = ? AND json_extract(json, '$.failure.kind') IS NOT NULL"
        return self._one(failure, key) is not None

    async def add(self, outcome: Outcome) -> None:
        """Store an outcome. One whose failure is retriable is kept as a row, but tried again by the next run."""
        again = outcome.failure is not None and outcome.failure.retriable
        row = (outcome.key, int(again), outcome.model_dump_json())
        no = None
        if outcome.message and earlier_of(outcome):
            no = (message_id(outcome), outcome.key, outcome.message.key, outcome.message.sender.address)
        await self._writer.write(partial(_keep_outcome, row, no))

    def outcome(self, key: str) -> Outcome | None:
        """The stored outcome, listed or not."""
        row = self._one("SELECT json FROM outcomes WHERE key = ?", key)
        return outcome_of(row[0]) if row else None

    def told(self) -> list[str]:
        """Every address that a refusal was drafted to."""
        with plainly(self.folder / DATABASE):
            return [sender for (sender,) in self._db.execute("SELECT DISTINCT sender FROM noes ORDER BY sender")]

    def last_no(self) -> int:
        """The number of the refusal that was drafted last; 0 when there is none."""
        row = self._one("SELECT coalesce(max(rowid), 0) FROM noes")
        assert row is not None
        return int(row[0])

    def noes(self, senders: Sequence[str], last: int) -> list[tuple[str, str, str]]:
        """The refusals to these addresses up to ``last``, in order: id of the draft, keys of outcome and mail."""
        query = """SELECT id, key, mail FROM noes WHERE sender IN (SELECT value FROM json_each(?)) AND rowid <= ?
            ORDER BY rowid"""
        with plainly(self.folder / DATABASE):
            return self._db.execute(query, (json.dumps(senders), last)).fetchall()

    def outcomes(self) -> Iterator[Outcome]:
        """The outcomes of the listing in the order of the inbox, one at a time and one a message."""
        with plainly(self.folder / DATABASE):
            for (text,) in self._db.execute("SELECT json FROM shown ORDER BY seq"):
                yield outcome_of(text)

    def waiting(self) -> int:
        """How many listed messages have no outcome yet."""
        row = self._one("SELECT count(*) FROM listing LEFT JOIN outcomes USING (key) WHERE json IS NULL")
        assert row is not None
        return int(row[0])

    def due(self) -> int:
        """How many listed messages have no outcome that is done."""
        row = self._one("SELECT count(*) FROM listing LEFT JOIN outcomes USING (key) WHERE again IS NOT 0")
        assert row is not None
        return int(row[0])

    # Settings of the folder, as text by name.

    def settings(self) -> dict[str, str]:
        """All settings."""
        with plainly(self.folder / DATABASE):
            return dict(self._db.execute("SELECT name, value FROM run ORDER BY name").fetchall())

    def settle(self, values: dict[str, str]) -> None:
        """Add or replace settings."""
        self._now("INSERT OR REPLACE INTO run VALUES (?, ?)", list(values.items()))

    # For who keeps tables of their own here.

    def rows(self, query: str, *values: object) -> Iterator[tuple[object, ...]]:
        """The rows of a query, one at a time."""
        with plainly(self.folder / DATABASE):
            yield from self._db.execute(query, values)

    def change(self, write: Callable[[sqlite3.Connection], object]) -> None:
        """Write something, whole or not at all."""
        self._writer.write_now(write)

    def shrink(self) -> None:
        """Leave no byte of deleted rows in the files."""
        path = self.folder / DATABASE
        with plainly(path), closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _one(self, query: str, *values: str) -> tuple[str, ...] | None:
        with plainly(self.folder / DATABASE):
            row: tuple[str, ...] | None = self._db.execute(query, values).fetchone()
            return row

    def _now(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        self._writer.write_now(lambda db: db.executemany(statement, rows))


def begun(folder: Path) -> bool:
    """Whether ``folder`` holds a run; if not, it is empty or not there.

    Raises:
        OutputError: it holds something else.
    """
    if (folder / DATABASE).exists():
        return True
    if folder.exists() and any(path.name != lock.NAME for path in folder.iterdir()):
        raise OutputError(f"{folder} holds other files; take a new or empty folder, so that none is overwritten")
    return False


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        begun(folder)
        # SQLite gives its journal the mode of the database, so the file is made first, for its owner alone.
        os.close(os.open(folder / DATABASE, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}") from None


def _open(path: Path) -> sqlite3.Connection:
    """The connection that writes; it is made here and used by the writer's thread alone."""
    with plainly(path):
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL"):
                db.execute(f"PRAGMA {pragma}")
            migrate(db)
        except BaseException:
            db.close()
            raise
        return db


def _reading(path: Path) -> sqlite3.Connection:
    with plainly(path):
        db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("busy_timeout = 5000", "query_only = ON"):
            db.execute(f"PRAGMA {pragma}")
        return db


def _keep_call(row: tuple[str, ...], anew: bool, db: sqlite3.Connection) -> None:  # noqa: FBT001 - bound by place
    if anew:
        db.execute("DELETE FROM calls WHERE key = ?", row[:1])
    db.execute("INSERT OR IGNORE INTO calls VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    db.execute("DELETE FROM requests WHERE key = ?", row[:1])


def _keep_outcome(row: tuple[str, int, str], no: tuple[str, ...] | None, db: sqlite3.Connection) -> None:
    db.execute("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?)", row)
    if no:
        db.execute("INSERT OR IGNORE INTO noes VALUES (?, ?, ?, ?)", no)


def outcome_of(text: str | bytes) -> Outcome:
    """A stored outcome.

    Raises:
        OutputError: it does not read as one.
    """
    try:
        return Outcome.model_validate_json(text)
    except ValidationError as error:
        raise OutputError(f"a stored outcome does not read as one ({error.title}); run the batch again") from None
