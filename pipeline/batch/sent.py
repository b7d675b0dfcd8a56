"""What an output folder knows of the batches that it has at a provider, and which of its requests are in them.

A batch is noted before it is made, under a mark that travels with it; so whoever is killed in between can find it
again. A request is in one batch at most, and comes free when that ends. What this leaves out: asking the provider.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.store import Store
from pipeline.errors import OutputError
from pipeline.lines import cut, lines_in
from pipeline.llm.files import Result

TRIES = 3
"""How often a request may come back unanswered before its message ends with that."""

_TAKEN, _FAILED, _MISSING = "taken", "failed", "missing"


class Sent(NamedTuple):
    """A batch: its ``number`` in this folder, ``mark``, the file it was made from, where, and its id once it is known.

    ``missing``: the provider did not know it when it was last asked.
    """

    number: int
    mark: str
    file: str
    lines: int
    place: str
    batch: str
    missing: bool


def asked_in(path: Path) -> tuple[str, list[str]]:
    """SHA-256 of a request file that we wrote, and its keys: each line begins with its own.

    Raises:
        OutputError: it cannot be read, or is no longer as we wrote it.
    """
    digest, keys = hashlib.sha256(), []
    odd = f"{path} is not as it was written; run 'candor batch' again"
    try:
        with path.open("rb") as file:
            for line in lines_in(file):
                if cut(line):
                    raise OutputError(odd)
                digest.update(line)
                keys.append(line.split(b'"', 4)[3].decode())
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, IndexError):
        raise OutputError(odd) from None
    return digest.hexdigest(), keys


def intend(store: Store, file: str, digest: str, keys: Iterable[str], place: str) -> Sent:
    """Note that a batch is about to be made at ``place`` of ``file``, with these requests; SHA-256 of its bytes."""
    mark, rows = secrets.token_hex(16), [(key,) for key in keys]

    def write(db: sqlite3.Connection) -> None:
        db.execute(
            "INSERT INTO batches (mark, file, lines, digest, place, at) VALUES (?, ?, ?, ?, ?, ?)",
            (mark, file, len(rows), digest, place, datetime.now(UTC).isoformat(timespec="seconds")),
        )
        db.executemany("UPDATE requests SET batch = ? WHERE key = ?", ((mark, *row) for row in rows))

    store.change(write)
    return next(sent for sent in under_way(store) if sent.mark == mark)


def uploaded(store: Store, mark: str, file: str) -> None:
    """Note the provider's id of the file."""
    _set(store, mark, "input", file)


def made(store: Store, mark: str, batch: str) -> None:
    """Note the provider's id of the batch."""
    _set(store, mark, "batch", batch)


def under_way(store: Store) -> list[Sent]:
    """The batches that have not been taken in, oldest first; one without an id may or may not have been made."""
    query = """SELECT number, mark, file, lines, place, coalesce(batch, ''), status IS NOT NULL FROM batches
        WHERE status IS NULL OR status = ? ORDER BY number"""
    return [Sent._make(row) for row in store.rows(query, _MISSING)]


def away(store: Store) -> set[str]:
    """The keys of requests that are in a batch and have no answer yet."""
    rows = store.rows("SELECT key FROM requests WHERE batch IS NOT NULL AND result IS NULL")
    return {str(key) for (key,) in rows}


def taken(store: Store, mark: str, *, tries: int = TRIES) -> None:
    """Note that all that a batch gave is here: what it left unanswered waits again, or ends after so many tries."""
    store.change(partial(_take, mark, tries))


def let_go(store: Store, mark: str) -> None:
    """Forget a batch that did nothing: its requests wait again, as if it had not been."""

    def write(db: sqlite3.Connection) -> None:
        db.execute("UPDATE requests SET batch = NULL WHERE batch = ?", (mark,))
        db.execute("UPDATE batches SET status = ? WHERE mark = ?", (_FAILED, mark))

    store.change(write)


def missing(store: Store, mark: str) -> None:
    """Note that the provider does not know this batch: it was deleted, or the account is another one."""
    _set(store, mark, "status", _MISSING)


def doubt(store: Store) -> None:
    """Let go of batches that may have been made, or are missing: their requests are asked again, whatever they cost."""
    for sent in under_way(store):
        if sent.missing or not sent.batch:
            let_go(store, sent.mark)


def _take(mark: str, tries: int, db: sqlite3.Connection) -> None:
    db.execute("UPDATE requests SET tries = tries + 1 WHERE batch = ? AND result IS NULL", (mark,))
    over = db.execute(
        "SELECT key, error FROM requests WHERE batch = ? AND result IS NULL AND tries >= ?", (mark, tries)
    ).fetchall()
    db.executemany("UPDATE requests SET result = ? WHERE key = ?", ((error or _lost(key), key) for key, error in over))
    db.execute("UPDATE requests SET batch = NULL WHERE batch = ?", (mark,))
    db.execute("UPDATE batches SET status = ? WHERE mark = ?", (_TAKEN, mark))


def _lost(key: str) -> str:
    return Result(custom_id=key, error="the provider's files hold no line for it").model_dump_json()


def _set(store: Store, mark: str, column: str, value: str) -> None:
    store.change(lambda db: db.execute(f"UPDATE batches SET {column} = ? WHERE mark = ?", (value, mark)))  # noqa: S608 - a name of ours
