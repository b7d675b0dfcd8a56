import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.batch.migrations import MIGRATIONS, migrate
from pipeline.batch.store import DATABASE, Store
from pipeline.errors import OutputError
from pipeline.types.prompt import Usage
from tests.batch.fakes import completion, listed, outcome


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    yield db
    db.close()


def names(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM migrations ORDER BY name")]


def m009_later(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE run ADD COLUMN note TEXT")


def m010_broken(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE half (x TEXT) STRICT")
    db.execute("nonsense")


def test_each_is_applied_once_and_recorded_by_name(db: sqlite3.Connection) -> None:
    migrate(db)
    migrate(db)
    assert names(db) == [migration.__name__ for migration in MIGRATIONS]


def test_a_later_one_changes_what_stands(db: sqlite3.Connection) -> None:
    migrate(db)
    db.execute("INSERT INTO run VALUES ('today', '2026-05-04')")
    migrate(db, (*MIGRATIONS, m009_later))
    assert db.execute("SELECT * FROM run").fetchall() == [("today", "2026-05-04", None)]


def test_a_newer_file_is_refused(db: sqlite3.Connection) -> None:
    migrate(db, (*MIGRATIONS, m009_later))
    with pytest.raises(OutputError, match="newer version"):
        migrate(db)


def test_a_broken_one_leaves_nothing_behind(db: sqlite3.Connection) -> None:
    migrate(db)
    with pytest.raises(sqlite3.Error):
        migrate(db, (*MIGRATIONS, m009_later, m010_broken))
    assert names(db) == [migration.__name__ for migration in MIGRATIONS]
    assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").fetchone() == (0,)


OLD = """
CREATE TABLE migrations (name TEXT PRIMARY KEY) STRICT;
INSERT INTO migrations VALUES ('m001_first');
CREATE TABLE calls (
    key TEXT PRIMARY KEY, stage TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL,
    text TEXT NOT NULL, usage TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE TABLE requests (key TEXT PRIMARY KEY, result TEXT) STRICT;
CREATE TABLE outcomes (key TEXT PRIMARY KEY, again INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
CREATE TABLE listing (seq INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT;
CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO calls VALUES ('k', 'extract', 'extract@v1', 'some-model', '{}', '{"calls": 1}', '2026-05-04');
INSERT INTO listing VALUES (0, 'a');
INSERT INTO run VALUES ('today', '2026-05-04');
"""


async def test_a_folder_of_the_first_version_goes_on(tmp_path: Path) -> None:
    """Written out, since today's migrations would make no old folder once somebody edits one."""
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        db.executescript(OLD)
        db.execute("INSERT INTO outcomes VALUES ('a', 0, ?)", (outcome("a").model_dump_json(),))
        db.commit()
    with Store(tmp_path) as store:
        assert store.get("k") == completion("k").model_copy(update={"usage": Usage(calls=1)})
        assert (list(store.outcomes()), store.settings()["today"]) == ([outcome("a")], "2026-05-04")
        await store.add(outcome("b"))
        store.relist(listed("b"))
        assert [row.key for row in store.outcomes()] == ["b"]


def test_every_table_is_strict(db: sqlite3.Connection) -> None:
    migrate(db)
    tables = db.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    assert {name: strict for name, strict in tables if not strict} == {}
