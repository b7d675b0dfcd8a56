"""A help desk's export, row by row: JSON with one object a line, or CSV with a row of headings.

Memory holds one row. A row that cannot be read is a ``Raw`` with its problem, and the next row is read. Text may be
UTF-8, UTF-16 or, field by field, whatever ``charsets`` makes of it. Left out: what the columns mean.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count, islice
from pathlib import Path
from typing import BinaryIO, TextIO

from pipeline.errors import InboxError
from pipeline.inbox import charsets
from pipeline.inbox.source import Raw
from pipeline.inbox.sources.columns import Row, book_for, known
from pipeline.inbox.sources.kinds import Kind
from pipeline.inbox.sources.tickets import Tickets

_LINE = 4_000_000  # characters of a line, and of a field
_ROW = 4 * _LINE  # characters of a row of CSV
_START = 4_096  # bytes that tell the encoding
_LOOKED_AT = 50  # rows that tell how the columns are called
_DELIMITERS = ",;\t|"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Opener = Callable[[], BinaryIO]


class Table:
    """A source of the mails in one export; ``name`` is its file's, ``columns`` one's own file of columns.

    Raises (when it is made):
        InboxError: it has no row, or no column for a sender and a text.
    """

    def __init__(self, opened: Opener, name: str, kind: Kind, columns: Path | None = None) -> None:
        self._opened, self._name = opened, name
        self._rows = _objects if kind is Kind.JSONL else _records
        rows = list(islice((row for row in self._read() if not isinstance(row, str)), _LOOKED_AT))
        if not rows:
            form = "one JSON object a line" if kind is Kind.JSONL else "a row of headings and rows below it"
            raise InboxError(f"{name} holds no row that can be read; {form} is expected")
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
            row: Row = dict.fromkeys(next(csv.reader([line], delimiter=_delimiter(line)), []), "")
        return len(row) > 1 and known(row)
    except (csv.Error, ValueError):
        return False


def _text(stream: BinaryIO) -> TextIO:
    """``stream`` as text; bytes that are not UTF-8 pass as lone surrogates, for ``_mended``."""
    start = stream.read(_START)
    stream.seek(0)
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if encoding is None and start.count(b"\0") * 3 > len(start):  # every other byte of UTF-16 is zero
        encoding = "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    wide = encoding is not None and encoding.startswith("utf-16")
    errors = "replace" if wide else "surrogateescape"
    return io.TextIOWrapper(stream, encoding or "utf-8", errors, newline="")


def _mended(text: str) -> str:
    """A text whose foreign bytes are read by the ladder of ``charsets``."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return charsets.decode(text.encode("utf-8", "surrogateescape"))
    return text


class _Lines:
    """The lines of a text, a long one in pieces, without zero bytes; an error when a row takes too many of them."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.taken = 0  # characters since the caller last set it to 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LINE)
        if not line:
            raise StopIteration
        self.taken += len(line)
        if self.taken > _ROW:
            self.taken = 0
            raise csv.Error("it does not end")
        return line.replace("\0", "")


def _objects(text: TextIO) -> Iterator[Row | str]:
    """The rows of a JSONL file, or why one is none."""
    lines = _Lines(text)
    for line in lines:
        lines.taken = 0
        if len(line) >= _LINE and not line.endswith("\n"):
            while (rest := text.readline(_LINE)) and not rest.endswith("\n"):
                pass
            yield "the row is longer than 4 MB"
        elif line.strip():
            yield _object(line)


def _object(line: str) -> Row | str:
    try:
        found = json.loads(_mended(line))
    except (ValueError, RecursionError):
        return "the row is not valid JSON"
    return found if isinstance(found, dict) else "the row is no JSON object"


def _records(text: TextIO) -> Iterator[Row | str]:
    """The rows of a CSV file under its headings, or why one is none."""
    lines = _Lines(text)
    csv.field_size_limit(_LINE)
    first = next((line for line in lines if line.strip()), "")
    delimiter = _delimiter(first)
    if first.lower().startswith("sep="):  # Excel's own first line
        first = next(lines, "")
    reader = csv.reader(chain([first], lines), delimiter=delimiter)
    try:
        headings = [_mended(field).strip() for field in next(reader, [])]
    except csv.Error:
        return
    while True:
        lines.taken = 0
        try:
            fields = [_mended(field) for field in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            yield f"the row cannot be read: {error}"
            reader = csv.reader(_resumed(lines, delimiter, len(headings)), delimiter=delimiter)
            continue
        if len(fields) == len(headings) or (len(fields) > len(headings) and not any(fields[len(headings) :])):
            yield _row(headings, fields)
        elif any(fields):
            yield f"the row has {len(fields)} fields where the headings are {len(headings)}"


def _resumed(lines: _Lines, delimiter: str, columns: int) -> Iterator[str]:
    """The lines from the next one that looks like the beginning of a row; before it is the rest of a broken one."""
    for line in lines:
        lines.taken = 0
        if len(next(csv.reader([line], delimiter=delimiter), [])) == columns:
            yield line
            break
    yield from lines


def _row(headings: list[str], fields: list[str]) -> Row:
    """Of two columns with one heading the first counts."""
    row: dict[str, object] = {}
    for heading, field in zip(headings, fields, strict=False):
        row.setdefault(heading, field)
    return row


def _delimiter(line: str) -> str:
    """The character that cuts the first line into most columns."""
    if line.lower().startswith("sep="):
        return next((char for char in line[len("sep=") :] if char in _DELIMITERS), ",")
    return max(_DELIMITERS, key=lambda char: len(next(csv.reader([line], delimiter=char), [])))
