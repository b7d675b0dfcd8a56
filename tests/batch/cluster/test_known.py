import stat
from pathlib import Path

import pytest

from pipeline.batch.cluster.known import Known, copy_calls, drop_copy
from pipeline.batch.store import DATABASE, Store
from pipeline.errors import OutputError
from tests.batch.fakes import completion, prompt


async def test_the_calls_of_earlier_runs_are_known_from_a_copy(tmp_path: Path, store: Store) -> None:
    await store.put("k", prompt(), completion("k", "reply"))
    copy_calls(store.folder / DATABASE, tmp_path)
    known = Known(tmp_path)
    assert known.get("k") == completion("k", "reply")
    assert known.get("other") is None
    assert stat.S_IMODE((tmp_path / "calls.db").stat().st_mode) == 0o600


def test_without_calls_there_is_no_copy(tmp_path: Path, store: Store) -> None:
    copy_calls(store.folder / DATABASE, tmp_path)
    assert not (tmp_path / "calls.db").exists()
    assert Known(tmp_path).get("k") is None


async def test_of_two_replies_the_first_stays(tmp_path: Path) -> None:
    known = Known(tmp_path)
    known.add("k", completion("k", "first"))
    known.add("k", completion("k", "second"))
    reply = known.get("k")
    assert reply
    assert reply.text == "first"


async def test_the_copy_goes(tmp_path: Path, store: Store) -> None:
    await store.put("k", prompt(), completion("k"))
    copy_calls(store.folder / DATABASE, tmp_path)
    drop_copy(tmp_path)
    assert not (tmp_path / "calls.db").exists()


def test_a_broken_copy_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "calls.db").write_bytes(b"no database" * 100)
    with pytest.raises(OutputError, match="the stored replies cannot be read"):
        Known(tmp_path).get("k")
