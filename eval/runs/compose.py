"""``candor eval run`` and ``collect``: a plan and a folder become records. The composition of the room.

A record that is there already is not made again; a reply that is there is not asked again. Left out: verdicts, which
read the records, and what is printed.
"""

import gc
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from eval.rubrics.load import load_rubric
from eval.runs.desk import Desk
from eval.runs.drafting import Writers
from eval.runs.folder import RunFolder
from eval.runs.judging import Judges
from eval.runs.keeper import Keeper
from eval.runs.models import Opened
from eval.runs.plan import units_of
from eval.runs.queue import Ended, through
from eval.runs.unit import Bench, Made
from eval.suites.load import load_suite
from eval.types.case import Case
from eval.types.record import Plan, Record
from pipeline.batch.progress import Progress
from pipeline.llm.files import Result
from pipeline.llm.model import Model
from pipeline.prompts import load_prompt, load_prompts, newest

_NONE: Mapping[str, Result] = MappingProxyType({})


class Finished(NamedTuple):
    """How a run ended: units in all, how those that were missing ended, lines in ``requests.jsonl``; what it holds."""

    units: int
    ended: Ended
    requests: int = 0
    cases: tuple[Case, ...] = ()
    records: tuple[Record, ...] = ()

    def __repr__(self) -> str:
        """Short: ``asyncio.run`` of Python 3.11 writes out what its task returned, and records are megabytes."""
        return f"<{self.units} units, {self.ended}>"


async def run(folder: Path, plan: Plan, progress: Progress, results: Mapping[str, Result] = _NONE) -> Finished:
    """Make every record of ``plan`` that ``folder`` lacks; ``results`` are those of a provider's file, by call key.

    Raises:
        UsageError: anything the user can mend, before any model is asked.
    """
    suite, rubric = load_suite(Path(plan.suite)), load_rubric(plan.rubric)
    versions = {label: load_prompts(*names) for label, names in plan.versions.items()}
    units = units_of(suite, plan)
    async with AsyncExitStack() as stack:
        kept = stack.enter_context(RunFolder(folder))
        kept.settle(plan)
        opened = Opened(plan.engine, kept.calls, results, stack)
        desk = Desk(suite, Path(stack.enter_context(TemporaryDirectory())))
        writers = Writers(_unopened, versions, desk, plan.model.model_dump_json(), plan.repair)
        bench = Bench(plan, suite.hash, rubric, writers, _judges(plan))
        keeper = stack.enter_context(Keeper(kept, [key for unit in units for key in bench.keys(unit)]))
        todo = [unit for unit in units if not keeper.has(bench.keys(unit))]
        if todo:  # a client takes its time to open, and a run that is complete needs none
            bench = await _with_models(bench, opened)

        def keep(made: Made) -> None:
            keeper.keep(made)
            progress.step(made.records[0].outcome)

        gc.freeze()  # what is open by now stays to the end, and need not be looked through again and again
        progress.start(len(todo))
        ended = await through(todo, bench.make, keep)
        progress.end()
        requests = kept.ask(opened.pending())
        return Finished(len(units), ended, requests, tuple(unit.case for unit in units), keeper.records())


def _judges(plan: Plan) -> Judges | None:
    if plan.judge is None:
        return None
    single, pair = load_prompt(newest("judge")), load_prompt(newest("pair"))
    return Judges(_unopened, single, pair, plan.judge.model_dump_json())


async def _with_models(bench: Bench, opened: Opened) -> Bench:
    writers = bench.writers._replace(models=await opened.models(bench.plan.model))
    if bench.judges is None or bench.plan.judge is None:
        return replace(bench, writers=writers)
    return replace(bench, writers=writers, judges=bench.judges._replace(models=await opened.models(bench.plan.judge)))


def _unopened(repeat: int) -> Model:
    raise AssertionError(f"no model is open for repeat {repeat}")
