"""The order of a checkup: this computer, the business folder, the model's endpoint, then the invented mails.

Whatever is found wrong becomes a row, and the rest is looked at all the same. What this leaves out: how it is told, and
the flow that a mail is taken through; both come from the command.
"""

import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from time import perf_counter
from typing import Protocol

from pipeline.checkup.folder import folder_rows
from pipeline.checkup.machine import machine_rows, this_machine
from pipeline.checkup.model import model_rows, sends, trouble_of
from pipeline.checkup.rows import Mark, Row, look, worst, wrong
from pipeline.checkup.samples import Taken, sample_rows, samples, taken
from pipeline.errors import CandorError
from pipeline.llm.compose import ModelSpec
from pipeline.types.outcome import Outcome

Take = Callable[[Path, ModelSpec], Awaitable[Outcome]]
"""Takes the mail in a file through the flow."""

_OFFLINE = ModelSpec()


class Report(Protocol):
    """Who is told, piece by piece."""

    def agreed(self, spec: ModelSpec) -> bool:
        """Tell what would be sent to the endpoint of ``spec``; may it be?"""
        ...

    def rows(self, rows: Iterable[Row]) -> None:
        """Rows that belong together."""
        ...

    def busy(self, words: str) -> AbstractContextManager[object]:
        """This may take a while."""
        ...

    def mails(self, spec: ModelSpec, mails: Sequence[Taken]) -> None:
        """What became of the invented mails, taken with the model of ``spec``."""
        ...


async def examine(spec: ModelSpec, folder: Path, *, named: bool, report: Report, take: Take) -> None:
    """Look at everything. ``folder`` is the business folder, ``named`` when somebody named it.

    Nothing leaves this computer unless ``report`` has agreed.
    """
    trouble = trouble_of(spec)
    agreed = bool(trouble) or not sends(spec) or report.agreed(spec)
    report.rows(machine_rows(this_machine(sys.stdout)))
    report.rows(folder_rows(folder, named=named))
    with report.busy("Asking the endpoint ..."):
        rows = [wrong("wrong_model", sentence=trouble)] if trouble else await model_rows(spec, agreed=agreed)
    broken = worst(rows) is Mark.WRONG
    report.rows([*rows, look("instead")] if broken else rows)
    await _mails(_OFFLINE if broken or not agreed else spec, report, take)


async def _mails(spec: ModelSpec, report: Report, take: Take) -> None:
    """Take the invented mails through the flow, one after the other, so that each one's time is its own."""
    done: list[Taken] = []
    stopped: list[Row] = []
    with report.busy("Getting ready ..."):
        await take(samples()[0].path, _OFFLINE)  # loads what is loaded once, so that no mail pays for it
    for sample in samples():
        with report.busy(f"Taking a mail through: {sample.title} ..."):
            started = perf_counter()
            try:
                outcome = await take(sample.path, spec)
            except CandorError as error:
                stopped = [wrong("stopped", sentence=error)]
                break
            done.append(taken(sample, outcome, perf_counter() - started, spec))
    report.mails(spec, done)
    report.rows([*sample_rows(done), *stopped])
