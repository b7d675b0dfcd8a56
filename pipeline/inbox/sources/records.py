"""The rows of a CSV file under its headings.

A quote that is not closed would take in the rows below it. So quotes are read strictly, and a row with the line of
another in it is broken: it ends as a problem that names its lines, and the next line that looks like a row is the next.
Left out: guessing what a broken row was meant to say.
"""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

import re2

from pipeline.inbox.sources.columns import Row
from pipeline.inbox.sources.lines import LINE, Lines, mended

_DELIMITERS = ",;\t|"
_EXCEL = "sep="  # Excel's own first line
_ADDRESS = re2.compile(r"[^\s@]@[^\s@]+\.")


def records(text: TextIO) -> Iterator[Row | str]:
    """The rows of a CSV file, or why one is none, with its line."""
    csv.field_size_limit(LINE)
    lines = Lines(text)
    try:
        delimiter, headings = _headings(lines)
    except csv.Error as error:
        yield f"the row of headings cannot be read: {_why(error)}"
        return
    yield from _Records(lines, delimiter, headings).rows()


def delimiter_of(line: str) -> str:
    """The character that cuts the first line into most columns."""
    if line.lower().startswith(_EXCEL):
        return next((char for char in line[len(_EXCEL) :] if char in _DELIMITERS), ",")
    return max(_DELIMITERS, key=lambda char: len(fields_of(line, char)))


def fields_of(line: str, delimiter: str) -> list[str]:
    """The fields of a line by itself, whatever its quotes."""
    return next(csv.reader([line], delimiter=delimiter), [])


class _Records:
    """Reads the rows below ``headings``."""

    def __init__(self, lines: Lines, delimiter: str, headings: list[str]) -> None:
        self._lines, self._delimiter, self._headings = lines, delimiter, headings

    def rows(self) -> Iterator[Row | str]:
        """The rows, or why one is none."""
        lines = self._lines
        while True:
            lines.begin()
            try:
                fields = next(csv.reader(lines, delimiter=self._delimiter, strict=True))
                problem = self._problem(fields)
            except StopIteration:
                return
            except csv.Error as error:
                fields = self._loose()
                problem = "" if fields else f"cannot be read: {_why(error)}"
            if problem:
                first, torn = lines.first, len(lines.row) > 1 or not fields
                if torn and not (lines.back(1) and lines.pass_over(self._is_row)):
                    yield f"from line {first} on the table cannot be read: no row is to be found for a long way"
                    return
                where = f"lines {first} to {lines.last}" if lines.last > first else f"line {first}"
                yield f"the row in {where} {problem}"
            elif any(fields):
                yield self._row(fields)

    def _problem(self, fields: list[str]) -> str:
        """Why fields are no row; empty when they are one, or a blank line."""
        number = len(self._headings)
        if any(fields[number:]) or (len(fields) < number and any(fields)):
            return f"has {len(fields)} fields where the headings are {number}"
        if len(self._lines.row) > 1 and self._takes_in_another(fields):
            return "cannot be read: a quote in it does not end, and takes in the rows below"
        return ""

    def _takes_in_another(self, fields: list[str]) -> bool:
        """Whether a further line of the row is one itself: as many fields, and an address wherever this one has one.

        Prose puts a space behind a comma, programs don't.
        """
        rows = [line for line in self._lines.row[1:] if "@" in line and f"{self._delimiter} " not in line]
        rows = [line for line in rows if self._is_row(line)]
        if not rows:
            return False
        lined = {"\n", "\r"}
        places = [n for n, field in enumerate(fields) if lined.isdisjoint(field) and _ADDRESS.search(field)]
        others = (fields_of(line, self._delimiter) for line in rows if places)
        return any(all(_ADDRESS.search(other[place]) for place in places) for other in others)

    def _is_row(self, line: str) -> bool:
        """Whether a line by itself has as many fields as a row."""
        number = len(self._headings)
        return line.count(self._delimiter) >= number - 1 and len(fields_of(line, self._delimiter)) == number

    def _loose(self) -> list[str]:
        """The fields of a row on one line in which quotes stand in pairs, if loosely; empty when it is none."""
        line = self._lines.row[0]
        paired = len(self._lines.row) == 1 and line.count('"') % 2 == 0
        return fields_of(line, self._delimiter) if paired and self._is_row(line) else []

    def _row(self, fields: list[str]) -> Row:
        """Of two columns with one heading the first counts."""
        row: dict[str, object] = {}
        for heading, field in zip(self._headings, fields, strict=False):
            row.setdefault(heading, mended(field))
        return row


def _headings(lines: Lines) -> tuple[str, list[str]]:
    """The delimiter and the headings; none when there is no line.

    Raises:
        csv.Error: they cannot be read.
    """
    first = next((line for line in lines if line.strip()), "")
    delimiter = delimiter_of(first)
    before = [] if first.lower().startswith(_EXCEL) else [first]
    reader = csv.reader(chain(before, lines), delimiter=delimiter, strict=True)
    return delimiter, [mended(field).strip() for field in next(reader, [])]


def _why(error: csv.Error) -> str:
    """What the csv module found, in our words."""
    said = str(error)
    if said.startswith("field larger"):
        return "a field of it is longer than 4 MB"
    return "a quote in it does not end where its field ends" if "expected" in said or "unexpected" in said else said
