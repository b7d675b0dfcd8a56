"""What the tests of the command line share: a caller that takes words as a shell would, and an empty environment."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.cli.ending import run
from pipeline.resources import shipped

STUDIO = shipped("fixtures", "studio")
INBOX = shipped("fixtures", "inbox")


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
