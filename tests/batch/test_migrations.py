import sqlite3
from collections.abc import Iterator

import pytest

from pipeline.batch.migrations import MIGRATIONS, migrate
from pipeline.errors import OutputError


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    yield db
    db.close()


def names(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM migrations ORDER BY name")]


def m003_later(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE run ADD COLUMN note TEXT")


def m004_broken(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE half (x TEXT) STRICT")
    db.execute("nonsense")


def test_each_is_applied_once_and_recorded_by_name(db: sqlite3.Connection) -> None:
    migrate(db)
    migrate(db)
    assert names(db) == [migration.__name__ for migration in MIGRATIONS]


def test_a_later_one_changes_what_stands(db: sqlite3.Connection) -> None:
    migrate(db)
    db.execute("INSERT INTO run VALUES ('today', '2026-05-04')")
    migrate(db, (*MIGRATIONS, m003_later))
    assert db.execute("SELECT * FROM run").fetchall() == [("today", "2026-05-04", None)]


def test_a_newer_file_is_refused(db: sqlite3.Connection) -> None:
    migrate(db, (*MIGRATIONS, m003_later))
    with pytest.raises(OutputError, match="newer version"):
        migrate(db)


def test_a_broken_one_leaves_nothing_behind(db: sqlite3.Connection) -> None:
    migrate(db)
    with pytest.raises(sqlite3.Error):
        migrate(db, (*MIGRATIONS, m003_later, m004_broken))
    assert names(db) == [migration.__name__ for migration in MIGRATIONS]
    assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").fetchone() == (0,)
