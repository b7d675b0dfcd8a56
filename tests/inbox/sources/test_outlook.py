import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.errors import InboxError
from pipeline.inbox.sources import convert, outlook
from pipeline.inbox.sources.inboxes import open_inbox
from pipeline.inbox.sources.scratch import Scratch
from pipeline.inbox.sources.sniff import OLE, PST
from pipeline.resources import shipped
from tests.inbox.letters import mail
from tests.inbox.sources.boxes import box, put
from tests.inbox.test_worker import alive

MAIL = Path(__file__).parents[3] / "../shared/mail"
STORE = MAIL / "outlook-pst-rs/examples/Empty.pst"
LETTER = MAIL / "msg-extractor/example-msg-files/strangeDate.msg"
HAS_MSG = importlib.util.find_spec("extract_msg") is not None
HAS_PST = importlib.util.find_spec("pypff") is not None
SLOW = pytest.mark.skipif(HAS_PST or os.name != "posix", reason="a shell script stands in for the program readpst")


@pytest.mark.skipif(HAS_MSG or HAS_PST or bool(shutil.which("readpst")), reason="an extra is installed")
@pytest.mark.parametrize(("name", "magic", "package"), [("a.msg", OLE, "extract-msg"), ("a.pst", PST, "libpff-python")])
def test_without_the_extra_one_sentence_says_what_to_install(
    tmp_path: Path, name: str, magic: bytes, package: str
) -> None:
    path = put(tmp_path / name, magic + b"\0" * 100)
    for inbox in (path, tmp_path):
        with pytest.raises(InboxError, match=f"install the extra candor.*{package}"):
            open_inbox(inbox)
    put(tmp_path / "b.eml", mail())
    first, second = open_inbox(tmp_path)  # among other mail it is a row that says so
    assert package in first.problem
    assert second.problem == ""


@pytest.mark.skipif(HAS_PST or os.name != "posix", reason="the package comes before the program")
def test_readpst_is_taken_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "box", box(mail(), mail()))
    program = put(
        tmp_path / "bin/readpst", f'#!/bin/sh\nmkdir -p "$6/Sent" && cp {tmp_path}/box "$6/Sent/mbox"\n'.encode()
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    source = open_inbox(put(tmp_path / "old.pst", PST))
    assert [(raw.origin, raw.shelf) for raw in source] == [
        ("old.pst/Sent/mbox#1", "sent"),
        ("old.pst/Sent/mbox#2", "sent"),
    ]
    assert list(source) == list(source)


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for the program")
def test_a_conversion_is_ended_when_its_time_is_up_and_knows_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = put(tmp_path / "readpst", b'#!/bin/sh\nenv > "$6/environment"\nsleep 60\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.setattr(outlook, "_STORE_SECONDS", 2)
    if HAS_PST:
        pytest.skip("the package comes before the program")
    reader = outlook.Outlook()
    folder, problem = reader.folders(put(tmp_path / "old.pst", PST))
    assert problem == "the Outlook data file cannot be read, or not to its end"
    assert "secret" not in (folder / "environment").read_text()
    assert folder.stat().st_mode & 0o077 == 0


PACKAGE = """
import contextlib, time, types

@contextlib.contextmanager
def openMsg(path):
    time.sleep(60 if "slow" in path else 0.4)
    yield types.SimpleNamespace(asEmailMessage=lambda: types.SimpleNamespace(as_bytes=lambda: path.encode()))
"""


@contextmanager
def converting(place: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A run over a .pst whose conversion takes a minute, and the id of the program that converts."""
    program = put(place / "bin/readpst", f'#!/bin/sh\ntouch "$6/half"\necho $$ > {place}/id\nsleep 60\n'.encode())
    program.chmod(0o755)
    (place / "tmp").mkdir()
    command = [sys.executable, "-m", "pipeline", "batch", str(put(place / "old.pst", PST)), "--out", str(place / "out")]
    path = f"{program.parent}:{os.environ['PATH']}"
    with subprocess.Popen(
        [*command, "--business", str(shipped("fixtures", "studio"))],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PATH": path, "TMPDIR": str(place / "tmp")},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not (place / "id").exists() or not (place / "id").read_text():
            assert process.poll() is None
            time.sleep(0.01)
        assert list((place / "tmp").rglob("half"))
        yield process, int((place / "id").read_text())


def gone(pid: int, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not alive(pid)


@SLOW
def test_ctrl_c_is_heard_while_a_store_is_converted_and_nothing_stays(tmp_path: Path) -> None:
    with converting(tmp_path) as (process, pid):
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said.strip()) == (130, "")
        assert gone(pid)
    assert list((tmp_path / "tmp").iterdir()) == []


@SLOW
def test_a_killed_run_takes_its_converter_along_and_the_next_one_cleans_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with converting(tmp_path) as (process, pid):
        process.kill()
        process.communicate()
        assert gone(pid)
    (left,) = (tmp_path / "tmp").iterdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    first, second = Scratch(), Scratch()
    assert set((tmp_path / "tmp").iterdir()) == {first.path, second.path}, "what is in use stays"
    assert left not in {first.path, second.path}


@pytest.mark.skipif(HAS_MSG or os.name != "posix", reason="a few lines stand in for the package extract-msg")
def test_each_letter_has_its_own_time_and_a_slow_one_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "extract_msg.py", PACKAGE.encode())
    around = f"import sys, runpy\nsys.path.insert(0, {str(tmp_path)!r})\n"
    program = put(tmp_path / "around.py", f"{around}runpy.run_path({convert.__file__!r}, run_name='__main__')".encode())
    monkeypatch.setattr(convert, "__file__", str(program))
    monkeypatch.setattr(outlook, "_LETTER_SECONDS", 2)
    ran = outlook._run
    calls: list[str] = []

    def counted(*arguments: object) -> bool:
        calls.append("")
        return ran(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(outlook, "_run", counted)
    reader = outlook.Outlook()
    paths = [tmp_path / f"{name}.msg" for name in ("a", "b", "c", "d", "slow", "e")]
    for _ in range(2):
        problems = [raw.problem for raw in reader.letters(paths)]
        assert problems == ["", "", "", "", "the .msg file cannot be converted", ""]
    assert len(calls) == 2, "for the second reading nothing is converted again"


@pytest.mark.skipif(not (HAS_MSG and LETTER.exists()), reason="needs candor[msg] and its sample")
def test_a_msg_is_read_and_a_broken_one_is_a_row(tmp_path: Path) -> None:
    good = put(tmp_path / "a.msg", LETTER.read_bytes())
    put(tmp_path / "b.msg", OLE + b"broken")
    put(tmp_path / "c.msg", good.read_bytes())
    first, broken, last = open_inbox(tmp_path)
    assert b"MSG test file" in first.data
    assert broken.problem == "the .msg file cannot be converted"
    assert (last.data, last.origin) == (first.data, "c.msg")


@pytest.mark.skipif(not (HAS_PST and STORE.exists()), reason="needs candor[pst] and its sample")
def test_an_empty_store_holds_no_mail_and_a_broken_one_is_a_row(tmp_path: Path) -> None:
    assert list(open_inbox(STORE)) == []
    (row,) = open_inbox(put(tmp_path / "b.pst", PST + b"broken"))
    assert row.problem == "the Outlook data file cannot be read, or not to its end"


def test_the_program_stands_alone() -> None:
    source = Path(convert.__file__ or "").read_text("utf-8")
    assert "import pipeline" not in source
    assert "from pipeline" not in source
