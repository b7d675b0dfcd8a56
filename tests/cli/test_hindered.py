"""What stands in the way of a run, as a person meets it: one sentence, and no half row."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from tempfile import gettempdir

import pytest

from pipeline.batch.lock import Lock
from pipeline.batch.store import Store
from tests.cli.conftest import INBOX, STUDIO, Candor

BATCH = ("batch", str(INBOX), "--out", "drafts", "--business", str(STUDIO), "--today", "2026-11-19")


def few(here: Path) -> tuple[str, ...]:
    """A run over two mails."""
    (here / "few").mkdir()
    for name in ("01-hotel-rebrand.eml", "18-paper-newsletter.eml"):
        (here / "few" / name).write_bytes((INBOX / name).read_bytes())
    return ("batch", "few", *BATCH[2:])


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everywhere, so it is put off for a while."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("batch", INBOX, "--business", STUDIO, "--out", "note.txt"), "note.txt is a file; --out names a folder"),
        (("demo", "--out", "note.txt"), "note.txt is a file; --out names a folder"),
        (("init", "note.txt"), "note.txt is a file; give the folder another name"),
    ],
)
def test_a_file_in_the_place_of_a_folder(
    candor: Candor, here: Path, words: tuple[str | Path, ...], sentence: str
) -> None:
    (here / "note.txt").write_text("mine")
    call = candor(*words)
    assert (call.code, call.err) == (2, f"candor: {sentence}\n")
    assert (here / "note.txt").read_text() == "mine"


def test_a_folder_in_use_names_the_process_that_has_it(candor: Candor, here: Path) -> None:
    (here / "drafts").mkdir()
    lock = Lock(here / "drafts")
    call = candor(*BATCH)
    lock.release()
    assert (call.code, call.out) == (2, "")
    assert call.err == f"candor: drafts is in use by another run (process {os.getpid()})\n"


def test_a_folder_that_may_only_be_read_is_one_sentence(candor: Candor, here: Path) -> None:
    words = few(here)
    assert candor(*words).code == 0  # also loads what a stranger to this machine could not
    (here / "drafts").chmod(0o555)
    for path in takewhile(lambda path: path != Path(gettempdir()), (here, *here.parents)):
        path.chmod(path.stat().st_mode | 0o055)
    for command in (words, ("export", "drafts")):
        with as_nobody():
            call = candor(*command)
        assert (call.code, call.out) == (2, "")
        assert call.err == "candor: drafts cannot be written: Permission denied\n"


@pytest.fixture
def small(here: Path) -> Iterator[Callable[[int], None]]:
    """Puts the output folder on a disk of so many KiB, and makes it as large as one may wish."""
    (here / "drafts").mkdir(mode=0o700)

    def mounted(size: int, *more: str) -> None:
        mode = f"size={size}k,mode=700,{','.join(more)}".rstrip(",")
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", mode, "candor", "drafts"], check=False, capture_output=True
        )
        if done.returncode:
            pytest.skip("only root may mount a small disk")

    yield mounted
    if (here / "drafts").is_mount():
        subprocess.run(["umount", "--lazy", here / "drafts"], check=True, capture_output=True)


@pytest.mark.parametrize("size", [100, 300])
def test_a_full_disk_is_one_sentence_and_the_next_run_goes_on(
    candor: Candor, here: Path, small: Callable[..., None], size: int
) -> None:
    small(size)
    call = candor(*BATCH)
    assert call.code == 2
    sentence = call.err.splitlines()[-1]
    assert sentence in {
        "candor: drafts/candor.db cannot be used: the disk is full",
        "candor: drafts/candor.db cannot be used: the disk failed, or has no room left",
        "candor: cannot write into drafts: the disk is full",
    }
    small(64_000, "remount")
    before = rows(here / "drafts")
    assert candor(*BATCH).code == 0
    after = rows(here / "drafts")
    assert len(after) == len(set(after)) == len(list(INBOX.glob("*.eml")))
    assert set(before) <= set(after)


def rows(folder: Path) -> list[str]:
    with Store(folder) as store:
        return [outcome.key for outcome in store.outcomes()]


def test_a_network_that_is_cut_costs_no_mail_and_the_next_run_goes_on(candor: Candor, here: Path) -> None:
    """Nothing listens at this address."""
    call = candor(*few(here), "--model", "openai:m", "--base-url", "http://127.0.0.1:9/v1")
    assert call.code == 1
    assert "none of the mails that went to the model got an answer (1 tried): no connection" in call.err
    assert "tries again what never reached a model" in call.out.replace("\n  ", " ")
    with Store(here / "drafts") as store:
        assert [outcome.failure.retriable for outcome in store.outcomes() if outcome.failure] == [True]
