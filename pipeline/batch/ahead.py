"""``candor batch --plan``: what a run would do and cost. Nobody is asked, and the output folder stays as it is.

What this leaves out: the counting (``estimate``), and what is printed.
"""

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.batch.compose import ahead, parts_of
from pipeline.batch.estimate import Estimate
from pipeline.batch.job import EVERYTHING, Choice, Job, check
from pipeline.batch.progress import Progress
from pipeline.batch.store import Store, begun
from pipeline.llm.compose import hosted

__all__ = ["Estimate", "plan"]


async def plan(folder: Path, job: Job, now: date, progress: Progress, choice: Choice = EVERYTHING) -> Estimate | None:
    """What a run of ``job`` over ``choice`` would do; None when someone asked to stop.

    Raises:
        UsageError: as ``batch``, but no key is needed.
    """
    parts = parts_of(job.model_copy(update={"engine": "files"}) if hosted(job.model) else job, choice)
    check(folder, job)
    with ExitStack() as opened:
        if begun(folder):
            store = opened.enter_context(Store(folder, create=False))
        else:  # an empty memory, elsewhere
            store = opened.enter_context(Store(Path(opened.enter_context(TemporaryDirectory()))))
        return await ahead(store, job, parts, now, progress)
