"""``--submit`` on the command line, against a batch service on this machine; each command is a process of its own."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.batch.commands import Job
from tests.batch.service import Service
from tests.batch.test_commands import job, provider
from tests.cli.conftest import Call, Candor

__all__ = ["job"]  # the fixture: a print shop with three mails, one of which asks for a discount

ROOT = Path(__file__).parents[2]


@pytest.fixture
def service(tmp_path: Path, job: Job) -> Service:
    assert Path(job.inbox).is_dir()

    def answer(requests: bytes) -> tuple[bytes, bytes]:
        path = tmp_path / "asked.jsonl"
        path.write_bytes(requests)
        return provider(path).encode(), b""

    return Service(answer, stages=())


async def run(
    *words: str | Path, during: Callable[[asyncio.subprocess.Process], object] = id, when: asyncio.Event | None = None
) -> Call:
    """``candor`` in a process; ``during`` is called with it at the moment ``when``."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "pipeline", *map(str, words), cwd=ROOT, stdout=pipe, stderr=pipe
    )
    if when:
        await when.wait()
        during(process)
    out, err = await process.communicate()
    return Call(process.returncode or 0, out.decode(), err.decode())


def batch(tmp_path: Path, address: str) -> tuple[str | Path, ...]:
    where = ("--out", tmp_path / "out", "--business", tmp_path / "business", "--today", "2026-11-19")
    model = ("--model", "openai:some-model", "--base-url", address, "--engine", "files", "--submit")
    return ("batch", tmp_path / "inbox", *where, *model)


@pytest.mark.slow
async def test_ctrl_c_leaves_it_running_there_and_says_how_to_go_on(tmp_path: Path, service: Service) -> None:
    service.stages = ("in_progress",) * 100
    async with service.opened() as address:
        call = await run(
            *batch(tmp_path, address), when=service.looked, during=lambda process: process.send_signal(signal.SIGINT)
        )
        assert call.code == 130
        assert "2 requests are in batches at the provider" in call.out
        assert f"candor collect {tmp_path / 'out'} --submit" in call.out
        service.stages = ()
        call = await run("collect", tmp_path / "out", "--submit")
    assert (call.code, len(service.batches)) == (0, 2), call.err
    assert "0 waiting" in call.out


@pytest.mark.slow
async def test_kill_9_costs_no_second_batch(tmp_path: Path, service: Service) -> None:
    service.silent = 1
    async with service.opened() as address:
        words = batch(tmp_path, address)
        call = await run(*words, when=service.made, during=asyncio.subprocess.Process.kill)
        assert call.code == -signal.SIGKILL
        call = await run(*words)
    assert (call.code, len(service.batches)) == (0, 2), call.err
    assert "3 mails: 1 done now, 2 before, 0 waiting." in call.out
    assert call.err.count("requests.jsonl: handing in") == 1, "the first was found again"
    assert "requests.jsonl: 2 new replies" in call.err


def test_nothing_goes_to_a_provider_that_nobody_agreed_to(candor: Candor, tmp_path: Path, job: Job) -> None:
    words = batch(tmp_path, "https://api.batches.example/v1")
    call = candor(*words)
    assert call.code == 2
    assert "would hand files with clients' mail in at api.batches.example" in call.err
    assert not (tmp_path / "out").exists()
    assert candor(*[word for word in words if word != "--submit"]).code == 0
    assert candor("collect", tmp_path / "out", "--submit").code == 2
    call = candor("collect", tmp_path / "out", "--submit", "--yes")
    assert "requests in at api.batches.example, as files" in call.err
    assert "needs a key: set the variable OPENAI_API_KEY" in call.err


def test_collect_wants_results_or_submit(candor: Candor, here: Path) -> None:
    call = candor("collect", "drafts")
    assert (call.code, "let --submit get them" in call.err) == (2, True)


def test_collect_says_why_requests_failed(candor: Candor, tmp_path: Path, job: Job) -> None:
    words = [word for word in batch(tmp_path, "https://api.batches.example/v1") if word != "--submit"]
    assert candor(*words).code == 0
    asked = (tmp_path / "out" / "requests.jsonl").read_text().splitlines()
    lines = [{"custom_id": json.loads(one)["custom_id"], "error": {"message": "no credit is left"}} for one in asked]
    results = tmp_path / "results.jsonl"
    results.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    call = candor("collect", tmp_path / "out", results)
    assert call.code == 0, call.err
    assert f"{len(asked)} failed, 0 to requests of another run" in call.out
    assert f"\n  {len(asked)} failed: no credit is left\n" in call.out
