import io
import shutil
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


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("larkmor", "do you mean 'larkmoor' or 'The Larkmoor Hotel'? an address (maria@weber.example) or a domain"),
        ("hotel", "do you mean 'The Larkmoor Hotel'?"),
        ("xyzzy", "no client in business has the name or id 'xyzzy'; an address (maria@weber.example) or a domain"),
        ("Twins", "'Twins' is the name of 2 clients in business; give the id of one: twin-a, twin-b"),
        ("nowhere", "Nowhere Ltd has neither address nor domain in business; an address (maria@weber.example)"),
    ],
)
def test_a_name_that_is_not_one_client_with_an_address(
    candor: Candor, here: Path, folder: Path, name: str, sentence: str
) -> None:
    shutil.copytree(STUDIO, here / "business")
    with (here / "business" / "clients.yaml").open("a", encoding="utf-8") as file:
        for id_ in ("twin-a", "twin-b"):
            file.write(f"\n  - {{id: {id_}, name: Twins, addresses: [{id_}@twins.example]}}\n")
        file.write("\n  - {id: nowhere, name: Nowhere Ltd}\n")
    call = candor("purge", name, "--out", folder, "--yes")
    assert (call.code, call.out, call.err.count("\n")) == (2, "", 1)
    assert sentence in call.err


def test_it_is_said_how_a_client_was_understood(candor: Candor, folder: Path) -> None:
    one = " ".join(candor("purge", CASPER, "--out", folder, "--yes").out.split())
    assert f"{CASPER} is taken as one address. A domain (lumenyoga.example) takes everybody" in one
    two = candor("purge", "larkmoor", "--out", folder, "--business", STUDIO, "--yes").out
    assert "This is all mail from and to " in two
    assert "@larkmoorhotel.example" in two
