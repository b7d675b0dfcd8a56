import io
from pathlib import Path

import pytest

from tests.cli.conftest import PLAIN_NO, STUDIO, Candor

CASPER = "casper@lumenyoga.example"


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(candor: Candor, here: Path) -> Path:
    (here / "in").mkdir()
    (here / "in" / "1.eml").write_text(PLAIN_NO, "utf-8")
    other = PLAIN_NO.replace("casper@", "maeve@").replace("lumenyoga", "larkmoorhotel")
    (here / "in" / "2.eml").write_text(other.replace("Casper", "Maeve").replace("website", "menu"), "utf-8")
    assert candor("batch", "in", "--out", "out", "--model", "offline", "--business", STUDIO).code == 0
    return here / "out"


def holding(folder: Path, words: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_all_that_is_kept_of_a_client_goes(candor: Candor, folder: Path) -> None:
    assert holding(folder, CASPER)
    call = candor("purge", CASPER, "--out", folder, "--yes")
    assert call.code == 0, call.err
    assert "Gone: 1 mail" in call.out
    assert "the next run reads it again" in " ".join(call.out.split())
    assert holding(folder, "lumenyoga.example") == []
    assert holding(folder, "larkmoorhotel")


@pytest.mark.parametrize("name", ["larkmoor", "The Larkmoor Hotel", "larkmoorhotel.example"])
def test_a_client_may_be_called_by_name_or_domain(candor: Candor, folder: Path, name: str) -> None:
    call = candor("purge", name, "--out", folder, "--business", STUDIO, "--yes")
    assert call.code == 0, call.err
    assert holding(folder, "maeve@larkmoorhotel.example") == []


def test_somebody_is_asked_first(candor: Candor, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert candor("purge", CASPER, "--out", folder).code == 0
    assert holding(folder, CASPER)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    call = candor("purge", CASPER, "--out", folder)
    assert call.code == 2
    assert "nobody to ask" in call.err


def test_a_stranger_is_told_as_such(candor: Candor, folder: Path) -> None:
    assert "keeps nothing of" in candor("purge", "nobody@else.example", "--out", folder, "--yes").out
    call = candor("purge", "Nobody", "--out", folder, "--business", STUDIO, "--yes")
    assert call.code == 2
    assert "no client in" in call.err
