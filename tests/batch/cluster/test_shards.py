import asyncio
import stat
from pathlib import Path

import pytest

from pipeline.batch.cluster.known import Known
from pipeline.batch.cluster.shards import Shard, Tail, shards
from pipeline.errors import OutputError
from tests.batch.fakes import completion, outcome, prompt


def shard(folder: Path, run: str = "one") -> Shard:
    return Shard(folder, run, Known(folder))


async def test_what_is_put_is_on_the_disk_and_known(tmp_path: Path) -> None:
    one = shard(tmp_path)
    await one.put("k", prompt(), completion("k", "reply"))
    await one.add(outcome("row"))
    (path,) = shards(tmp_path)
    call, row = Tail(path)
    assert call.call
    assert call.call.completion.text == "reply"
    assert (call.call.stage, call.call.prompt) == ("extract", "extract@v1")
    assert row.outcome == outcome("row")
    assert one.get("k") == completion("k", "reply")
    assert one.get("other") is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_many_at_once_are_all_kept(tmp_path: Path) -> None:
    one = shard(tmp_path)
    await asyncio.gather(*(one.add(outcome(str(number))) for number in range(300)))
    (path,) = shards(tmp_path)
    assert {line.outcome.key for line in Tail(path) if line.outcome} == set(map(str, range(300)))


async def test_each_worker_has_a_file_of_its_own(tmp_path: Path) -> None:
    await asyncio.gather(*(shard(tmp_path, run).add(outcome("a")) for run in ("one", "one", "two")))
    assert len(shards(tmp_path)) == 3
    assert len(shards(tmp_path, "one")) == 2


def test_a_line_that_a_crash_tore_is_not_read_until_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "shard-one.jsonl"
    whole, torn = b'{"outcome":null}\n', b'{"outcome":'
    path.write_bytes(whole + torn)
    tail = Tail(path)
    assert len(list(tail)) == 1
    assert list(tail) == []
    path.write_bytes(whole + torn + b"null}\n")
    assert len(list(tail)) == 1


def test_what_is_no_line_of_ours_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "shard-one.jsonl"
    path.write_bytes(b'\0\0\0\n{"other":1}\n\n{"call":null}\n')
    assert len(list(Tail(path))) == 1


async def test_after_an_error_of_the_disk_nothing_more_is_written(tmp_path: Path) -> None:
    one = shard(tmp_path)
    one._file = 10_000  # no file of ours
    found = await asyncio.gather(*(one.add(outcome(str(n))) for n in range(3)), return_exceptions=True)
    assert all(isinstance(error, OutputError) for error in found)
    with pytest.raises(OutputError, match=r"shard-one-.* cannot be written: Bad file descriptor"):
        await one.add(outcome("4"))


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written: No such file"):
        shard(tmp_path / "none")
