"""The sheet that results are printed on: a margin of labels, text beside it, at most 100 columns wide.

Every text becomes safe here, and none is ever read as markup. On a pipe it comes plain, without colours or trailing
spaces. What this leaves out: what is worth saying.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

from rich.console import Console
from rich.text import Text

from pipeline.outbox.terminal import safe

WIDTH = 100
_LEAD = re.compile(r" *(?:- |\d\. )?")
_INDENT, _MARGIN, _GAP = 2, 10, 2  # columns: left of all, of the labels, between columns


class Column(NamedTuple):
    """A column of a table: its head and its width in columns."""

    head: str
    width: int


class Page:
    """A sheet on ``stream``: as wide as the terminal, but never wider than ``WIDTH``."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self.width = min(self._console.width, WIDTH) if self._console.is_terminal else WIDTH

    def gap(self) -> None:
        """One empty line."""
        self._console.print()

    def heading(self, title: str) -> None:
        """A line across the sheet that begins with ``title``."""
        line = text(f"{title} ", "bold")
        line.append("─" * max(0, self.width - 2 * _INDENT - line.cell_len), "dim")
        self.gap()
        self._line(line)
        self.gap()

    def say(self, words: str, style: str = "") -> None:
        """Paragraphs over the whole width. A line that begins with a space, such as a command to copy, stays whole."""
        for line in _flowed(words).split("\n"):
            if line.startswith(" "):
                self._line(text(line, "bold"))
                continue
            for part in self._wrapped(text(line, style), self.width - 2 * _INDENT):
                self._line(part)

    def part(self, label: str, *blocks: Text) -> None:
        """Texts one below the other, beside a label in the margin; a longer label pushes its first line aside."""
        margin = text(label.ljust(_MARGIN), "dim")
        for block in blocks:
            for line in self._wrapped(block, self.width - 2 * _INDENT - _MARGIN - _GAP):
                self._line(Text.assemble(margin, " " * _GAP, line))
                margin = text(" " * _MARGIN)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Text]]) -> None:
        """A table without rules; a cell that is too long ends in an ellipsis."""
        widths = self._fitted([column.width for column in columns])
        for row in ([text(column.head, "dim") for column in columns], *rows):
            line = Text()
            for cell, width in zip(row, widths, strict=True):
                fitted = cell.copy()
                fitted.truncate(width, overflow="ellipsis", pad=True)
                line.append_text(fitted).append(" " * _GAP)
            self._line(line)

    def _fitted(self, widths: list[int]) -> list[int]:
        """The widths, the widest made narrower until all of them fit on the page."""
        room = self.width - 2 * _INDENT - _GAP * (len(widths) - 1)
        while sum(widths) > room and max(widths) > 1:
            widths[widths.index(max(widths))] -= 1
        return widths

    def _wrapped(self, block: Text, width: int) -> Iterator[Text]:
        """Lines of at most ``width`` columns; what is wrapped stays as far in as its line began, list items further."""
        for line in block.split("\n", allow_blank=True):
            hang = len(_LEAD.match(line.plain)[0])  # type: ignore[index]  # it matches everywhere
            first, *rest = line.wrap(self._console, width) or [line]
            yield first
            for part in rest:
                part.rstrip()
            if rest:
                more = Text(" ").join(rest)
                for part in more.wrap(self._console, max(width - hang, 1)):
                    yield Text.assemble(" " * hang, part)

    def _line(self, line: Text) -> None:
        line = line.copy()
        line.rstrip()
        self._console.print(Text.assemble(" " * _INDENT, line) if line.plain else Text())


def text(words: str, style: str = "") -> Text:
    """Words for the sheet, made safe; never markup."""
    return Text(safe(words), style=style)


def quoted(words: str) -> Text:
    """Words of a mail between quotation marks, on one line."""
    return text(f"“{' '.join(words.split())}”", "italic")


def _flowed(words: str) -> str:
    """The lines of each paragraph joined, except those that begin with a space."""
    joined = re.sub(r"(?<!\n)\n(?=[^\s])", " ", words.strip("\n"))
    return "\n".join(line.rstrip() for line in joined.split("\n"))
