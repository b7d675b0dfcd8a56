"""Requests that wait to be written into provider files, kept on disk: a hundred thousand mails are gigabytes of them.

The place is a temporary database that has no name and goes with the process, as that of ``heads``. What this leaves
out: the files themselves.
"""

import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

from pipeline.errors import OutputError


class Pending(MutableMapping[str, str]):
    """Request lines by call key, in the order of the keys, until ``close``.

    Raises:
        OutputError: from any method, when there is no room for temporary files.
    """

    def __init__(self) -> None:
        with _room():
            self._db = sqlite3.connect("", isolation_level=None)
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -4096", "temp_store = FILE"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute("CREATE TABLE lines (key TEXT PRIMARY KEY, line TEXT NOT NULL)")

    def __setitem__(self, key: str, line: str) -> None:
        """Write a line down."""
        with _room():
            self._db.execute("INSERT OR REPLACE INTO lines VALUES (?, ?)", (key, line))

    def __getitem__(self, key: str) -> str:
        """The line of this key."""
        with _room():
            row = self._db.execute("SELECT line FROM lines WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return str(row[0])

    def __delitem__(self, key: str) -> None:
        """Forget a line."""
        with _room():
            if not self._db.execute("DELETE FROM lines WHERE key = ?", (key,)).rowcount:
                raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """All keys, sorted."""
        with _room():
            for (key,) in self._db.execute("SELECT key FROM lines ORDER BY key"):
                yield key

    def __len__(self) -> int:
        """How many there are."""
        with _room():
            return int(self._db.execute("SELECT count(*) FROM lines").fetchone()[0])

    def close(self) -> None:
        """Give the room back."""
        self._db.close()


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"there is no room for temporary files: {error}") from error
