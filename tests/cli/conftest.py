"""What the tests of the command line share: a caller that takes words as a shell would, and an empty environment."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.cli.ending import run
from pipeline.resources import shipped

STUDIO = shipped("fixtures", "studio")
INBOX = shipped("fixtures", "inbox")
SAMPLE = ("01-hotel-rebrand.eml", "06-yearly-contract.eml", "18-paper-newsletter.eml")

PLAIN_NO = """\
From: Casper Lindqvist <casper@lumenyoga.example>
To: hello@marrowandfinch.example
Subject: Your quote
Date: Wed, 18 Nov 2026 11:27:15 +0000
Message-ID: <quote-1@lumenyoga.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Hi Hannah,

can you give us a 40% discount on the website?

Casper
"""


class Call(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


Candor = Callable[..., Call]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and an environment that settles nothing."""
    monkeypatch.chdir(tmp_path)
    for name in ("CANDOR_BUSINESS", "CANDOR_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def candor(here: Path, capsys: pytest.CaptureFixture[str]) -> Candor:
    """``candor("draft", path)`` runs the command in an empty folder."""

    def call(*words: str | Path) -> Call:
        code = run([str(word) for word in words])
        out, err = capsys.readouterr()
        return Call(code, out, err)

    return call


@pytest.fixture
def mail(here: Path) -> Path:
    """A plain ask for too much, in a file."""
    path = here / "mail.eml"
    path.write_text(PLAIN_NO)
    return path


@pytest.fixture
def inbox(here: Path) -> Path:
    """Three mails of the sample inbox."""
    folder = here / "inbox"
    folder.mkdir()
    for name in SAMPLE:
        (folder / name).write_bytes((INBOX / name).read_bytes())
    return folder


def words(inbox: Path, *more: str) -> tuple[str | Path, ...]:
    """A batch over ``inbox``, and what else is said."""
    return ("batch", inbox, "--out", "drafts", "--business", STUDIO, "--today", "2026-11-19", *more)
