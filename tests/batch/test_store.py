import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.batch.listing import Listed
from pipeline.batch.store import DATABASE, Store
from pipeline.errors import InboxError, OutputError
from pipeline.types.message import Address, Message
from pipeline.types.outcome import Failure
from tests.batch.fakes import completion, listed, outcome, prompt


async def test_a_call_comes_back_as_it_was_put(store: Store) -> None:
    await store.put("k", prompt(), completion("k", '{"größe": 1}'))
    assert store.get("k") == completion("k", '{"größe": 1}')
    assert store.get("other") is None


async def test_of_two_replies_to_one_call_the_first_stays(store: Store) -> None:
    await store.put("k", prompt(), completion("k", "first"))
    await store.put("k", prompt(), completion("k", "second"))
    call = store.call("k")
    assert call is not None
    assert (call.stage, call.prompt, call.completion.text) == ("extract", "extract@v1", "first")


async def test_only_listed_outcomes_are_shown_in_the_order_of_the_inbox(store: Store) -> None:
    for key in ("of an older run", "b", "a"):
        await store.add(outcome(key))
    store.relist(listed("a", "b", "not yet"))
    assert [row.key for row in store.outcomes()] == ["a", "b"]


async def test_a_listing_replaces_the_one_before(store: Store) -> None:
    await store.add(outcome("a"))
    await store.add(outcome("b"))
    store.relist(listed("a", "b"))
    store.relist(listed("b"))
    assert [row.key for row in store.outcomes()] == ["b"]


async def test_the_listing_names_the_mails_that_were_read(store: Store) -> None:
    message = Message(key="m", origin="", message_id="", thread="", sender=Address(address=""), subject="", body="")
    for key, changes in (("a", {"message": message}), ("unreadable", {}), ("older", {"message": message})):
        await store.add(outcome(key, **changes))
    store.relist(listed("a", "unreadable", "not yet"))
    assert list(store.listed()) == ["m"]


async def test_a_failure_worth_another_try_is_a_row_but_not_done(store: Store) -> None:
    failure = Failure(stage="extract", kind="TransportError", message="no answer", retriable=True)
    await store.add(outcome("a", failure=failure))
    store.relist(listed("a"))
    assert not store.done("a")
    assert [row.failure for row in store.outcomes()] == [failure]
    await store.add(outcome("a"))
    assert store.done("a")
    assert [row.failure for row in store.outcomes()] == [None]


async def test_what_is_due_has_no_row_or_one_to_try_again(store: Store) -> None:
    await store.add(outcome("a", failure=Failure(stage="extract", kind="TransportError", message="no", retriable=True)))
    await store.add(outcome("b"))
    store.relist(listed("a", "b", "c"))
    assert (store.due(), store.waiting()) == (2, 1)


async def test_a_request_is_settled_when_its_reply_is_a_call(store: Store) -> None:
    store.expect(["k"])
    assert store.expects("k")
    store.take({"k": "the result"})
    assert not store.expects("k")
    assert (store.result("k"), store.results()) == ("the result", ["k"])
    await store.put("k", prompt(), completion("k"))
    assert (store.result("k"), store.results()) == (None, [])


def test_settings_are_added_and_replaced(store: Store) -> None:
    store.settle({"today": "2026-05-04", "job": "{}"})
    store.settle({"job": "{1}"})
    assert store.settings() == {"job": "{1}", "today": "2026-05-04"}


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        await store.put("k", prompt(), completion("k"))
        await store.add(outcome("a"))
        store.relist(listed("a"))
    with Store(tmp_path, create=False) as store:
        assert store.get("k") == completion("k")
        assert [row.key for row in store.outcomes()] == ["a"]


async def test_the_folder_and_all_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    with Store(folder) as store:
        await store.add(outcome("a"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert DATABASE in modes
    assert set(modes.values()) == {0o600}


def test_a_folder_without_a_run_is_not_made_one(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no run"):
        Store(tmp_path / "nothing", create=False)
    assert not (tmp_path / "nothing").exists()


def test_a_path_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a letter")
    with pytest.raises(OutputError, match="cannot be written"):
        Store(tmp_path / "out")


def test_a_database_of_someone_else_is_one_sentence_and_lets_go_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"this is not a database at all, but some text" * 100)
    for _ in range(2):
        with pytest.raises(OutputError, match="cannot be used: file is not a database"):
            Store(tmp_path)


async def test_a_read_only_database_is_one_sentence(store: Store) -> None:
    store._writer._db.execute("PRAGMA query_only = ON")  # root ignores file modes, so the test cannot use them
    with pytest.raises(OutputError, match=r"candor\.db cannot be used: the file, its folder or the disk is read-only"):
        await store.add(outcome("a"))
    with pytest.raises(OutputError):
        await store.put("k", prompt(), completion("k"))


async def test_a_full_disk_is_one_sentence_and_no_half_row(store: Store) -> None:
    await store.add(outcome("a"))
    (pages,) = store._writer._db.execute("PRAGMA page_count").fetchone()
    store._writer._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OutputError, match=r"candor\.db cannot be used: the disk is full"):
        await store.put("k", prompt(), completion("k", "x" * 100_000))
    assert store.get("k") is None
    store.relist(listed("a"))
    assert [row.key for row in store.outcomes()] == ["a"]


async def test_a_database_that_another_program_has_locked_is_one_sentence(store: Store) -> None:
    store._writer._db.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(store.folder / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match=r"candor\.db cannot be used: another program has locked it"):
            await store.add(outcome("a"))
    await store.add(outcome("a"))


async def test_a_listing_that_breaks_off_leaves_the_one_before(store: Store) -> None:
    def coming() -> Iterator[Listed]:
        yield 0, "b", "", ""
        raise InboxError("the inbox can no longer be read")

    await store.add(outcome("a"))
    await store.add(outcome("b"))
    store.relist(listed("a"))
    with pytest.raises(InboxError):
        store.relist(coming())
    assert [row.key for row in store.outcomes()] == ["a"]
    store.relist(listed(*["b"] * 2500))
    assert len(list(store.outcomes())) == 2500


async def test_a_row_that_no_longer_reads_is_one_sentence(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        await store.add(outcome("a"))
        store.relist(listed("a"))
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute("UPDATE outcomes SET json = '{}'")
    db.close()
    with Store(tmp_path) as store, pytest.raises(OutputError, match="does not read as one"):
        list(store.outcomes())


def test_a_folder_of_someone_elses_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "summary.csv").write_text("mine")
    with pytest.raises(OutputError, match="holds other files"):
        Store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["summary.csv"]
