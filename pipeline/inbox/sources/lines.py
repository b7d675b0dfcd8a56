"""The lines of a table, read within limits, and read again where a row turns out to have taken in others.

Memory holds the lines of one row. What is read again is never more than was read at all, so that the time a file takes
grows with its size alone. Left out: what a line means.
"""

import csv
from collections.abc import Callable, Iterator
from typing import TextIO

from pipeline.inbox import charsets, limits

LINE = 4_000_000  # characters of a line, and of a field
_ROW = 4 * LINE  # characters of a row


class Lines:
    """The lines of a text without their zero bytes, counted from 1.

    Raises:
        csv.Error: from ``next``, when a line, or a row since ``begin``, is too long; the next call goes on behind it.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._ahead: list[str] = []  # lines to be read again, the next one last
        self._read = self._again = 0  # characters
        self.last = 0  # the number of the line that came last
        self.begin()

    def begin(self) -> None:
        """The next line is the first one of a row."""
        self.row: list[str] = []
        self._taken = 0  # characters

    @property
    def first(self) -> int:
        """The number of the line in which the row begins."""
        return self.last - len(self.row) + 1

    def __iter__(self) -> Iterator[str]:
        """Itself."""
        return self

    def __next__(self) -> str:
        """The next line, which belongs to the row."""
        line = self._ahead.pop() if self._ahead else self._fresh()
        if not line:
            raise StopIteration
        self.last += 1
        self._taken += len(line)
        if len(line) >= LINE and not _ended(line):
            self.row.append("\n")  # nothing is kept of it
            self._end_line()
            raise csv.Error("a line of it is longer than 4 MB")
        self.row.append(line)
        if self._taken > _ROW or len(self.row) > limits.LINES:
            raise csv.Error("it is longer than 16 MB or 500,000 lines")
        return line.replace("\0", "")

    def back(self, kept: int) -> bool:
        """Begin anew behind the first ``kept`` lines of the row; False when too much would be read again."""
        again = self.row[kept:]
        self._again += sum(map(len, again))
        self.last -= len(again)
        self._ahead += reversed(again)
        self.begin()
        return self._again <= self._read + _ROW

    def pass_over(self, is_row: Callable[[str], bool]) -> bool:
        """Go to the next line that ``is_row``, or to the end; False when both are further than any row is long."""
        for _ in range(limits.LINES):
            line = self._ahead.pop() if self._ahead else self._fresh()
            if not line:
                return True
            if len(line) >= LINE and not _ended(line):
                self._end_line()
            elif is_row(line):
                self._ahead.append(line)
                return True
            self.last += 1
        return False

    def _end_line(self) -> None:
        """Pass over the rest of a line that is too long."""
        while (rest := self._fresh()) and not _ended(rest):
            pass

    def _fresh(self) -> str:
        line = self._text.readline(LINE)
        self._read += len(line)
        return line


def mended(text: str) -> str:
    """A text whose foreign bytes, which came as lone surrogates, are read by the ladder of ``charsets``."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return charsets.decode(text.encode("utf-8", "surrogateescape"))
    return text


def _ended(line: str) -> bool:
    return line.endswith(("\n", "\r"))
