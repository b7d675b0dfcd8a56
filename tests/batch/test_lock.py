import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.lock import Lock
from pipeline.batch.store import Store
from pipeline.errors import OutputError


def test_a_second_writer_is_refused_by_name_of_the_first(tmp_path: Path) -> None:
    with Store(tmp_path), pytest.raises(OutputError, match=f"in use by another run .process {os.getpid()}."):
        Store(tmp_path)


def test_the_next_one_may_have_it(tmp_path: Path) -> None:
    for _ in range(2):
        Lock(tmp_path).release()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the folder as ``Lock`` does, without the time to import it."""
    program = (
        "import fcntl, os, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX);"
        "f.write(f'{os.getpid()}\\n'); f.flush(); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-S", "-c", program, str(tmp_path / ".lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_another_process_is_named(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    with pytest.raises(OutputError, match=f"in use by another run .process {other.pid}."):
        Store(tmp_path)


def test_a_lock_dies_with_its_process(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    assert (tmp_path / ".lock").exists()
    Lock(tmp_path).release()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        Lock(tmp_path / "missing")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOLCK, "cannot be locked, as its disk keeps no locks; take a folder on a disk of this machine"),
        (errno.EIO, "cannot be written: Input/output error"),
    ],
)
def test_a_disk_without_locks_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def refuse(*_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OutputError, match=sentence):
        Lock(tmp_path)
