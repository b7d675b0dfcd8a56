"""A checkup as a program reads it: one line of JSON. What this leaves out: what is looked at, and when."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext

import click

from pipeline import __version__
from pipeline.checkup.rows import Mark, Row, worst
from pipeline.checkup.samples import THOUSAND, Account, Taken, account
from pipeline.cli.consent import agreed
from pipeline.cli.page import Page
from pipeline.llm.compose import ModelSpec
from pipeline.types.base import Value


class Finding(Value):
    """A row as a program reads it."""

    mark: Mark
    code: str
    says: str
    do: str


class Listing(Value):
    """All of a checkup. Costs are US dollars, as text."""

    candor: str
    model: str
    worst: Mark
    findings: tuple[Finding, ...]
    mails: tuple[Taken, ...]
    in_all: Account | None
    per_thousand: Account | None


class Listed:
    """As one line of JSON; what a person must know before anything is sent goes to the error stream."""

    def __init__(self, *, yes: bool) -> None:
        self._yes = yes
        self._model = ""
        self._all: list[Row] = []
        self._mails: Sequence[Taken] = ()

    def agreed(self, spec: ModelSpec) -> bool:
        """Tell what would be sent, and ask."""
        return agreed(spec, Page(sys.stderr), yes=self._yes)

    def rows(self, rows: Iterable[Row]) -> None:
        """Keep them."""
        self._all.extend(rows)

    def busy(self, words: str) -> AbstractContextManager[object]:  # noqa: ARG002 - a program does not wait for words
        """Nothing."""
        return nullcontext()

    def mails(self, spec: ModelSpec, mails: Sequence[Taken]) -> None:
        """Keep them."""
        self._model, self._mails = spec.name, mails

    def end(self) -> int:
        """Print the line, and return the exit code."""
        total = account(self._mails) if self._mails else None
        listing = Listing(
            candor=__version__,
            model=self._model,
            worst=worst(self._all),
            findings=tuple(Finding(mark=r.mark, code=r.code, says=r.words.says, do=r.words.do) for r in self._all),
            mails=tuple(self._mails),
            in_all=total,
            per_thousand=total.scaled(THOUSAND) if total else None,
        )
        click.echo(listing.model_dump_json())
        return int(listing.worst is Mark.WRONG)
