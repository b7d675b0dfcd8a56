import json
from pathlib import Path

import pytest

from tests.cli.conftest import STUDIO, Candor
from tests.cli.policy.past import left
from tests.outbox.examples import all_kinds


@pytest.fixture
def history(here: Path) -> Path:
    return left(here / "drafts", *all_kinds())


def test_it_is_told_on_the_page(candor: Candor, history: Path) -> None:
    call = candor("report", "drafts")
    assert (call.code, call.err) == (0, "")
    for words in ("By reason, n = 2 noes", "A trend needs three months", "Rules that never fired", "next agreement"):
        assert words in call.out
    assert max(map(len, call.out.splitlines())) <= 100


def test_the_html_page_is_written_beside_it(candor: Candor, history: Path, here: Path) -> None:
    call = candor("report", "drafts", "--html", "noes.html")
    assert call.code == 0, call.err
    assert call.out.rstrip().endswith(
        "noes.html is written. It names clients and private figures: keep it to yourself."
    )
    assert (here / "noes.html").read_text("utf-8").startswith("<!doctype html>")
    assert candor("report", "drafts", "--html", "noes.html").code == 2
    assert candor("report", "drafts", "--html", "noes.html", "--force").code == 0


def test_all_figures_as_json(candor: Candor, history: Path) -> None:
    call = candor("report", "drafts", "--business", STUDIO, "--json")
    told = json.loads(call.out)
    assert told["mails"] == len(all_kinds())
    assert {each["name"]: each["number"] for each in told["answered"]}["decline"] == 2


def test_a_folder_without_a_run_is_named(candor: Candor, here: Path) -> None:
    (here / "empty").mkdir()
    call = candor("report", "empty", "--business", STUDIO)
    assert call.code == 2
    assert "holds no run of Candor" in call.err
