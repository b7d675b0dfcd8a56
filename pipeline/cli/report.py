"""A checkup as a person reads it: rows, a table, a last word. What this leaves out: what is looked at, and when."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from rich.console import Console

from pipeline.checkup.rows import Mark, Row, worst
from pipeline.checkup.samples import Taken
from pipeline.cli.consent import agreed
from pipeline.cli.ledger import tell
from pipeline.cli.page import Page, text
from pipeline.llm.compose import ModelSpec

_COLOURS = {Mark.OK: "", Mark.LOOK: "yellow", Mark.WRONG: "red"}
_END = {
    Mark.OK: "All is well.",
    Mark.LOOK: "Nothing is wrong; have a look at what is marked look.",
    Mark.WRONG: "Something is wrong: what is marked wrong.",
}


class Printed:
    """On a page of the standard output; ``yes``: what is to be sent to a hosted model is agreed already."""

    def __init__(self, *, yes: bool) -> None:
        self._page = Page(sys.stdout)
        self._yes = yes
        self._all: list[Row] = []

    def agreed(self, spec: ModelSpec) -> bool:
        """Tell what would be sent, and ask."""
        return agreed(spec, self._page, yes=self._yes)

    def rows(self, rows: Iterable[Row]) -> None:
        """A block of rows: the mark in the margin, the words, and below them what to do."""
        block = list(rows)
        self._all += block
        if block:
            self._page.gap()
        for row in block:
            words = row.words
            steps = (text(line, "bold" if line.startswith(" ") else "") for line in words.do.splitlines())
            self._page.part(row.mark.value, text(words.says, _COLOURS[row.mark]), *steps)

    def busy(self, words: str) -> AbstractContextManager[object]:
        """Shows on a terminal only, and goes again."""
        return Console(stderr=True).status(words)

    def mails(self, spec: ModelSpec, mails: Sequence[Taken]) -> None:  # noqa: ARG002 - the other report names the model
        """The table, its sum, and a thousand like them."""
        if mails:
            tell(self._page, mails)

    def end(self) -> int:
        """The last word, and the exit code."""
        mark = worst(self._all)
        self._page.gap()
        self._page.say(_END[mark], _COLOURS[mark] or "green")
        self._page.gap()
        return int(mark is Mark.WRONG)
