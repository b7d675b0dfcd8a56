"""The batch's composition: it opens the parts that a job names, joins them and closes them.

What this leaves out: any decision; each part says itself what it cannot do.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, nullcontext
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pipeline.batch.before import Before
from pipeline.batch.bound import Bound, identity_of
from pipeline.batch.chunk import Work, chunk
from pipeline.batch.cluster.compose import driving, take_in
from pipeline.batch.cluster.ray_engine import RayEngine, check
from pipeline.batch.cluster.task import Task
from pipeline.batch.files import Results, write_requests
from pipeline.batch.job import Job, settle
from pipeline.batch.plan import Inbox
from pipeline.batch.progress import Progress
from pipeline.batch.rebuild import keep_profile
from pipeline.batch.runner import Summary, run
from pipeline.batch.store import Store
from pipeline.business.folder import load_business
from pipeline.errors import ModelNameError
from pipeline.inbox.source import Source
from pipeline.inbox.sources.inboxes import open_inbox
from pipeline.inbox.threads import Own
from pipeline.llm.cache import Calls, MemoryCalls
from pipeline.llm.compose import ModelSpec, compose, parameters_of
from pipeline.llm.files import FilesModel, Result
from pipeline.llm.model import Model
from pipeline.llm.profiles import profile_of
from pipeline.llm.recorded import Header
from pipeline.outbox.export import Exported, export
from pipeline.prompts import Prompts, load_prompts
from pipeline.types.business import Business


class Finished(NamedTuple):
    """How a run ended, what was exported, and how many requests wait in ``requests.jsonl``."""

    summary: Summary
    exported: Exported
    requests: int = 0


class Parts(NamedTuple):
    """What a job names, read from disk."""

    source: Source
    business: Business
    prompts: Prompts


def parts_of(job: Job) -> Parts:
    """Read what ``job`` names; its model is looked for too, and opened later.

    Raises:
        UsageError: something is missing or broken.
    """
    calls = MemoryCalls()
    if job.engine == "files":
        _files(job.model, calls)
    else:
        compose(job.model, calls)
    if job.engine == "ray":
        check()
    source = open_inbox(Path(job.inbox), job.format, Path(job.columns) if job.columns else None)
    return Parts(source, load_business(Path(job.business)), load_prompts(*job.prompts))


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
        days = settle(store, named, now)
        keep_profile(store, profile)
        inbox = Inbox(parts.source, Own.of(profile), days, profile.stale_after_days, job.inbox, before)
        async with _work(job, parts, store, flow, before) as work:
            summary = await run(inbox, flow, store, progress, work=work)
        requests = _pending(flow)
    if not summary.interrupted:  # half a run knows only half of what waits
        write_requests(store, requests)
    return Finished(summary, export(store.outcomes(), store.folder, profile, days.today), len(requests))


def header_of(job: Job, name: str, label: str, day: date) -> Header:
    """What a recorded set of this job says of itself; its model is known only from the replies."""
    prompts: dict[str, str] = {one.stage: f"{one.name} {one.hash}" for one in load_prompts(*job.prompts)}
    return Header(name=name, model="", parameters=parameters_of(job.model), date=day, label=label, prompts=prompts)


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
    async with compose(ModelSpec(), store) as fallback, _model(job, store) as model:
        yield Bound(parts.business, parts.prompts, model, fallback, identity_of(job.model), before)


def _work(job: Job, parts: Parts, store: Store, flow: Bound, before: Before) -> AbstractAsyncContextManager[Work]:
    if job.engine != "ray":
        return nullcontext(chunk)
    task = Task(job.model, parts.business, parts.prompts)
    return driving(store, flow, task, RayEngine(job.address, job.workers), before.found)


def _model(job: Job, store: Store) -> AbstractAsyncContextManager[Model]:
    if job.engine == "files":
        return nullcontext(_files(job.model, store, Results(store)))
    return compose(job.model, store)


def _pending(flow: Bound) -> dict[str, str]:
    """The requests that a files engine could not answer, by call key; none for any other."""
    return flow.model.pending if isinstance(flow.model, FilesModel) else {}


def _files(spec: ModelSpec, calls: Calls, results: Mapping[str, Result] = MappingProxyType({})) -> FilesModel:
    if not spec.name.startswith("openai:"):
        raise ModelNameError(f"provider files need a model of a provider, openai:NAME, not {spec.name}")
    parameters = parameters_of(spec)
    return FilesModel(parameters, profile_of(spec.base_url, parameters.model), calls, results)
