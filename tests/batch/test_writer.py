import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from pipeline.batch.writer import GROUP, Write, Writer
from pipeline.errors import OutputError


def number(n: int) -> Write:
    return lambda db: db.execute("INSERT INTO numbers VALUES (?)", (n,))


def opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY) STRICT")
    return db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "numbers.db"


@pytest.fixture
def statements() -> list[str]:
    """What the database was told."""
    return []


@pytest.fixture
def writer(path: Path, statements: list[str]) -> Iterator[Writer]:
    db = opened(path)
    db.set_trace_callback(statements.append)
    writer = Writer(db, path)
    yield writer
    writer.close()


def kept(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as db:
        return [n for (n,) in db.execute("SELECT n FROM numbers ORDER BY n")]


async def test_what_was_written_is_there_for_others_when_the_writer_says_so(writer: Writer, path: Path) -> None:
    await writer.write(number(1))
    assert kept(path) == [1]
    writer.write_now(number(2))
    assert kept(path) == [1, 2]


async def test_many_at_a_time_share_their_commits(writer: Writer, path: Path, statements: list[str]) -> None:
    await asyncio.gather(*(writer.write(number(n)) for n in range(1000)))
    assert kept(path) == list(range(1000))
    commits = statements.count("COMMIT")
    assert 1000 / GROUP <= commits < 200


async def test_one_that_cannot_be_written_does_not_take_the_others_with_it(writer: Writer, path: Path) -> None:
    def odd(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO numbers VALUES (100)")
        raise KeyError("a fault of ours")

    same = (number(n) for n in (1, 2, 2, 3))
    ends = await asyncio.gather(*map(writer.write, (*same, odd)), return_exceptions=True)
    assert [type(end) for end in ends] == [type(None), type(None), OutputError, type(None), KeyError]
    assert kept(path) == [1, 2, 3]


async def test_a_fault_of_the_disk_reaches_everybody(writer: Writer, path: Path) -> None:
    writer.write_now(lambda db: db.execute("PRAGMA query_only = ON"))
    ends = await asyncio.gather(*(writer.write(number(n)) for n in range(3)), return_exceptions=True)
    assert {str(end) for end in ends} == {
        f"{path} cannot be used: the file, its folder or the disk is read-only",
    }


async def test_who_is_cancelled_while_it_waits_has_handed_its_write_over(writer: Writer, path: Path) -> None:
    hold = threading.Event()
    first = asyncio.create_task(writer.write(lambda _: hold.wait(60)))
    second = asyncio.create_task(writer.write(number(2)))
    await asyncio.sleep(0.01)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    hold.set()
    await first
    await writer.write(number(3))
    assert kept(path) == [2, 3]


def test_what_was_handed_over_is_written_when_the_loop_is_long_gone(path: Path) -> None:
    writer, hold = Writer(opened(path), path), threading.Event()

    async def hand_over() -> None:
        tasks = [asyncio.create_task(writer.write(write)) for write in (lambda _: hold.wait(60), number(1))]
        await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()

    asyncio.run(hand_over())
    hold.set()
    writer.close()
    assert kept(path) == [1]


def test_several_loops_one_after_another(writer: Writer, path: Path) -> None:
    for n in range(3):
        asyncio.run(writer.write(number(n)))
    assert kept(path) == [0, 1, 2]


def test_threads_may_write_at_the_same_time(writer: Writer, path: Path) -> None:
    threads = [threading.Thread(target=partial(writer.write_now, number(n))) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(path) == list(range(20))
