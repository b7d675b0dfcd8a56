"""One pass over the outcomes of a run: each draft to its file and the mbox, each outcome to its line and row.

It keeps names of drafts in memory, never rows or outcomes. A draft that cannot be written is a marked row that says so.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

import re2

from pipeline.errors import CandorError, OutputError, failure_of
from pipeline.outbox.folder import Folder
from pipeline.outbox.ledger import Ledger
from pipeline.outbox.mbox import mbox
from pipeline.outbox.rows import Table, jsonl, row
from pipeline.types.outcome import Outcome

_UNWRITTEN = "draft_not_written"
_SLUG = 40  # characters
_OTHER = re2.compile(r"[^a-z0-9]+")


class Filing:
    """Files each outcome as it passes. ``files`` maps an outcome's key to its draft's path, relative to the folder."""

    def __init__(self, ledger: Ledger, write: Callable[[Outcome], bytes]) -> None:
        self._ledger, self._write = ledger, write
        self.files: dict[str, str] = {}

    def filed(
        self, outcomes: Iterable[Outcome], lines: IO[bytes], summary: IO[bytes], box: IO[bytes]
    ) -> Iterator[Outcome]:
        """Write each outcome's draft, line and row, then hand it on."""
        table = Table(summary)
        for number, given in enumerate(outcomes, start=1):
            outcome, data = self._written(given)
            if data:
                name = self._place(outcome, data, number)
                if name.startswith("drafts/") and not outcome.marked:
                    box.writelines(mbox(self._ledger.current(name, data)))
            lines.write(jsonl(outcome).encode() + b"\n")
            table.add(row(outcome, number=number, file=self.files.get(outcome.key, "")))
            yield outcome

    @property
    def kept(self) -> tuple[str, ...]:
        """Files left alone because a person touched them."""
        return tuple(sorted(self._ledger.kept))

    def _written(self, outcome: Outcome) -> tuple[Outcome, bytes]:
        if outcome.draft is None:
            return outcome, b""
        try:
            return outcome, self._write(outcome)
        except CandorError as error:
            marks = (*outcome.marked, _UNWRITTEN)
            return outcome.model_copy(update={"marked": marks, "failure": failure_of(error, "outbox")}), b""

    def _place(self, outcome: Outcome, data: bytes, number: int) -> str:
        assert outcome.message is not None  # there is no draft without a message
        subfolder = "review" if outcome.marked else "drafts"
        sender = outcome.message.sender
        name = f"{subfolder}/{number:04d}-{slug(sender.name) or slug(sender.address) or 'mail'}.eml"
        self.files[outcome.key] = self._ledger.place(name, data, outcome.message.key)
        return self.files[outcome.key]


@contextmanager
def filing(folder: Folder, write: Callable[[Outcome], bytes]) -> Iterator[Filing]:
    """A pass whose files are remembered even if it breaks off; only a whole pass takes stale drafts away."""
    ledger = Ledger(folder)
    try:
        yield Filing(ledger, write)
    except BaseException:
        with suppress(OutputError):
            ledger.remember()
        raise
    ledger.close()


def slug(name: str) -> str:
    """Lower-case ASCII letters, digits and hyphens, at most forty; empty when nothing of that is in ``name``."""
    letters = unicodedata.normalize("NFKD", name[: 4 * _SLUG]).encode("ascii", "ignore").decode().lower()
    return str(_OTHER.sub("-", letters)).strip("-")[:_SLUG].strip("-")
