"""What ``candor batch``, ``collect`` and ``record`` do with an output folder; the public face of this room.

What this leaves out: reading settings and the clock, and what is printed.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline.batch.compose import Finished, header_of, parts_of, rounds, through
from pipeline.batch.files import Collected, take
from pipeline.batch.job import EVERYTHING, Choice, Job, Submit, check, chosen_before, settled
from pipeline.batch.progress import Progress
from pipeline.batch.record import write_record
from pipeline.batch.store import Store
from pipeline.errors import OutputError, UsageError

__all__ = ["Collected", "Finished", "Job", "Submit", "batch", "collect", "job_of", "record"]


async def batch(  # noqa: PLR0913 - what a run is told
    folder: Path,
    job: Job,
    now: date,
    progress: Progress,
    *,
    choice: Choice = EVERYTHING,
    dollars: Decimal | None = None,
    submit: Submit | None = None,
) -> Finished:
    """Take an inbox through the flow into ``folder``, or go on where an earlier run ended.

    Only what ``choice`` says is worked on, and with ``dollars`` the calls of this run cost no more than that. With
    ``submit`` the files of a files engine go to the provider and their results come back, until nothing waits.

    Raises:
        UsageError: anything the user can mend, before any model is called.
    """
    parts = parts_of(job, choice, dollars)  # what is wrong with the job shall not leave an output folder behind
    check(folder, job)
    if submit and job.engine != "files":
        raise UsageError("--submit hands in provider files: it goes with --engine files")
    with Store(folder) as store:
        return await (rounds(submit) if submit else through)(store, job, parts, now, progress)


async def collect(  # noqa: PLR0913 - what it is told
    folder: Path,
    files: Sequence[Path],
    now: date,
    progress: Progress,
    *,
    final: bool = False,
    submit: Submit | None = None,
) -> tuple[Collected, Finished]:
    """Take in the result files of a provider, go on with what they answer, and write the next requests.

    With ``final`` a request that failed is not asked again: its message ends with that failure. ``submit`` as above.

    Raises:
        UsageError: anything the user can mend.
    """
    with Store(folder, create=False) as store:
        job = settled(store)
        if job.engine != "files":
            raise OutputError(f"{folder} waits for no results: it was not run with --engine files")
        parts = parts_of(job, chosen_before(store))
        collected = take(store, files, final=final)
        return collected, await (rounds(submit) if submit else through)(store, job, parts, now, progress)


def job_of(folder: Path) -> Job:
    """What ``folder`` was last given.

    Raises:
        UsageError: it holds no run, or is in use.
    """
    with Store(folder, create=False) as store:
        return settled(store)


def record(folder: Path, into: Path, label: str, day: date) -> int:
    """Write the replies behind the outcomes of ``folder`` as a recorded set at ``into``; returns how many.

    Raises:
        UsageError: anything the user can mend.
    """
    with Store(folder, create=False) as store:
        header = header_of(settled(store), into.name, label, day)
        return write_record(store, into, header)
