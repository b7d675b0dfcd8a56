import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import INBOX, STUDIO, Candor
from tests.cli.policy.past import left
from tests.outbox.examples import all_kinds


@pytest.fixture
def history(here: Path) -> Path:
    return left(here / "drafts", *all_kinds())


def test_it_is_told_on_the_page(candor: Candor, history: Path) -> None:
    call = candor("report", "drafts")
    assert (call.code, call.err) == (0, "")
    for words in ("By reason: 2 noes", "A trend needs three months", "Rules that never held", "next agreement"):
        assert words in call.out
    assert max(map(len, call.out.splitlines())) <= 100


def test_whoever_owns_the_business_can_read_every_word(candor: Candor, here: Path) -> None:
    """No name with an underscore but the two that one writes into a file, and nothing cut off."""
    assert candor("demo", "--out", "shown").code == 0
    assert candor("batch", INBOX, "--out", "own", "--business", STUDIO, "--today", "2026-11-19").code == 0
    for folder in ("shown", "own"):
        out = candor("report", folder, "--business", STUDIO).out
        assert set(re.findall(r"\w+_\w+", out)) <= {"tell_upfront", "demand_to_capacity"}
        assert not re.search(r"n = |fired|…", out)
        assert candor("report", folder, "--business", STUDIO, "--html", f"{folder}.html").code == 0
        page = (here / f"{folder}.html").read_text("utf-8").partition("<body")[2]
        assert set(re.findall(r"\w+_\w+", page)) <= {"tell_upfront", "demand_to_capacity"}
        assert not re.search(r"n = |[Ff]ired", page)


def test_the_html_page_is_written_beside_it(candor: Candor, history: Path, here: Path) -> None:
    call = candor("report", "drafts", "--html", "noes.html")
    assert call.code == 0, call.err
    assert call.out.rstrip().endswith(
        "noes.html is written. It names clients and private figures: keep it to yourself."
    )
    assert (here / "noes.html").read_text("utf-8").startswith("<!doctype html>")
    assert candor("report", "drafts", "--html", "noes.html").code == 2
    err = candor("report", "drafts", "--html", "nowhere/noes.html").err
    assert err == "candor: nowhere/noes.html cannot be written: there is no folder nowhere\n"
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


def test_without_a_mail_there_is_one_line_and_no_empty_tables(candor: Candor, here: Path) -> None:
    folder = left(here / "drafts")
    assert candor("report", folder).out == "\n  No mail is on record here, so there is nothing to learn from yet.\n\n"
