"""Which column of a help desk's export is which part of a mail: the shipped books, or a person's own.

A book names, for each part of a mail, the columns that may hold it. ``columns.yaml`` has the books of the usual
exports; one's own file is one book. Left out: reading the cells, which ``tickets`` does.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import InboxError
from pipeline.inbox.source import told
from pipeline.yamltree import Node, parse, read_shipped

FIELDS = (
    "id", "thread", "from", "name", "to", "subject", "date", "body", "html", "reply_to",
    "direction", "private", "public", "spam", "author", "client", "parts",
)  # fmt: skip
_WORDS = ("ours", "internal", "yes", "no")
_SHOWN = 20  # columns that a message names
_SHIPPED = Path(__file__).with_name("columns.yaml")

Row = Mapping[str, object]


class Book(NamedTuple):
    """``columns`` maps a field to names, the likeliest first.

    The rest are words, as ``folded`` gives them: ``ours`` and ``internal`` of a direction, ``yes`` and ``no`` of a
    column such as ``private``.
    """

    columns: dict[str, tuple[str, ...]]
    ours: frozenset[str]
    internal: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]

    def cells(self, row: Row, field: str) -> Iterable[object]:
        """What ``row`` has under the names of ``field``; empty cells are passed over."""
        found = (cell(row, name) for name in self.columns.get(field, ()))
        return (value for value in found if value not in (None, ""))

    def parts(self, row: Row) -> list[Row]:
        """The mails inside of a row."""
        listed = next(iter(self.cells(row, "parts")), None)
        return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []

    def fit(self, row: Row) -> int:
        """How well ``row`` is read by this book: 0 when its sender or its text has no column."""
        parts = self.parts(row)
        rows = (*parts[:1], row)
        has = {field for field in FIELDS if any(_has(one, n) for one in rows for n in self.columns.get(field, ()))}
        return len(has) + len(FIELDS) * bool(parts) if "from" in has and not has.isdisjoint({"body", "html"}) else 0


def cell(row: Row, name: str) -> object:
    """The value of a column; ``a.b`` leads into the object ``a`` where there is no column of that very name."""
    if name in row:
        return row[name]
    plain = _plain(name)
    key = next((key for key in row if _plain(key) == plain), None)
    if key is not None:
        return row[key]
    first, _, rest = name.partition(".")
    inner = cell(row, first) if rest else None
    return cell(inner, rest) if isinstance(inner, dict) else None


def folded(word: str) -> str:
    """A word as a book keeps it, whatever its case and however its accents are spelled."""
    return unicodedata.normalize("NFC", word).casefold()


def book_for(rows: Sequence[Row], name: str, own: Path | None) -> Book:
    """The book by which the export ``name`` is read, of which ``rows`` are the first ones, at least one.

    Raises:
        InboxError: no book finds a sender and a text in it, or one's own file of columns is wrong.
    """
    books = (_own(own),) if own else _books()
    fit, best = max(((book.fit(row), book) for book in books for row in rows), key=lambda pair: pair[0])
    if fit:
        return best
    shown = ", ".join(list(rows[0])[:_SHOWN])[:500] or "none"
    raise InboxError(
        f"{name} has no column that {own or 'candor'} knows for a sender's address and for a text; its columns are: "
        f"{shown}. Say which is which with --columns FILE.yaml, as docs/inboxes.md shows"
    )


def known(row: Row) -> bool:
    """Whether a shipped book finds a sender and a text in ``row``."""
    return any(book.fit(row) for book in _books())


def _has(row: Row, name: str) -> bool:
    return cell(row, name) is not None


@cache
def _plain(name: str) -> str:
    return "".join(char for char in folded(name) if char not in " _-")


@cache
def _books() -> tuple[Book, ...]:
    tree = read_shipped(_SHIPPED)
    assert tree.entries is not None
    words = {name: _words(tree.entries[name]) for name in _WORDS}
    return tuple(Book(_columns(book), **words) for book in tree.entries["books"].items or ())


def _own(path: Path) -> Book:
    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError):
        raise InboxError(f"{told(str(path))} cannot be read as a file of columns") from None
    tree = parse(text, told(str(path)), InboxError)
    entries, shipped = tree.entries or {}, _books()[0]._asdict()
    words = {name: _words(entries[name]) if name in entries else shipped[name] for name in _WORDS}
    return Book(_columns(tree), **words)


def _columns(tree: Node) -> dict[str, tuple[str, ...]]:
    if tree.entries is None:
        raise tree.fault("lines like 'from: requester_email' are expected", InboxError)
    for field, node in tree.entries.items():
        if field not in {*FIELDS, *_WORDS, "of"}:
            raise node.fault(f"'{field}' is no part of a mail; there are {', '.join(FIELDS)}", InboxError)
    return {field: _names(node) for field, node in tree.entries.items() if field in FIELDS}


def _names(node: Node) -> tuple[str, ...]:
    names = tuple(item.text for item in node.items or (node,))
    if any(name is None for name in names):
        raise node.fault("the name of a column, or a list of names, is expected", InboxError)
    return tuple(name for name in names if name)


def _words(node: Node) -> frozenset[str]:
    return frozenset(map(folded, _names(node)))
