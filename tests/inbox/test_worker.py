import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import InboxError, UnreadableError
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Fate, Own
from pipeline.inbox.worker import ReadingFaultError, Worker
from pipeline.types.message import Skip
from tests.inbox.letters import FATE, mail, raw

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and limits that Windows lacks")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture(scope="module")
def spoiled() -> Iterator[Worker]:
    """A worker whose child does what the subject of a mail says."""
    worker = misbehaving()
    yield worker
    worker.close()


def misbehaving(wall: float = 10) -> Worker:
    return Worker(wall, (sys.executable, "-P", "-m", "tests.inbox.children"))


def about(subject: str) -> Raw:
    return raw(mail().replace(b"The logo", subject.encode()))


def alive(pid: int) -> bool:
    """Whether there is such a process; an orphan that only its new parent still knows is none."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and ") Z " in state.read_text())


async def test_a_mail_is_read_as_it_is_here(worker: Worker) -> None:
    assert await worker.read(raw(mail()), FATE) == read(raw(mail()), FATE)


async def test_its_fate_comes_back_with_it(worker: Worker) -> None:
    message = await worker.read(raw(mail()), Fate("<first@x.example>", Skip.ANSWERED, earlier_own=True))
    assert (message.thread, message.skip) == ("<first@x.example>", Skip.ANSWERED)


async def test_one_mail_alone_may_be_bare_text_or_our_own(worker: Worker) -> None:
    assert (await worker.read_alone(raw(b"Could you do it for half?"), Own())).body == "Could you do it for half?"
    own = Own(domains=frozenset({"client.example"}))
    assert (await worker.read_alone(raw(mail()), own)).skip is Skip.OWN


async def test_one_child_reads_many(worker: Worker) -> None:
    await worker.read(raw(mail()), FATE)
    first = worker.pid
    for _ in range(3):
        await worker.read(raw(mail()), FATE)
    assert worker.pid == first


async def test_an_unreadable_mail_says_why_and_costs_no_child(worker: Worker) -> None:
    await worker.read(raw(mail()), FATE)
    first = worker.pid
    with pytest.raises(UnreadableError, match="the mail is empty"):
        await worker.read(raw(b""), FATE)
    with pytest.raises(UnreadableError, match="row 3 is cut short"):
        await worker.read(Raw(0, "t.csv#3", b"", problem="row 3 is cut short"), FATE)
    assert worker.pid == first


@POSIX
@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ("spin", "the mail took more than 10 seconds of work to read"),
        ("eat", "the mail needed more memory than 512 MB to read"),
        ("crash", "the mail broke the program that reads it"),
        ("lie", "the mail broke the program that reads it"),
        ("babble", "the mail broke the program that reads it"),
    ],
)
async def test_a_mail_that_breaks_the_child_is_told_and_the_next_does_not_notice(
    spoiled: Worker, deed: str, sentence: str
) -> None:
    await spoiled.read(raw(mail()), FATE)
    first = spoiled.pid
    with pytest.raises(UnreadableError, match=sentence):
        await spoiled.read(about(deed), FATE)
    assert first
    with pytest.raises(ProcessLookupError):  # no zombie either
        os.kill(first, 0)
    assert (await spoiled.read(raw(mail()), FATE)).subject == "The logo"


async def test_a_fault_of_ours_in_a_true_child_is_told_too(worker: Worker) -> None:
    with pytest.raises(ReadingFaultError) as caught:
        await worker.read(Raw(0, "\udcff.eml", mail()), FATE)  # such an origin can be written nowhere
    assert caught.value.kind == "PydanticSerializationError"


async def test_a_mail_that_takes_too_long_is_told_and_the_event_loop_goes_on_meanwhile() -> None:
    worker, ticks = misbehaving(wall=0.5), 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)

    clock = asyncio.create_task(tick())
    with pytest.raises(UnreadableError, match=r"the mail took longer than 0\.5 seconds to read"):
        await worker.read(about("hang"), FATE)
    clock.cancel()
    assert worker.pid is None
    assert ticks > 10


async def test_who_no_longer_waits_ends_the_child(spoiled: Worker) -> None:
    await spoiled.read(raw(mail()), FATE)
    pid = spoiled.pid
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(spoiled.read(about("hang"), FATE), 0.2)
    assert spoiled.pid is None
    assert not alive(pid or 0)


def test_it_serves_one_event_loop_after_another(worker: Worker) -> None:
    for _ in range(2):
        assert asyncio.run(worker.read(raw(mail()), FATE)).subject == "The logo"


async def test_a_child_that_cannot_start_ends_the_run() -> None:
    with pytest.raises(InboxError, match="cannot be started"):
        await Worker(command=("/nowhere/python",)).read(raw(mail()), FATE)
    with pytest.raises(InboxError, match="does not start"):
        await Worker(command=(sys.executable, "-c", "pass")).read(raw(mail()), FATE)


@POSIX
@pytest.mark.parametrize("state", ["idle", "busy"])
def test_a_child_goes_with_its_killed_parent(state: str) -> None:
    command = [sys.executable, "-m", "tests.inbox.parent", state]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        time.sleep(0.1)
        assert alive(pid)
        parent.kill()
    deadline = time.monotonic() + 60
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(pid)


@POSIX
def test_the_child_gets_no_key_and_hears_no_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "a secret")
    fresh = Worker()
    asyncio.run(fresh.read(raw(mail()), FATE))
    environment = Path(f"/proc/{fresh.pid}/environ")
    if environment.exists():
        assert b"secret" not in environment.read_bytes()
    assert os.getpgid(fresh.pid or 0) != os.getpgid(0)
    fresh.close()
