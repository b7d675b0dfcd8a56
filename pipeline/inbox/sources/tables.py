"""A help desk's export, row by row: JSON with one object a line, or CSV with a row of headings.

Memory holds one row. A row that cannot be read is a ``Raw`` with its problem, and the next row is read. Text may be
UTF-8, UTF-16 or, field by field, whatever ``charsets`` makes of it. Left out: what the columns mean.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO, TextIO

from pipeline.errors import InboxError
from pipeline.inbox.source import Raw
from pipeline.inbox.sources.columns import Row, book_for, known
from pipeline.inbox.sources.kinds import Kind
from pipeline.inbox.sources.lines import Lines, mended
from pipeline.inbox.sources.records import delimiter_of, fields_of, records
from pipeline.inbox.sources.tickets import Tickets

_START = 4_096  # bytes that tell the encoding
_LOOKED_AT = 50  # rows that tell how the columns are called
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Opener = Callable[[], BinaryIO]


class Table:
    """A source of the mails in one export; ``name`` is its file's, ``columns`` one's own file of columns.

    Raises (when it is made):
        InboxError: it has no row, or no column for a sender and a text.
    """

    def __init__(self, opened: Opener, name: str, kind: Kind, columns: Path | None = None) -> None:
        self._opened, self._name = opened, name
        self._rows = _objects if kind is Kind.JSONL else records
        rows, problem = self._looked_at()
        if not rows:
            form = "one JSON object a line" if kind is Kind.JSONL else "a row of headings and rows below it"
            found = f" ({problem})" if problem else ""
            raise InboxError(f"{name} holds no row that can be read{found}; {form} is expected")
        self._book = book_for(rows, name, columns)

    def __iter__(self) -> Iterator[Raw]:
        """The mails in the order of the rows; the origin counts rows from 1, and mails within a row."""
        number = count()
        tickets = Tickets(self._book)
        for line, row in enumerate(self._read(), 1):
            at = f"{self._name}#{line}"
            mails: Iterable[Raw] = [Raw(0, at, b"", problem=row)] if isinstance(row, str) else tickets.mails(row)
            for part, raw in enumerate(mails):
                yield raw._replace(seq=next(number), origin=f"{at}.{part + 1}" if part else at)

    def _looked_at(self) -> tuple[list[Row], str]:
        """The first rows, and the first reason why something is none."""
        rows: list[Row] = []
        problem = ""
        for row in self._read():
            if isinstance(row, str):
                problem = problem or row
            else:
                rows.append(row)
                if len(rows) == _LOOKED_AT:
                    break
        return rows, problem

    def _read(self) -> Iterator[Row | str]:
        try:
            with self._opened() as stream, _text(stream) as text:
                yield from self._rows(text)
        except OSError as error:
            yield f"the rest of the file cannot be read: {error.strerror or error}"


def headed(start: bytes) -> bool:
    """Whether bytes begin with the headings of a table whose columns are known."""
    try:
        with _text(io.BytesIO(start)) as text:
            line = text.readline(_START)
            row: Row = dict.fromkeys(fields_of(line, delimiter_of(line)), "")
        return len(row) > 1 and known(row)
    except (csv.Error, ValueError):
        return False


def _text(stream: BinaryIO) -> TextIO:
    """``stream`` as text; bytes that are not UTF-8 pass as lone surrogates, for ``mended``."""
    start = stream.read(_START)
    stream.seek(0)
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if encoding is None and start.count(b"\0") * 3 > len(start):  # every other byte of UTF-16 is zero
        encoding = "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    wide = encoding is not None and encoding.startswith("utf-16")
    errors = "replace" if wide else "surrogateescape"
    return io.TextIOWrapper(stream, encoding or "utf-8", errors, newline="")


def _objects(text: TextIO) -> Iterator[Row | str]:
    """The rows of a JSONL file, or why one is none."""
    lines = Lines(text)
    while True:
        lines.begin()
        try:
            line = next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield "the row is longer than 4 MB"
        else:
            if line.strip():
                yield _object(line)


def _object(line: str) -> Row | str:
    try:
        found = json.loads(mended(line))
    except (ValueError, RecursionError):
        return "the row is not valid JSON"
    return found if isinstance(found, dict) else "the row is no JSON object"
