"""Whole runs through a batch service, by the real SDK, with what can go wrong on the way."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from pipeline.batch.commands import Finished, Job, batch, collect
from pipeline.batch.job import Choice, Submit
from pipeline.batch.progress import Silent
from pipeline.batch.sent import under_way
from pipeline.batch.store import Store
from pipeline.errors import CandorError, OutputError, UsageError
from tests.batch.service import Answer, Service
from tests.batch.test_commands import NOW, job, provider

__all__ = ["job"]  # the fixture: a print shop with three mails, one of which asks for a discount

SOON = Submit(pauses=(0.001, 0.01))


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """Answers every request."""

    def given(requests: bytes) -> tuple[bytes, bytes]:
        path = tmp_path / "asked.jsonl"
        path.write_bytes(requests)
        return provider(path).encode(), b""

    return given


def failing(answer: Answer, fails: Callable[[int, int], bool]) -> Answer:
    """``answer`` with an error line for the requests that fail, by the number of the file and of the line."""
    files = 0

    def given(requests: bytes) -> tuple[bytes, bytes]:
        nonlocal files
        files += 1
        lines = requests.splitlines()
        bad = [line for number, line in enumerate(lines) if fails(files, number)]
        good = b"\n".join(line for line in lines if line not in bad)
        return answer(good)[0] if good else b"", b"\n".join(map(_error, bad))

    return given


def _error(line: bytes) -> bytes:
    error = {"code": "batch_expired", "message": "this request could not be executed"}
    return json.dumps({"custom_id": json.loads(line)["custom_id"], "response": None, "error": error}).encode()


def at(job: Job, address: str) -> Job:
    return job.model_copy(update={"model": job.model.model_copy(update={"base_url": address})})


async def run(folder: Path, job: Job, address: str, submit: Submit = SOON) -> Finished:
    return await batch(folder, at(job, address), NOW, Silent(), submit=submit)


async def stopped(moment: asyncio.Event, running: Coroutine[None, None, Finished]) -> None:
    """Cut off a run at a moment."""
    task = asyncio.create_task(running)
    await moment.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def ends(folder: Path) -> list[str]:
    rows = [json.loads(line) for line in (folder / "outcomes.jsonl").read_text().splitlines()]
    return [row["failure"]["kind"] if row["failure"] else row["action"] for row in rows]


DONE = ["decline", "skip", "skip"]


async def test_two_stages_run_by_themselves(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer)
    async with service.opened() as address:
        finished = await run(out, job, address)
        assert (finished.requests, finished.summary.error, ends(out)) == (0, None, DONE)
        assert [len(keys) for keys in service.inputs] == [2, 1]
        assert service.looks == {"batch_1": 3, "batch_2": 3}
        again = await run(out, job, address)
    assert (again.summary.resumed, len(service.batches)) == (3, 2), "nothing is handed in twice"
    assert not list(out.glob("requests*.jsonl"))
    assert sorted(path.name for path in out.glob("results-*")) == ["results-1.jsonl", "results-2.jsonl"]
    assert (out / "results-1.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("limit", ["file_lines: 1", "file_bytes: 100"])
async def test_several_files_are_several_batches(
    tmp_path: Path, job: Job, answer: Answer, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    own = tmp_path / "models.yaml"
    own.write_text(f"profiles: [{{name: small, {limit}}}]\n")
    monkeypatch.setenv("CANDOR_MODELS", str(own))
    out, service = tmp_path / "out", Service(answer, "failed")
    async with service.opened() as address:
        finished = await run(out, job, address)
    assert (finished.requests, finished.summary.error, ends(out)) == (0, None, DONE)
    assert [len(keys) for keys in service.inputs[:2]] == [1, 1]
    assert service.inputs[0] in service.inputs[2:], "the one that failed as a whole is asked for again"


async def test_a_run_that_dies_while_it_waits_goes_on_with_the_batch(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer, stages=("in_progress",) * 1000)
    async with service.opened() as address:
        await stopped(service.looked, run(out, job, address))
        with Store(out) as store:
            assert [one.batch for one in under_way(store)] == ["batch_1"]
        service.stages = ()
        _, finished = await collect(out, [], NOW, Silent(), submit=SOON)
    assert (finished.requests, ends(out), len(service.batches)) == (0, DONE, 2)


async def test_a_batch_whose_making_was_cut_off_is_found_again(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer)
    service.silent = 1
    async with service.opened() as address:
        await stopped(service.made, run(out, job, address))
        with Store(out) as store:
            assert [one.batch for one in under_way(store)] == [""]
        finished = await run(out, job, address)
    assert (finished.requests, ends(out), len(service.batches)) == (0, DONE, 2)
    assert service.asked.count("POST /v1/files") == 2


async def test_what_was_never_handed_in_is_handed_in(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer)

    class Killed(BaseException):
        """As if the machine went out."""

    class Dying(Silent):
        def note(self, text: str) -> None:
            if "handing in" in text:
                raise Killed

    async with service.opened() as address:
        with pytest.raises(Killed):
            await batch(out, at(job, address), NOW, Dying(), submit=SOON)
        assert not service.files
        finished = await run(out, job, address)
    assert (finished.requests, ends(out), len(service.batches)) == (0, DONE, 2)


async def test_where_batches_are_not_listed_nothing_is_guessed(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer)
    service.silent, service.lists = 1, False
    async with service.opened() as address:
        await stopped(service.made, run(out, job, address))
        with pytest.raises(OutputError, match="cannot be found out"):
            await run(out, job, address)
        assert len(service.batches) == 1
        await batch(out, at(job, address), NOW, Silent(), choice=Choice(failed=True))
        assert (await run(out, job, address)).requests == 0, "a person has looked, and said so"
    assert (ends(out), len(service.batches)) == (DONE, 3)


async def test_error_lines_become_the_next_file(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(failing(answer, lambda file, line: (file, line) == (1, 0)))
    async with service.opened() as address:
        finished = await run(out, job, address)
    assert (finished.requests, ends(out)) == (0, DONE)
    assert service.inputs[0][0] in service.inputs[1]
    assert (out / "results-1-errors.jsonl").exists()


async def test_expired_batches_keep_what_came(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(failing(answer, lambda file, line: (file, line) == (1, 1)), "expired")
    async with service.opened() as address:
        finished = await run(out, job, address)
    assert (finished.requests, ends(out)) == (0, DONE)
    assert service.inputs[0][0] not in service.inputs[1]


@pytest.mark.parametrize("lines", [True, False], ids=["error lines", "no lines"])
async def test_what_fails_three_times_ends(tmp_path: Path, job: Job, answer: Answer, *, lines: bool) -> None:
    fails = failing(answer, lambda _file, _line: True)
    out, service = tmp_path / "out", Service(fails if lines else lambda _: (b"", b""))
    async with service.opened() as address:
        finished = await run(out, job, address)
        assert (finished.requests, len(service.batches)) == (0, 3)
        assert ends(out) == ["RequestError", "RequestError", "skip"]
        told = "could not be executed" if lines else "hold no line for it"
        assert told in (out / "outcomes.jsonl").read_text()
        await run(tmp_path / "final", job, address, Submit(final=True, pauses=SOON.pauses))
    assert len(service.batches) == 4


async def test_a_batch_that_fails_as_a_whole_ends_the_run_and_is_tried_again_by_the_next(
    tmp_path: Path, job: Job, answer: Answer
) -> None:
    out, service = tmp_path / "out", Service(answer, "failed")
    async with service.opened() as address:
        finished = await run(out, job, address)
        assert str(finished.summary.error) == "the batch of requests.jsonl did not run: Enqueued token limit reached"
        assert isinstance(finished.summary.error, CandorError)
        assert (finished.requests, finished.waiting.away) == (2, 0)
        finished = await run(out, job, address)
    assert (finished.requests, ends(out)) == (0, DONE)


async def test_a_batch_that_is_gone_is_not_made_again_unasked(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer, stages=("in_progress",) * 1000)
    async with service.opened() as address:
        await stopped(service.looked, run(out, job, address))
        gone = service.batches.pop("batch_1")
        for _ in range(2):
            finished = await run(out, job, address)
            assert "is it the same account?" in str(finished.summary.error)
            assert (finished.waiting.away, len(service.batches)) == (2, 0)
        service.batches["batch_1"], service.stages = gone, ()
        assert (await run(out, job, address)).requests == 0, "with the right account it goes on"
    assert (ends(out), len(service.batches)) == (DONE, 2)


async def test_a_batch_that_is_gone_is_made_again_when_asked(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer, stages=("in_progress",) * 1000)
    async with service.opened() as address:
        await stopped(service.looked, run(out, job, address))
        service.batches.clear()
        assert (await run(out, job, address)).summary.error
        service.stages = ()
        await batch(out, at(job, address), NOW, Silent(), choice=Choice(failed=True), submit=SOON)
        finished = await run(out, job, address)
    assert (finished.requests, ends(out)) == (0, DONE)


async def test_batches_are_looked_for_where_they_run(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer, stages=("in_progress",) * 1000)
    async with service.opened() as address:
        await stopped(service.looked, run(out, job, address))
        with pytest.raises(OutputError, match="go on there first"):
            await run(out, job, "http://127.0.0.1:9/v1")


async def test_a_lost_answer_makes_no_second_batch(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer)
    service.silent = 1
    short = job.model_copy(update={"model": job.model.model_copy(update={"timeout": 0.5})})
    async with service.opened() as address:
        finished = await run(out, short, address)
    assert (finished.requests, ends(out), len(service.batches)) == (0, DONE, 2)


async def test_what_is_away_is_not_written_again(tmp_path: Path, job: Job, answer: Answer) -> None:
    out, service = tmp_path / "out", Service(answer, stages=("in_progress",) * 1000)
    async with service.opened() as address:
        await stopped(service.looked, run(out, job, address))
        finished = await batch(out, at(job, address), NOW, Silent())
    assert finished.waiting == (2, 2, ())
    assert not list(out.glob("requests*.jsonl"))


async def test_a_live_engine_has_nothing_to_hand_in(tmp_path: Path, job: Job) -> None:
    live = job.model_copy(update={"engine": "live", "model": job.model.model_copy(update={"name": "offline"})})
    with pytest.raises(UsageError, match="--engine files"):
        await batch(tmp_path / "out", live, NOW, Silent(), submit=SOON)
