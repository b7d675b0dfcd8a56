"""The tables of ``candor.db``, as numbered functions applied once, in order, and recorded by name.

A change of the tables is a new function at the end; an old one is never edited. What this leaves out: the way back.
"""

import hashlib
import sqlite3
from collections.abc import Callable

from pipeline.errors import OutputError

Migration = Callable[[sqlite3.Connection], None]


def m001_first(connection: sqlite3.Connection) -> None:
    """Calls, requests in flight, outcomes, the listing of the last run, and the folder's settings.

    All are rowid tables: in a table without rowids, long texts take twice the space.
    """
    for statement in (
        """CREATE TABLE calls (
            key TEXT PRIMARY KEY, stage TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL,
            text TEXT NOT NULL, usage TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT""",
        # What stands in provider files; a row goes when its reply is in ``calls``.
        "CREATE TABLE requests (key TEXT PRIMARY KEY, result TEXT) STRICT",
        "CREATE TABLE outcomes (key TEXT PRIMARY KEY, again INTEGER NOT NULL, json TEXT NOT NULL) STRICT",
        # Which outcome stands for which message of the inbox, as the last run read it.
        "CREATE TABLE listing (seq INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT",
        "CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    ):
        connection.execute(statement)


def m002_noes(connection: sqlite3.Connection) -> None:
    """Refusals that were drafted, in order: the id a draft goes out under, its outcome, the mail it answers, whose."""
    connection.execute(
        "CREATE TABLE noes (id TEXT PRIMARY KEY, key TEXT NOT NULL, mail TEXT NOT NULL, sender TEXT NOT NULL) STRICT"
    )
    found = connection.execute(
        """SELECT key, json_extract(json, '$.message.key'), json_extract(json, '$.message.sender.address')
        FROM outcomes WHERE json_extract(json, '$.action') IN ('decline', 'end')
        AND json_extract(json, '$.draft.body') IS NOT NULL ORDER BY rowid"""
    ).fetchall()
    ids = (f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@draft.invalid>" for key, _, _ in found)
    connection.executemany(
        "INSERT INTO noes VALUES (?, ?, ?, ?)", [(i, *row) for i, row in zip(ids, found, strict=True)]
    )


def m003_noes_by_sender(connection: sqlite3.Connection) -> None:
    """The refusals to one client, without a look at all others."""
    connection.execute("CREATE INDEX noes_by_sender ON noes (sender)")


def m004_batches(connection: sqlite3.Connection) -> None:
    """Batches at a provider, and for each request the one that it is in, how often it came back unanswered, and why."""
    for statement in (
        """CREATE TABLE batches (
            number INTEGER PRIMARY KEY, mark TEXT NOT NULL UNIQUE, file TEXT NOT NULL, lines INTEGER NOT NULL,
            digest TEXT NOT NULL, place TEXT NOT NULL, input TEXT, batch TEXT, status TEXT, at TEXT NOT NULL
        ) STRICT""",
        "ALTER TABLE requests ADD COLUMN batch TEXT",
        "ALTER TABLE requests ADD COLUMN tries INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE requests ADD COLUMN error TEXT",
        "CREATE INDEX requests_by_batch ON requests (batch) WHERE batch IS NOT NULL",
    ):
        connection.execute(statement)


def m005_former(connection: sqlite3.Connection) -> None:
    """What is shown of a mail until the outcome that the listing names is made: the one that was shown before."""
    connection.execute("ALTER TABLE listing ADD COLUMN former TEXT")
    connection.execute(
        """CREATE VIEW shown AS SELECT seq, outcomes.key, json, outcomes.key IS NOT listing.key AS old
        FROM listing CROSS JOIN outcomes ON outcomes.key =
            iif(EXISTS (SELECT 1 FROM outcomes AS made WHERE made.key = listing.key), listing.key, former)"""
    )


MIGRATIONS: tuple[Migration, ...] = (m001_first, m002_noes, m003_noes_by_sender, m004_batches, m005_former)


def migrate(connection: sqlite3.Connection, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Bring the tables up to date, all or nothing.

    Raises:
        OutputError: the file was written by a newer Candor.
    """
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT")
        applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
        if applied - {migration.__name__ for migration in migrations}:
            raise OutputError("the output folder was written by a newer version of Candor")
        for migration in migrations:
            if migration.__name__ not in applied:
                migration(connection)
                connection.execute("INSERT INTO migrations VALUES (?)", (migration.__name__,))
