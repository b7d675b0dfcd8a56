"""The replies that a worker of a cluster can know of: those of earlier runs, those of this run's lost workers, its own.

Earlier ones lie in ``calls.db``, a copy of the store's, which nobody writes: many machines may read it from a network
file system at a time, which a database that changes forbids. The others are kept in a temporary file without a name.
What this leaves out: replies that other workers get meanwhile.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.types.prompt import Completion, Usage

_COPY = "calls.db"
_TABLE = "CREATE TABLE {}calls (key TEXT PRIMARY KEY, model TEXT, text TEXT, usage TEXT)"
_GET = "SELECT model, text, usage FROM calls WHERE key = ?"


class Known:
    """The replies by call key, for one thread. Without a copy in ``folder``, none are known from before.

    Raises:
        OutputError: from every method, when the copy cannot be read or there is no room for temporary files.
    """

    def __init__(self, folder: Path) -> None:
        copy = folder / _COPY
        self._own = sqlite3.connect("", isolation_level=None)
        self._own.execute("PRAGMA journal_mode = OFF")
        self._own.execute(_TABLE.format(""))
        self._places = [self._own]
        if copy.exists():  # immutable: without locks, which network file systems do badly
            self._places.append(sqlite3.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True))

    def get(self, key: str) -> Completion | None:
        """The reply to this call, if any."""
        try:
            rows = (place.execute(_GET, (key,)).fetchone() for place in self._places)
            row = next(filter(None, rows), None)
        except sqlite3.Error as error:
            raise OutputError(f"the stored replies cannot be read: {error}") from None
        if row is None:
            return None
        model, text, usage = row
        return Completion(text=text, model=model, call=key, usage=Usage.model_validate_json(usage))

    def add(self, key: str, completion: Completion) -> None:
        """Know this one too."""
        row = (key, completion.model, completion.text, completion.usage.model_dump_json())
        try:
            self._own.execute("INSERT OR IGNORE INTO calls VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise OutputError(f"there is no room for temporary files: {error}") from None


def copy_calls(database: Path, folder: Path, fits: Callable[[str, str], bool] = lambda *_: True) -> None:
    """Put a copy of the calls of ``database`` into ``folder``, or none where there are none.

    Only of those of which the prompt's name and the reply's text fit.

    Raises:
        OutputError: it cannot be read, or not be written there.
    """
    copy, new = folder / _COPY, folder / f".{_COPY}"
    copy.unlink(missing_ok=True)
    new.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as db:
            if not db.execute("SELECT 1 FROM calls LIMIT 1").fetchone():
                return
            os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            db.execute("ATTACH ? AS new", (f"{new.absolute().as_uri()}?mode=rw",))
            db.execute("PRAGMA new.journal_mode = OFF")
            db.execute(_TABLE.format("new."))
            db.create_function("fits", 2, fits)
            db.execute("INSERT INTO new.calls SELECT key, model, text, usage FROM main.calls WHERE fits(prompt, text)")
        new.rename(copy)
    except (sqlite3.Error, OSError) as error:
        raise OutputError(f"{copy} cannot be written: {error}") from None


def drop_copy(folder: Path) -> None:
    """Remove the copy."""
    (folder / _COPY).unlink(missing_ok=True)
