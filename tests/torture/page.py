"""Prints a table and keeps it in a page of ``docs/``: one page a command, a section a table, each with its day.

A section that is there already is replaced, so a page holds the newest figures of each. Left out: the prose around it,
which stands above the first section and is left alone.
"""

import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def tell(page: str, title: str, rows: Sequence[Sequence[str]], *notes: str, docs: Path = DOCS) -> None:
    """Print ``rows``, the first being the heads, and write them into ``docs/PAGE.md`` below ``title``."""
    lines = [f"\n{title}", *_aligned(rows), *notes]
    print("\n".join(lines), flush=True)
    path = docs / f"{page}.md"
    text = path.read_text("utf-8") if path.exists() else f"# {page.capitalize()}\n"
    path.write_text(replaced(text, title, _markdown(rows, notes)), "utf-8")


def replaced(text: str, title: str, body: str) -> str:
    """``text`` with ``body`` below the heading ``title``, in its old place or at the end."""
    section = f"## {title}\n\n{body}"
    old = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if old is None:
        return f"{text.rstrip()}\n\n{section}"
    return text[: old.start()] + section + ("\n" if text[old.end() :] else "") + text[old.end() :]


def machine() -> str:
    """The day, and in general terms where it was measured."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{date.today().isoformat()}, {os.cpu_count()} shared cores, {platform.system()}, Python {python}."  # noqa: DTZ011 - the day here


def _markdown(rows: Sequence[Sequence[str]], notes: Sequence[str]) -> str:
    head, *rest = rows
    lines = [_row(head), "|" + " --- |" * len(head), *map(_row, rest)]
    return "\n".join([*lines, "", *(f"{note}\n" for note in notes), machine(), ""])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
