import shutil
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.cli.conftest import STUDIO, Candor


@pytest.fixture
def folder(here: Path) -> Path:
    shutil.copytree(STUDIO, here / "business")
    path = here / "business" / "clients.yaml"
    text = path.read_text("utf-8").replace("    tier: key\n", "    tier: key\n    check_in_every_days: 60\n", 1)
    path.write_text(text, "utf-8")
    return here


def test_nobody_is_due(candor: Candor) -> None:
    call = candor("remind", "--business", STUDIO)
    assert call.code == 0
    assert "Nobody is due a word today." in call.out


def test_who_is_due_and_the_words(candor: Candor, folder: Path) -> None:
    call = candor("remind", "--today", "2026-11-25", "--out", "out")
    assert call.code == 0, call.err
    assert "1 client is due a word. Nothing is sent." in call.out
    assert "check in: no check-in is on record" in call.out
    (file,) = (folder / "out").iterdir()
    assert file.name == "2026-11-25-larkmoor.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["To"] == "maeve@larkmoorhotel.example"
    assert mail.get_content().startswith("Hi Maeve,\r\n")


def test_a_second_run_on_the_day_overwrites_nothing(candor: Candor, folder: Path) -> None:
    candor("remind", "--today", "2026-11-25", "--out", "out")
    call = candor("remind", "--today", "2026-11-25", "--out", "out")
    assert call.code == 2
    assert "is there already, and nothing was overwritten" in call.err


def test_a_client_without_an_address_gets_a_text(candor: Candor, folder: Path) -> None:
    path = folder / "business" / "clients.yaml"
    path.write_text(path.read_text("utf-8").replace("    addresses: [maeve@larkmoorhotel.example]\n", "", 1), "utf-8")
    assert candor("remind", "--today", "2026-11-25", "--out", "out").code == 0
    (file,) = (folder / "out").iterdir()
    assert file.suffix == ".txt"
    assert file.read_text("utf-8").startswith("A short talk\n\nHi Maeve,\n")


def test_a_day_is_needed(candor: Candor) -> None:
    assert candor("remind", "--business", STUDIO, "--today", "mail").code == 2
