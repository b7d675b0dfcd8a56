"""Everything of one client taken out of an output folder: rows, stored replies, drafts, lines of the exports.

A client is known by addresses and domains. A mail is theirs when they wrote it, or were written to: then its row goes
with all that was made of it. Deleted rows leave no bytes behind in the database. Left out: the inbox, which is never
touched, what others wrote about them, which is counted, and the review page, which whoever knows the firm makes anew.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator, Sequence
from email.parser import BytesHeaderParser
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from pipeline.batch.cluster.shards import left_over
from pipeline.batch.files import request_files
from pipeline.batch.store import Store, outcome_of
from pipeline.errors import OutputError
from pipeline.outbox.folder import Folder
from pipeline.outbox.mbox import mbox
from pipeline.types.outcome import Outcome

_MEMORY, _LINES, _TABLE, _BOX, _PAGE = (
    ".exported.json", "outcomes.jsonl", "summary.csv", "drafts.mbox", "review.html"
)  # fmt: skip


class Whose(NamedTuple):
    """A client, by addresses and domains in lower case."""

    addresses: tuple[str, ...]
    domains: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """Texts that tell of them, wherever they stand."""
        return (*self.addresses, *(f"@{domain}" for domain in self.domains))

    def owns(self, outcome: Outcome) -> bool:
        """Whether a mail is from them or to them."""
        mail = outcome.message
        known = [mail.sender, *mail.to, *mail.cc, *filter(None, [mail.reply_to])] if mail else []
        return any(one.address in self.addresses or one.domain in self.domains for one in known)


class Purged(NamedTuple):
    """Rows of mails, stored replies and requests, draft files that go; ``others``: mails of others that name them."""

    mails: int
    replies: int
    files: tuple[str, ...]
    others: int


class Purge:
    """The purge of one client, first looked at, then done. A context manager that holds the folder.

    Raises:
        OutputError: from every method, when the folder holds no run, is in use, or cannot be written.
    """

    def __init__(self, folder: Path, whose: Whose) -> None:
        self._root, self._whose = folder, whose
        if left_over(folder):
            raise OutputError(f"{folder} holds parts of a run on a cluster that did not end; run 'candor batch' first")
        self._store = Store(folder, create=False)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the next one in."""
        self._store.__exit__(None, None, None)

    def look(self) -> Purged:
        """What would go. Nothing is changed."""
        keys, mails = self._rows()
        others = sum(self._named(text) for key, text in self._stored() if key not in keys)
        replies = sum(len(list(self._doomed(table, keys))) for table in ("calls", "requests"))
        files = tuple(sorted({*self._written(mails), *self._holding()}))
        return Purged(len(keys), replies, files, others)

    def do(self) -> Purged:
        """Take it all away, the database last, so that a purge that breaks off finds the rest when it is done again."""
        found = self.look()
        keys, mails = self._rows()
        self._exchanged({*(call for calls in keys.values() for call in calls), *self._asked})
        self._files(found.files, mails)
        self._forget(keys)
        return found

    def _stored(self) -> Iterator[tuple[str, str]]:
        return ((str(key), str(text)) for key, text in self._store.rows("SELECT key, json FROM outcomes"))

    def _rows(self) -> tuple[dict[str, set[str]], set[str]]:
        """Keys of the outcomes that go, each with the keys of its calls; and the keys of their mails."""
        gone = [one for _, text in self._stored() if self._whose.owns(one := outcome_of(text))]
        keys = {one.key: {attempt.call for attempt in one.attempts} for one in gone}
        return keys, {one.message.key for one in gone if one.message}

    def _named(self, text: str) -> bool:
        low = text.lower()
        return any(mark in low for mark in self._whose.marks)

    def _doomed(self, table: str, keys: dict[str, set[str]]) -> Iterator[int]:
        """Row ids of what belongs to outcomes that go, or names the client; replies that no outcome used go, too.

        While mails wait for theirs, such replies stay: they were paid for, and whose they are can't be told.
        """
        gone = {*keys, *(call for calls in keys.values() for call in calls), *self._asked}
        if table == "calls" and not self._store.waiting():
            gone |= self._unused()
        for number, *cells in self._store.rows(f"SELECT rowid, * FROM {table}"):  # noqa: S608 - a name of ours
            texts = [cell for cell in cells if isinstance(cell, str)]
            if any(text in gone or self._named(text) for text in texts):
                yield int(str(number))

    def _unused(self) -> set[str]:
        used = {attempt.call for _, text in self._stored() for attempt in outcome_of(text).attempts}
        return {str(key) for (key,) in self._store.rows("SELECT key FROM calls")} - used

    @cached_property
    def _asked(self) -> set[str]:
        """The keys of requests that would send their words to a provider."""
        found = set()
        for name in request_files(self._root):
            lines = (self._root / name).read_bytes().splitlines()
            found |= {_key(line) for line in lines if self._named(_text(line))}
        return found

    def _forget(self, keys: dict[str, set[str]]) -> None:
        tables = {str(name) for (name,) in self._store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        gone = {table: list(self._doomed(table, keys)) for table in tables - {"outcomes", "migrations", "run"}}

        def write(db: sqlite3.Connection) -> None:
            db.execute("PRAGMA secure_delete = ON")
            for table, numbers in gone.items():
                db.executemany(f"DELETE FROM {table} WHERE rowid = ?", ((number,) for number in numbers))  # noqa: S608 - a name of ours
            db.executemany("DELETE FROM outcomes WHERE key = ?", ((key,) for key in keys))

        self._store.change(write)
        self._store.shrink()

    def _written(self, mails: set[str]) -> Iterator[str]:
        """Draft files that we wrote for these mails, a person's changes to them included."""
        memory = self._memory()
        yield from (name for name, entry in memory.items() if entry.get("message") in mails and self._lies(name))

    def _holding(self) -> Iterator[str]:
        """Draft files that are addressed to them, under whatever name."""
        for path in sorted(self._root.glob("drafts/*")) + sorted(self._root.glob("review/*")):
            if path.is_file() and not path.is_symlink() and self._named(_addressee(path)):
                yield str(path.relative_to(self._root))

    def _lies(self, name: str) -> bool:
        return (self._root / name).is_file()

    def _memory(self) -> dict[str, dict[str, str]]:
        try:
            found = json.loads((self._root / _MEMORY).read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _files(self, names: Sequence[str], mails: set[str]) -> None:
        folder = Folder(self._root)
        for name in names:
            folder.remove(name)
        left = {n: e for n, e in self._memory().items() if n not in names and e.get("message") not in mails}
        if (self._root / _MEMORY).is_file():
            folder.write(_MEMORY, json.dumps(left, indent=1).encode() + b"\n")
        gone = self._lines(folder)
        self._table(folder, gone)
        if (self._root / _BOX).is_file():
            drafts = (path.read_bytes() for path in sorted(self._root.glob("drafts/*.eml")))
            folder.write(_BOX, b"".join(mbox(drafts)))
        folder.remove(_PAGE)

    def _lines(self, folder: Folder) -> set[int]:
        """The lines of ``outcomes.jsonl`` without theirs; the numbers of those that went, from 1."""
        lines = (folder.read(_LINES) or b"").splitlines(keepends=True)
        gone = {number for number, line in enumerate(lines, 1) if self._whose.owns(outcome_of(line))}
        if lines:
            folder.write(_LINES, b"".join(line for number, line in enumerate(lines, 1) if number not in gone))
        return gone

    def _table(self, folder: Folder, gone: set[int]) -> None:
        """``summary.csv`` without the rows of these numbers."""
        data = folder.read(_TABLE)
        if data:
            rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
            stream = io.StringIO(newline="")
            csv.writer(stream).writerows(row for row in rows if row[:1] and row[0] not in map(str, gone))
            folder.write(_TABLE, stream.getvalue().encode())

    def _exchanged(self, gone: set[str]) -> None:
        """The files of a provider, of requests and results, without lines that name them or belong to what goes."""
        folder = Folder(self._root)
        results = sorted(path.name for path in self._root.glob("results-*.jsonl"))
        for name in (*request_files(self._root), *results):
            lines = (folder.read(name) or b"").splitlines(keepends=True)
            left = [line for line in lines if not self._named(_text(line)) and _key(line) not in gone]
            if len(left) < len(lines):
                folder.write(name, b"".join(left))


def _addressee(path: Path) -> str:
    """The To of a file; all of it where there is none."""
    data = path.read_bytes()
    return str(BytesHeaderParser().parsebytes(data)["To"] or _text(data))


def _key(line: bytes) -> str:
    """The call key of a line; empty in one that is none of ours."""
    try:
        row = json.loads(line)
    except ValueError:
        return ""
    return str(row.get("custom_id", "")) if isinstance(row, dict) else ""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
