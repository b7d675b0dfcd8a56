"""``--format`` and ``--columns``, from the command line to what is read."""

import json
from pathlib import Path

from pipeline.batch.store import Store
from tests.cli.conftest import STUDIO, Candor

TICKETS = "nr;wer;was\n1;ann@client.example;Could we get 30% off?\n2;nobody;Hi\n"
COLUMNS = "from: wer\nbody: was\nthread: nr\n"


def run(candor: Candor, inbox: str, *more: str) -> tuple[int, str]:
    call = candor("batch", inbox, "--out", "drafts", "--business", STUDIO, "--today", "2026-11-19", *more)
    return call.code, call.out + call.err


def test_a_table_with_columns_of_ones_own_becomes_a_folder(candor: Candor, here: Path) -> None:
    (here / "tickets.txt").write_text(TICKETS)
    (here / "columns.yaml").write_text(COLUMNS)
    assert "say --format text" in run(candor, "tickets.txt")[1]
    assert "its columns are: nr, wer, was" in run(candor, "tickets.txt", "--format", "csv")[1]
    code, out = run(candor, "tickets.txt", "--format", "csv", "--columns", "columns.yaml")
    assert code == 0, out
    lines = (here / "drafts" / "outcomes.jsonl").read_text("utf-8").splitlines()
    rows = {row["origin"]: row["code"] for row in map(json.loads, lines)}
    assert set(rows) == {"tickets.txt#1", "tickets.txt#2"}
    assert rows["tickets.txt#2"] == "failed"
    with Store(here / "drafts", create=False) as store:
        kept = json.loads(store.settings()["job"])
    assert (kept["format"], Path(kept["columns"])) == ("csv", here / "columns.yaml")


def test_one_bare_text_is_drafted(candor: Candor, here: Path) -> None:
    (here / "note.txt").write_text("Price: could we get 30% off the poster?\n")
    refused = candor("draft", "note.txt", "--business", STUDIO, "--format", "maildir")
    assert (refused.code, "cannot be read as maildir: a Maildir is a folder" in refused.err) == (2, True)
    call = candor("draft", "note.txt", "--business", STUDIO, "--json", "--format", "text")
    assert json.loads(call.out)["message"]["body"].strip().startswith("Price:")


def test_a_mail_that_cannot_be_got_at_says_why(candor: Candor, here: Path) -> None:
    (here / "row.csv").write_text("from,body\nAnn,Hi\n")
    call = candor("draft", "row.csv", "--business", STUDIO)
    assert "the row names no sender's address" in call.err
