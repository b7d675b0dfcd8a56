"""CSV as a tree of places, so that a table and a YAML file are read by the same code and fail with the same sentences.

A comma or a semicolon parts the cells, whichever the first line has more of. The third number of a place counts
columns: 3 is column C. Left out: other separators, other encodings than UTF-8, spreadsheets themselves.
"""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from pipeline.business.shape import unknown
from pipeline.errors import BusinessError
from pipeline.yamltree import Node

_LONGEST = 5_000_000  # characters of a file
_PARTS = re.compile(r"[;|]")


class Columns(NamedTuple):
    """What a table may hold: ``single`` cells, ``lists`` in a cell, and keys that ``nested`` parts keep to YAML."""

    single: tuple[str, ...]
    lists: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()

    @property
    def known(self) -> list[str]:
        """All columns that there are."""
        return [*self.single, *self.lists]


def rows(text: str, file: str, columns: Columns) -> tuple[Node, ...]:
    """One mapping for each row below the headings; an empty cell is a key left out.

    Raises:
        BusinessError: the first row or cell that can't be read, with its place.
    """
    if len(text) > _LONGEST:
        raise BusinessError(f"{file}: longer than {_LONGEST:,} characters")
    lines = _lines(text, file)
    first = next(lines, None)
    if first is None:
        raise BusinessError(f"{file}: the first row must hold the headings: {', '.join(columns.known)}")
    headings = tuple(_heading(cell, columns) for cell in first.items or ())
    return tuple(_row(line, headings, columns) for line in lines)


def _lines(text: str, file: str) -> Iterator[Node]:
    """The rows that hold anything, each a list of cells."""
    stream = io.StringIO(text, newline="")
    first = stream.readline()
    marked = first.lower().startswith("sep=")  # a line of Excel's own
    delimiter = ";" if first.count(";") > first.count(",") else ","
    before = 1 if marked else 0
    reader = csv.reader(stream if marked else chain([first], stream), delimiter=delimiter, strict=True)
    while True:
        line = before + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            place = f"{file}:{line}:1"
            raise BusinessError(f"{place}: the row can't be read as CSV ({error}); look for a stray quote") from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            items = (Node(file, line, n, text=" ".join(cell.split())) for n, cell in enumerate(cells, 1))
            yield Node(file, line, 1, items=tuple(items))


def _heading(cell: Node, columns: Columns) -> str:
    name = re.sub(r"[\s-]+", "_", (cell.text or "").casefold())
    if name in columns.nested:
        yaml = f"{cell.file.rpartition('.')[0]}.yaml"
        raise cell.fault(f"'{name}' has parts that fit no cell; keep these records in {yaml} instead", BusinessError)
    if name and name not in columns.known:
        raise unknown(cell, name, columns.known, "column")
    return name


def _row(line: Node, headings: tuple[str, ...], columns: Columns) -> Node:
    entries: dict[str, Node] = {}
    cells = line.items or ()
    for number, cell in enumerate(cells):
        name = headings[number] if number < len(headings) else ""
        if not cell.text:
            continue
        if not name:
            raise cell.fault(f"'{cell.text[:60]}' stands in a column without a heading", BusinessError)
        if name in entries:
            raise cell.fault(f"there are two columns '{name}'", BusinessError)
        entries[name] = _several(cell) if name in columns.lists else cell
    return line._replace(items=None, entries=entries)


def _several(cell: Node) -> Node:
    parts = (part.strip() for part in _PARTS.split(cell.text or ""))
    return cell._replace(text=None, items=tuple(cell._replace(text=part) for part in parts if part))
