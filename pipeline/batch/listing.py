"""The listing of an output folder: which outcome stands for which mail of the inbox, as the last run read it.

A mail whose outcome has another key now, and is not made yet, goes on being shown as it was before: nothing vanishes
because a run was of a few mails only, or ended early. What this leaves out: who writes (``store``).
"""

import sqlite3

COMING = "INSERT INTO temp.coming VALUES (?, ?, ?, ?)"
"""Adds a ``Listed``, between ``begin`` and ``end``."""

Listed = tuple[int, str, str, str]
"""A message of the inbox: its number, the key of its outcome, SHA-256 (hex; empty: not readable), and place."""


def begin(db: sqlite3.Connection) -> None:
    """Make room for a new one."""
    for statement in (
        "CREATE TEMP TABLE IF NOT EXISTS coming (seq INTEGER PRIMARY KEY, key TEXT, mail TEXT, origin TEXT) STRICT",
        "CREATE TEMP TABLE IF NOT EXISTS leaving (mail TEXT, origin TEXT, key TEXT) STRICT",
        "CREATE INDEX IF NOT EXISTS temp.leaving_by_mail ON leaving (mail)",
        "CREATE INDEX IF NOT EXISTS temp.coming_by_key ON coming (key)",
        "DELETE FROM temp.coming",
    ):
        db.execute(statement)


def end(db: sqlite3.Connection) -> None:
    """Put the new one in the place of the old.

    A mail is known by its bytes and, of copies, by its place; what could not be read, by its place alone.
    """
    for statement in (
        """INSERT INTO temp.leaving SELECT coalesce(json_extract(json, '$.message.key'), ''),
            json_extract(json, '$.origin'), key FROM shown WHERE key NOT IN (SELECT key FROM temp.coming)""",
        "DELETE FROM listing",
        """INSERT INTO listing SELECT seq, key, (SELECT substr(max((before.origin = now.origin) || before.key), 2)
            FROM temp.leaving AS before WHERE before.mail = now.mail AND (now.mail <> '' OR before.origin = now.origin))
            FROM temp.coming AS now""",
        "DELETE FROM temp.coming",
        "DELETE FROM temp.leaving",
    ):
        db.execute(statement)
