import importlib.util
import os
import shutil
from pathlib import Path

import pytest

from pipeline.errors import InboxError
from pipeline.inbox.sources import convert, outlook
from pipeline.inbox.sources.inboxes import open_inbox
from pipeline.inbox.sources.sniff import OLE, PST
from tests.inbox.letters import mail
from tests.inbox.sources.boxes import box, put

MAIL = Path(__file__).parents[3] / "../shared/mail"
STORE = MAIL / "outlook-pst-rs/examples/Empty.pst"
LETTER = MAIL / "msg-extractor/example-msg-files/strangeDate.msg"
HAS_MSG = importlib.util.find_spec("extract_msg") is not None
HAS_PST = importlib.util.find_spec("pypff") is not None


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
