import os
import subprocess
import sys
import time
from pathlib import Path

from pipeline.batch.cluster.known import Known
from pipeline.batch.cluster.merging import Merging
from pipeline.batch.cluster.shards import Shard, shards
from pipeline.batch.progress import Silent
from pipeline.batch.store import Store
from pipeline.types.outcome import Failure, Outcome
from tests.batch.fakes import completion, outcome, prompt

AGAIN = Failure(stage="extract", kind="TransportError", message="no connection", retriable=True)


class Counted(Silent):
    """Counts the rows that it is told of."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def step(self, outcome: Outcome | None) -> None:
        self.rows += [outcome.key] if outcome else []


def shard(folder: Path, run: str = "one") -> Shard:
    return Shard(folder, run, Known(folder))


def gone() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


async def test_lines_become_calls_and_rows_by_key(tmp_path: Path, store: Store) -> None:
    first, second = shard(tmp_path), shard(tmp_path)
    for each in (first, second):
        await each.put("k", prompt(), completion("k", "reply"))
        await each.add(outcome("row"))
    progress = Counted()
    await Merging(tmp_path, store).take(progress)
    assert store.get("k") == completion("k", "reply")
    assert store.outcome("row") == outcome("row")
    assert progress.rows == ["row"]


async def test_taken_again_it_tells_only_what_is_new(tmp_path: Path, store: Store) -> None:
    one, merging, progress = shard(tmp_path), Merging(tmp_path, store), Counted()
    for key in ("a", "b", "c"):
        await one.add(outcome(key))
        await merging.take(progress)
    assert progress.rows == ["a", "b", "c"]
    await Merging(tmp_path, store).take(progress)
    assert progress.rows == ["a", "b", "c"]


async def test_an_older_failure_never_takes_the_place_of_a_row_that_is_done(tmp_path: Path, store: Store) -> None:
    await shard(tmp_path).add(outcome("row", failure=AGAIN))
    await store.add(outcome("row"))
    await Merging(tmp_path, store).take(Silent())
    assert store.outcome("row") == outcome("row")


async def test_a_failure_is_a_row_that_a_better_one_replaces(tmp_path: Path, store: Store) -> None:
    one, merging = shard(tmp_path), Merging(tmp_path, store)
    await one.add(outcome("row", failure=AGAIN))
    await merging.take(Silent())
    assert not store.done("row")
    await one.add(outcome("row"))
    await merging.take(Silent())
    assert store.done("row")


async def test_a_failure_that_is_tried_again_counts_once_and_is_replaced(tmp_path: Path, store: Store) -> None:
    useless = AGAIN.model_copy(update={"retriable": False})
    await store.add(outcome("row", failure=useless))
    await shard(tmp_path, "older").add(outcome("row"))
    await Merging(tmp_path, store, "now").take(Silent())
    assert store.outcome("row") == outcome("row", failure=useless)
    for _ in range(2):
        await shard(tmp_path, "now").add(outcome("row", failure=useless))
    progress = Counted()
    await Merging(tmp_path, store, "now").take(progress)
    assert progress.rows == ["row"]


async def test_a_worker_of_this_machine_that_is_gone_leaves_nothing_behind(tmp_path: Path, store: Store) -> None:
    await shard(tmp_path, "lost").add(outcome("a"))
    (path,) = shards(tmp_path)
    whose, _, mark = path.stem.rsplit("-", 2)
    path.rename(path.with_name(f"{whose}-{gone()}-{mark}.jsonl"))
    merging = Merging(tmp_path, store, "now")
    await merging.take(Silent())
    merging.clean()
    assert not shards(tmp_path)


async def test_shards_go_when_they_are_merged_and_nobody_can_be_writing_still(tmp_path: Path, store: Store) -> None:
    await shard(tmp_path, "mine").add(outcome("a"))
    await shard(tmp_path, "orphan").add(outcome("b"))
    await shard(tmp_path, "old").add(outcome("c"))
    (old,) = shards(tmp_path, "old")
    long_ago = time.time() - 600
    os.utime(old, (long_ago, long_ago))
    merging = Merging(tmp_path, store, "mine")
    await merging.take(Silent())
    await shard(tmp_path, "mine").add(outcome("not merged"))
    merging.clean()
    assert sorted(path.name.split("-")[1] for path in shards(tmp_path)) == ["mine", "orphan"]
