import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import INBOX, Candor, words

DRAFTED = "03-festival-poster.eml"
KEPT = {"candor.db", ".lock"}


@pytest.fixture
def folder(candor: Candor, here: Path, inbox: Path) -> Path:
    """An output folder of a few mails, one of them with a draft."""
    (inbox / DRAFTED).write_bytes((INBOX / DRAFTED).read_bytes())
    assert candor(*words(inbox)).code == 0
    return here / "drafts"


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in KEPT)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if "candor.db" not in path.name}


def test_every_file_comes_back_to_the_byte_from_the_database_alone(candor: Candor, folder: Path) -> None:
    before = contents(folder)
    assert {"review.html", "summary.csv", "outcomes.jsonl", "drafts.mbox"} < set(before)
    for name in before:
        (folder / name).unlink()
    call = candor("export", "drafts")
    assert (call.code, call.err) == (0, "")
    assert "drafts/review.html" in call.out
    assert contents(folder) == before


def test_it_needs_no_inbox_and_no_business(candor: Candor, folder: Path) -> None:
    before = contents(folder)
    with closing(sqlite3.connect(folder / "candor.db")) as db, db:
        db.execute("UPDATE run SET value = replace(value, '/', '/gone/') WHERE name = 'job'")
    (folder / "summary.csv").unlink()
    assert candor("export", "drafts").code == 0
    assert contents(folder) == before


def test_a_folder_from_before_the_profile_was_kept_takes_it_from_the_business(candor: Candor, folder: Path) -> None:
    before = contents(folder)
    with closing(sqlite3.connect(folder / "candor.db")) as db, db:
        db.execute("DELETE FROM run WHERE name = 'profile'")
    assert candor("export", "drafts").code == 0
    assert contents(folder) == before


def test_an_edited_draft_is_left_as_it_is(candor: Candor, folder: Path) -> None:
    draft = min((folder / "drafts").iterdir())
    draft.write_bytes(draft.read_bytes() + b"\r\nP.S. I wrote this.\r\n")
    before = draft.read_bytes()
    call = candor("export", "drafts")
    assert draft.read_bytes() == before
    assert "1 that you have edited was left as it is" in call.out
    assert b"P.S. I wrote this." in (folder / "drafts.mbox").read_bytes()


def test_a_folder_without_a_run_is_one_sentence(candor: Candor) -> None:
    call = candor("export", "drafts")
    assert (call.code, call.out) == (2, "")
    assert call.err.startswith("candor: drafts holds no run of Candor")
