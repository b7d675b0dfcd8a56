"""The batch's composition: it opens the parts that a job names, joins them and closes them.

What this leaves out: any decision; each part says itself what it cannot do.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, closing, nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Self

from pipeline.batch.before import Before
from pipeline.batch.bound import Bound, identity_of
from pipeline.batch.choice import suits
from pipeline.batch.chunk import WORKERS, Work, chunk
from pipeline.batch.cluster.compose import driving, take_in
from pipeline.batch.cluster.ray_engine import RayEngine, check
from pipeline.batch.cluster.task import Task
from pipeline.batch.doubted import Doubted
from pipeline.batch.estimate import Estimate, estimate
from pipeline.batch.exchange import Exchange
from pipeline.batch.files import Limits, Results, Waiting, write_requests
from pipeline.batch.job import (
    EVERYTHING,
    Choice,
    Days,
    Job,
    Submit,
    chosen_before,
    days_of,
    other_model,
    settle,
    settled,
)
from pipeline.batch.look import look
from pipeline.batch.pending import Pending
from pipeline.batch.plan import Inbox
from pipeline.batch.progress import Progress
from pipeline.batch.rebuild import keep_profile
from pipeline.batch.runner import Summary, run
from pipeline.batch.sent import away, doubt
from pipeline.batch.store import Store
from pipeline.business.folder import load_business
from pipeline.errors import CandorError, ModelNameError, UsageError
from pipeline.inbox.headers import Head
from pipeline.inbox.source import Source
from pipeline.inbox.sources.inboxes import open_inbox
from pipeline.inbox.threads import Own
from pipeline.llm.budget import Budget, budget_of
from pipeline.llm.cache import Calls, MemoryCalls
from pipeline.llm.compose import ModelSpec, batches_of, compose, hosted, limit_of, parameters_of, profile_of_spec
from pipeline.llm.counting import Counting
from pipeline.llm.files import FilesModel, Result
from pipeline.llm.model import Model
from pipeline.llm.recorded import Header
from pipeline.outbox.export import Exported, export
from pipeline.prompts import Prompts, load_prompts
from pipeline.types.business import Business


class Finished(NamedTuple):
    """How a run ended, what was exported, what waits for a provider, what a budget has left, and the days."""

    summary: Summary
    exported: Exported
    waiting: Waiting = Waiting()
    budget: Budget | None = None
    days: Days | None = None

    @property
    def requests(self) -> int:
        """How many requests wait."""
        return self.waiting.requests

    def broken_off(self, away: int, error: CandorError | None) -> Self:
        """The same, ended before its time with so many requests at the provider."""
        summary = self.summary._replace(interrupted=True, error=error)
        return self._replace(summary=summary, waiting=self.waiting._replace(away=away))


class Parts(NamedTuple):
    """What a job names, read from disk, and what one run of it is told besides."""

    source: Source
    business: Business
    prompts: Prompts
    choice: Choice = EVERYTHING
    suits: Callable[[Head], bool] | None = None
    budget: Budget | None = None


Run = Callable[[Store, Job, Parts, date, Progress], Awaitable[Finished]]
"""A way to take a job to its end, or as far as it goes now."""


def parts_of(job: Job, choice: Choice = EVERYTHING, dollars: Decimal | None = None) -> Parts:
    """Read what ``job`` names; its model is looked for too, and opened later. ``dollars`` are what its calls may cost.

    Raises:
        UsageError: something is missing or broken.
    """
    budget = None if dollars is None else _budget(job, dollars)
    calls = MemoryCalls()
    if job.engine == "files":
        _files(job.model, calls)
    else:
        compose(job.model, calls)
    if job.engine == "ray":
        check()
    source = open_inbox(Path(job.inbox), job.format, Path(job.columns) if job.columns else None)
    business = load_business(Path(job.business))
    return Parts(source, business, load_prompts(*job.prompts), choice, suits(choice, business), budget)


async def through(store: Store, job: Job, parts: Parts, now: date, progress: Progress) -> Finished:
    """Run ``job`` in the folder of ``store``, write its exports and the requests that wait.

    Raises:
        UsageError: the folder was begun otherwise or cannot be written.
    """
    profile = parts.business.profile
    await take_in(store)
    async with _before(job, parts, store) as before, _bound(job, parts, store, before) as flow:
        # The versions by name: "the newest" may be another one when results come in.
        named = job.model_copy(update={"prompts": tuple(template.name for template in parts.prompts)})
        if told := other_model(store, named):
            progress.note(told)
        days = settle(store, named, now)
        keep_profile(store, profile)
        if parts.choice.failed:
            store.await_anew()
            doubt(store)
        inbox = _inbox(job, parts, days, before)
        async with _work(job, parts, store, flow, before) as work:
            summary = await run(inbox, flow, store, progress, workers=limit_of(job.model, WORKERS), work=work)
        waiting = _written(store, flow, job, whole=not summary.interrupted)
    _note_old(store.outdated(), progress)
    exported = export(store.outcomes(), store.folder, profile, days.today)
    return Finished(summary, exported, waiting, parts.budget, days)


def rounds(submit: Submit) -> Run:
    """A run that hands its requests in at the provider, waits, goes on with the replies, and so on until none waits.

    It ends early when someone asks to stop, or when a round can't be done; ``Summary.error`` is why. Raises as
    ``through``.
    """

    async def run_all(store: Store, job: Job, parts: Parts, now: date, progress: Progress) -> Finished:
        async with batches_of(job.model) as service:
            exchange = Exchange(store, service, progress, final=submit.final, pauses=submit.pauses)
            await exchange.recall()
            finished = await through(store, job, parts, now, progress)
            while finished.requests and not finished.summary.interrupted:
                try:
                    done, error = await exchange.round(finished.waiting.files), None
                except CandorError as told:
                    done, error = False, told
                if not done:
                    return finished.broken_off(len(away(store)), error)
                job = settled(store)
                finished = await through(store, job, parts_of(job, chosen_before(store)), now, progress)
        return finished

    return run_all


async def ahead(store: Store, job: Job, parts: Parts, now: date, progress: Progress) -> Estimate | None:
    """What ``through`` would do and cost; nothing is kept in ``store``. None when someone asked to stop.

    Raises:
        UsageError: as ``through``.
    """
    counting = Counting(parameters_of(job.model), _calls(store, parts))
    async with _before(job, parts, store) as before, compose(ModelSpec(), store) as offline:
        flow = Bound(parts.business, parts.prompts, counting, offline, identity_of(job.model), before)
        inbox = _inbox(job, parts, days_of(store, job, now), before)
        counted = await look(inbox, flow, store, progress, reads=hosted(job.model))
    if counted is None:
        return None
    if not hosted(job.model):
        return Estimate(**counted.model_dump())
    return estimate(counted, counting, job.model, store.taken(parameters_of(job.model).model))


def header_of(job: Job, name: str, label: str, day: date) -> Header:
    """What a recorded set of this job says of itself; its model is known only from the replies."""
    prompts: dict[str, str] = {one.stage: f"{one.name} {one.hash}" for one in load_prompts(*job.prompts)}
    return Header(name=name, model="", parameters=parameters_of(job.model), date=day, label=label, prompts=prompts)


def _note_old(mails: int, progress: Progress) -> None:
    """Nobody shall take what an earlier policy said for what the one of today says."""
    if mails:
        progress.note(
            f"Mails shown as an earlier policy, prompt or model left them, since this run did not come to them: "
            f"{mails:,}. The run that does makes them anew."
        )


@asynccontextmanager
async def _before(job: Job, parts: Parts, store: Store) -> AsyncIterator[Before]:
    """The noes of this folder and of those that ``job`` names, as they are now."""
    others = (Path(folder) for folder in dict.fromkeys(job.earlier))
    with ExitStack() as opened:
        stores = [opened.enter_context(Store(f, create=False)) for f in others if f.resolve() != store.folder.resolve()]
        yield Before((*stores, store), parts.business)


@asynccontextmanager
async def _bound(job: Job, parts: Parts, store: Store, before: Before) -> AsyncIterator[Bound]:
    """The flow of ``job``; its model's calls are kept in ``store``."""
    async with compose(ModelSpec(), store) as fallback, _model(job, store, parts) as model:
        yield Bound(parts.business, parts.prompts, model, fallback, identity_of(job.model), before)


def _work(job: Job, parts: Parts, store: Store, flow: Bound, before: Before) -> AbstractAsyncContextManager[Work]:
    if job.engine != "ray":
        return nullcontext(chunk)
    task = Task(job.model, parts.business, parts.prompts, anew=parts.choice.failed)
    return driving(store, flow, task, RayEngine(job.address, job.workers), before.found)


def _inbox(job: Job, parts: Parts, days: Days, before: Before) -> Inbox:
    profile = parts.business.profile
    return Inbox(
        parts.source, Own.of(profile), days, profile.stale_after_days, job.inbox, before, parts.choice, parts.suits
    )


def _budget(job: Job, dollars: Decimal) -> Budget | None:
    """A budget for calls that have a price; a model that is asked for nothing needs none."""
    if job.engine == "ray":
        raise UsageError(
            "--budget is for one process, and --engine ray has many: --plan tells the cost, --limit bounds it"
        )
    if job.engine == "files":
        raise UsageError(
            "--budget is for calls that Candor makes itself; with --engine files the provider bills what you hand in: "
            "--plan tells what that will cost, and --limit bounds it"
        )
    return budget_of(job.model.base_url, parameters_of(job.model).model, dollars) if hosted(job.model) else None


@asynccontextmanager
async def _model(job: Job, store: Store, parts: Parts) -> AsyncIterator[Model]:
    if job.engine == "files":
        with closing(Pending()) as pending:
            yield _files(job.model, _calls(store, parts), Results(store), pending)
    else:
        async with compose(job.model, _calls(store, parts), parts.budget) as model:
            yield model


def _calls(store: Store, parts: Parts) -> Calls:
    return Doubted(store, parts.prompts) if parts.choice.failed else store


def _written(store: Store, flow: Bound, job: Job, *, whole: bool) -> Waiting:
    """Write the requests that a files engine could not answer; half a run knows only half of what waits."""
    if not isinstance(flow.model, FilesModel):
        return write_requests(store, {}) if whole else Waiting()
    if not whole:
        return Waiting(len(flow.model.pending))
    profile = profile_of_spec(job.model)
    return write_requests(store, flow.model.pending, Limits(profile.file_lines, profile.file_bytes))


def _files(
    spec: ModelSpec,
    calls: Calls,
    results: Mapping[str, Result] = MappingProxyType({}),
    pending: MutableMapping[str, str] | None = None,
) -> FilesModel:
    if not hosted(spec):
        raise ModelNameError(f"provider files need a model of a provider, openai:NAME, not {spec.name}")
    return FilesModel(parameters_of(spec), profile_of_spec(spec), calls, results, pending=pending)
