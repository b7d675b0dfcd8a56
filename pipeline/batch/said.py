"""What mails say that belong together, on disk until they are asked for, a thread at a time.

The place is a temporary database without a name, which goes with the process. What this leaves out: a bound on a single
thread, whose mails are in memory at one time.
"""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pipeline.errors import OutputError
from pipeline.types.message import Message


class Thread(NamedTuple):
    """Mails of one thread, in the order of the inbox: those of clients by ``seq``, and our own."""

    theirs: tuple[tuple[int, Message], ...]
    ours: tuple[Message, ...]


class Said:
    """Mails, until ``close``.

    Raises:
        OutputError: from any method, when there is no room for temporary files.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA temp_store = FILE",
            "CREATE TABLE mails (thread TEXT, seq INTEGER, ours INTEGER, json TEXT, PRIMARY KEY (thread, seq))",
        ):
            self._db.execute(statement)

    def close(self) -> None:
        """Forget all."""
        self._db.close()

    def add(self, seq: int, message: Message, *, ours: bool) -> None:
        """Keep a mail."""
        row = (message.thread, seq, ours, message.model_dump_json())
        try:
            self._db.execute("INSERT INTO mails VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise OutputError(f"mails cannot be kept in the temporary folder: {error}") from error

    def threads(self) -> Iterator[Thread]:
        """All of them, one at a time."""
        rows = self._db.execute("SELECT * FROM mails ORDER BY thread, seq")
        for _, group in groupby(rows, itemgetter(0)):
            mails = [(seq, ours, Message.model_validate_json(text)) for _, seq, ours, text in group]
            theirs = tuple((seq, message) for seq, ours, message in mails if not ours)
            yield Thread(theirs, tuple(message for _, ours, message in mails if ours))
