"""What docs/inboxes.md says is true: its commands, its examples, and the names it lists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.inbox.headers import read_header
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.sources.columns import FIELDS
from pipeline.inbox.sources.inboxes import open_inbox
from pipeline.inbox.sources.kinds import Kind

PAGE = (Path(__file__).parents[2] / "docs/inboxes.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"^ {4}candor (\w+.*)$", PAGE, re.MULTILINE) + re.findall(r"`candor (\w+.*?)`", PAGE)))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, content in re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def sender(raw: Raw) -> str:
    found = read_header(raw).sender
    return found.address if found else ""


def test_every_command_exists_with_its_options() -> None:
    shown = {
        name: subprocess.run(
            [sys.executable, "-m", "pipeline", name, "--help"], capture_output=True, text=True, check=True
        ).stdout
        for name in {line.split()[0] for line in COMMANDS}
    }
    assert len(COMMANDS) > 8
    missing = [
        line for line in COMMANDS for word in line.split() if word[:2] == "--" and word not in shown[line.split()[0]]
    ]
    assert missing == []


def test_the_table_is_read_as_the_page_says(files: Path) -> None:
    asked, answered, other = open_inbox(files / "tickets.csv")
    assert [raw.shelf for raw in (asked, answered, other)] == [None, Shelf.SENT, None]
    assert [sender(raw) for raw in (asked, answered, other)] == [
        "ann@client.example",
        "us@studio.example",
        "bob@client.example",
    ]
    assert read_header(asked).references == read_header(answered).references != read_header(other).references
    assert [who.address for who in read_header(answered).to] == ["ann@client.example"]


def test_the_own_columns_are_read_as_the_page_says(files: Path) -> None:
    asked, note = open_inbox(files / "other.jsonl", columns=files / "columns.yaml")
    assert (sender(asked), asked.shelf, note.shelf) == ("ann@client.example", None, Shelf.DRAFT)
    assert asked.data.endswith(b"Could we get 30% off?")
    assert note.data.endswith(b"Ask Bob first.")


def test_every_part_and_every_kind_is_on_the_page() -> None:
    assert [
        name for name in (*FIELDS, *Kind, "ours", "internal") if f"`{name}`" not in PAGE and f"{name}:" not in PAGE
    ] == []
