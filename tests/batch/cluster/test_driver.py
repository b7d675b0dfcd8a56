"""A run over workers, against a run without: the same rows, at no more calls at a time, whatever stops it."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from pipeline.batch import compose
from pipeline.batch.cluster.known import Known
from pipeline.batch.cluster.shards import Shard
from pipeline.batch.cluster.task import Report, Task
from pipeline.batch.commands import Finished, Job, batch
from pipeline.batch.job import Choice
from pipeline.batch.progress import Silent
from pipeline.batch.runner import Summary
from pipeline.batch.store import Store
from pipeline.errors import CandorError, OutputError
from pipeline.llm.compose import ModelSpec
from pipeline.rows import failed
from pipeline.types.outcome import Failure, Outcome
from tests.batch.cluster.fakes import Threads
from tests.torture import serving
from tests.torture.mails import BUSINESS, write_mbox
from tests.torture.provider import Options
from tests.torture.serving import Served

NOW = date(2026, 11, 19)
MAILS = 16
HOSTED = "openai:made"


class Noted(Silent):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with serving.provider(Options(latency=0.02)) as found:
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        yield found


@pytest.fixture
def job(tmp_path: Path, served: Served) -> Job:
    mbox = tmp_path / "in.mbox"
    write_mbox(mbox, MAILS)
    model = ModelSpec(name=HOSTED, base_url=served.url, limit=5)
    return Job(inbox=str(mbox), business=str(BUSINESS), prompts=(), model=model, engine="ray", today="mail")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Threads:
    """In the place of Ray."""
    threads = Threads()
    monkeypatch.setattr(compose, "check", lambda: None)
    monkeypatch.setattr(compose, "RayEngine", lambda *_: threads)
    return threads


async def go(folder: Path, job: Job, progress: Silent | None = None) -> Finished:
    return await batch(folder, job, NOW, progress or Silent())


def rows(folder: Path) -> str:
    return (folder / "outcomes.jsonl").read_text()


@pytest.mark.slow
async def test_the_rows_are_those_of_a_run_without_a_cluster(
    tmp_path: Path, job: Job, engine: Threads, served: Served
) -> None:
    there, here, progress = tmp_path / "there", tmp_path / "here", Noted()
    assert (await go(there, job, progress)).summary.ended == MAILS
    stats = served.stats()
    assert stats.most <= 5, "the rate of all workers together"
    assert [task.model.limit for task in engine.tasks] == [2]
    assert progress.notes[-1].startswith(f"2 workers with at most 2 calls in flight each: {stats.calls} calls in ")
    await go(here, job.model_copy(update={"engine": "live"}))
    assert rows(there) == rows(here)
    assert [path.name for path in (there / "cluster").iterdir()] == ["lease.json"]
    assert engine.closed


async def test_run_again_it_asks_nothing(tmp_path: Path, job: Job, engine: Threads, served: Served) -> None:
    await go(tmp_path / "out", job)
    calls = served.stats().calls
    summary = (await go(tmp_path / "out", job)).summary
    assert (summary.resumed, summary.ended) == (MAILS, 0)
    assert served.stats().calls == calls
    assert len(engine.tasks) == 1, "no cluster was started for nothing"


@pytest.mark.slow
async def test_the_calls_of_a_run_without_a_cluster_are_not_paid_again(
    tmp_path: Path, job: Job, engine: Threads, served: Served
) -> None:
    await go(tmp_path / "out", job.model_copy(update={"engine": "live"}))
    calls = served.stats().calls
    named = tmp_path / "business"
    shutil.copytree(BUSINESS, named)
    with (named / "policy.yaml").open("a") as policy:
        policy.write("\n# another day\n")
    summary = (await go(tmp_path / "out", job.model_copy(update={"business": str(named)}))).summary
    assert summary.ended == MAILS
    assert served.stats().calls == calls


@pytest.mark.slow
async def test_what_a_lost_run_left_is_merged_first_by_any_run(
    tmp_path: Path, job: Job, engine: Threads, served: Served
) -> None:
    done, out = tmp_path / "done", tmp_path / "out"
    await go(done, job)
    calls = served.stats().calls
    with Store(done) as store, Store(out):
        (out / "cluster").mkdir()
        lost = Shard(out / "cluster", "lost", Known(tmp_path))
        for row in store.outcomes():
            await lost.add(row)
    local = job.model_copy(update={"engine": "live"})
    assert (await go(out, local)).summary == Summary(MAILS, MAILS, 0, 0)
    assert served.stats().calls == calls


class Refusing(Threads):
    """Its endpoint turns the key away."""

    def run(self, task: Task, parcels: Sequence[str], workers: int) -> Iterator[Report]:
        yield Report(parcels[0], "EndpointError", "the endpoint refuses the key (401)")
        yield Report(parcels[1], "EndpointError", "the endpoint refuses the key (401)")


class Losing(Threads):
    """Loses all but the first parcel, and ends early."""

    def run(self, task: Task, parcels: Sequence[str], workers: int) -> Iterator[Report]:
        yield from super().run(task, parcels[:1], workers)
        raise CandorError("Ray ended the work early: a node is gone")


async def test_an_endpoint_that_refuses_us_ends_the_run(
    tmp_path: Path, job: Job, engine: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compose, "RayEngine", lambda *_: Refusing())
    summary = (await go(tmp_path / "out", job)).summary
    assert str(summary.error) == "the endpoint refuses the key (401)"
    assert (summary.interrupted, summary.waiting) == (True, MAILS)


async def test_lost_parcels_wait_for_the_next_run(
    tmp_path: Path, job: Job, engine: Threads, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compose, "RayEngine", lambda *_: Losing())
    progress = Noted()
    first = (await go(tmp_path / "out", job, progress)).summary
    assert first.ended == 2
    assert progress.notes[:2] == [
        "Ray ended the work early: a node is gone",
        "7 of 8 parcels of mail were lost with their workers; the next run does what they had not done",
    ]
    monkeypatch.setattr(compose, "RayEngine", lambda *_: engine)
    assert (await go(tmp_path / "out", job)).summary.ended == MAILS - 2
    assert served.stats().again == 0


async def test_a_worker_that_cannot_begin_says_why(
    tmp_path: Path, job: Job, engine: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Elsewhere(Threads):
        def run(self, task: Task, parcels: Sequence[str], workers: int) -> Iterator[Report]:
            yield from super().run(task._replace(proof="of another version"), parcels, workers)

    monkeypatch.setattr(compose, "RayEngine", lambda *_: Elsewhere())
    summary = (await go(tmp_path / "out", job)).summary
    assert str(summary.error) == "a worker of the cluster has another version of Candor than this one; install the same"
    assert summary.ended == 0


async def test_a_full_disk_ends_the_run(
    tmp_path: Path, job: Job, engine: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_: Store, outcome: Outcome) -> None:
        raise OutputError("candor.db cannot be written: No space left on device")

    monkeypatch.setattr(Store, "add", full)
    summary = (await go(tmp_path / "out", job)).summary
    assert str(summary.error) == "candor.db cannot be written: No space left on device"
    assert summary.interrupted
    assert engine.closed


async def test_what_failed_is_tried_again_on_a_cluster_too(
    tmp_path: Path, job: Job, engine: Threads, served: Served
) -> None:
    out = tmp_path / "out"
    await go(out, job)
    with Store(out) as store:
        before = {row.key: row.draft for row in store.outcomes()}
        read = [row for row in store.outcomes() if row.attempts][:3]
        for row in read:
            key = row.attempts[0].call
            call = store.call(key)
            assert call
            badly = call.completion.model_copy(update={"text": '{"asks": 5}'})
            await store.keep(key, call._replace(completion=badly), anew=True)
            await store.add(failed(row, Failure(stage="extract", kind="MalformedError", message="no")))
    assert (await go(out, job)).summary.ended == 0, "they have their row"
    calls = served.stats().calls

    finished = await batch(out, job, NOW, Silent(), choice=Choice(failed=True))
    assert (finished.summary.ended, served.stats().calls - calls) == (3, 3), "a reading each, and no letter"
    with Store(out) as store:
        assert {row.key: row.draft for row in store.outcomes() if not row.failure} == before
        replies = [store.get(row.attempts[0].call) for row in read]
    assert all(reply and reply.text != '{"asks": 5}' for reply in replies)
    assert (await batch(out, job, NOW, Silent(), choice=Choice(failed=True))).summary.ended == 0
