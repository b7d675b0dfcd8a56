import asyncio
from pathlib import Path

import pytest

from pipeline.batch.cluster.lease import Lease, over
from pipeline.errors import OutputError


async def test_a_worker_goes_on_while_its_driver_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.cluster.lease.BEAT", 0.02)
    lease = Lease(tmp_path, "one")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(over(tmp_path, "one", silence=0.3, beat=0.02), 0.6)
    lease.close()


async def test_it_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    lease = Lease(tmp_path, "one")
    lease.stop()
    assert not await over(tmp_path, "one", beat=0.01)
    lease.close()


async def test_it_ends_when_another_run_takes_over(tmp_path: Path) -> None:
    first = Lease(tmp_path, "one")
    first.close()
    second = Lease(tmp_path, "two")
    assert await over(tmp_path, "one", beat=0.01) == "another run has taken over this output folder"
    second.close()


@pytest.mark.parametrize("text", ["", '{"run":"one","beat":7}', "no JSON"])
async def test_it_ends_when_the_driver_is_silent(tmp_path: Path, text: str) -> None:
    (tmp_path / "lease.json").write_text(text)
    reason = await over(tmp_path, "one", silence=0.05, beat=0.01)
    assert reason == "the run that this worker belongs to has been silent for 0.05 seconds"


async def test_no_file_is_silence_too(tmp_path: Path) -> None:
    assert "silent" in await over(tmp_path, "one", silence=0.05, beat=0.01)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"lease\.json cannot be written"):
        Lease(tmp_path / "none", "one")
