"""The batch's composition: it opens the parts that a job names, joins them and closes them.

What this leaves out: any decision; each part says itself what it cannot do.
"""

import hashlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pipeline import __version__
from pipeline.batch.bound import Bound
from pipeline.batch.files import Results, write_requests
from pipeline.batch.job import Job, settle
from pipeline.batch.plan import Inbox
from pipeline.batch.progress import Progress
from pipeline.batch.runner import Summary, run
from pipeline.batch.store import Store
from pipeline.business import load_business
from pipeline.errors import ModelNameError
from pipeline.inbox.source import open_inbox
from pipeline.inbox.threads import Own
from pipeline.llm.cache import Calls, MemoryCalls
from pipeline.llm.compose import ModelSpec, compose, parameters_of
from pipeline.llm.files import FilesModel, Result
from pipeline.llm.profiles import profile_of
from pipeline.llm.recorded import Header
from pipeline.outbox.export import Exported, export
from pipeline.prompts import Prompts, load_prompts
from pipeline.types.business import Business, Profile


class Finished(NamedTuple):
    """How a run ended, what was exported, and how many requests wait in ``requests.jsonl``."""

    summary: Summary
    exported: Exported
    requests: int = 0


def check(job: Job) -> None:
    """Look whether everything that ``job`` names is there.

    Raises:
        UsageError: something is missing or broken.
    """
    open_inbox(Path(job.inbox))
    load_business(Path(job.business))
    load_prompts(*job.prompts)
    calls = MemoryCalls()
    if job.engine == "files":
        _files(job.model, calls)
    else:
        compose(job.model, calls)


async def through(store: Store, job: Job, now: date, progress: Progress) -> Finished:
    """Run ``job`` in the folder of ``store``, write its exports and the requests that wait.

    Raises:
        UsageError: anything the user can mend, before any model is called, or in writing.
    """
    business, prompts = load_business(Path(job.business)), load_prompts(*job.prompts)
    source = open_inbox(Path(job.inbox))
    async with _bound(job, business, prompts, store) as flow:
        # The versions by name: "the newest" may be another one when results come in.
        named = job.model_copy(update={"prompts": tuple(template.name for template in prompts)})
        days = settle(store, named, now)
        summary = await run(Inbox(source, _own(business.profile), days), flow, store, progress)
        requests = _pending(flow)
    write_requests(store, requests)
    return Finished(summary, export(store.outcomes(), store.folder, business.profile, days.today), len(requests))


def header_of(job: Job, name: str, label: str, day: date) -> Header:
    """What a recorded set of this job says of itself; its model is known only from the replies."""
    prompts = {template.stage: f"{template.name} {template.hash}" for template in load_prompts(*job.prompts)}
    return Header(
        name=name, model="", parameters=parameters_of(job.model), date=day, label=label, prompts=dict(prompts)
    )


def _own(profile: Profile) -> Own:
    return Own(frozenset(profile.addresses), frozenset(profile.domains), frozenset(profile.own_lists))


@asynccontextmanager
async def _bound(job: Job, business: Business, prompts: Prompts, store: Store) -> AsyncIterator[Bound]:
    """The flow of ``job``; its model's calls are kept in ``store``.

    Raises:
        ModelNameError: no such model, or it cannot be used by this engine.
    """
    async with compose(ModelSpec(), store) as fallback:
        if job.engine == "files":
            yield Bound(business, prompts, _files(job.model, store, Results(store)), fallback, _identity(job.model))
            return
        async with compose(job.model, store) as model:
            yield Bound(business, prompts, model, fallback, _identity(job.model))


def _pending(flow: Bound) -> dict[str, str]:
    """The requests that a files engine could not answer, by call key; none for any other."""
    return flow.model.pending if isinstance(flow.model, FilesModel) else {}


def _files(spec: ModelSpec, calls: Calls, results: Mapping[str, Result] = MappingProxyType({})) -> FilesModel:
    if not spec.name.startswith("openai:"):
        raise ModelNameError(f"provider files need a model of a provider, openai:NAME, not {spec.name}")
    parameters = parameters_of(spec)
    return FilesModel(parameters, profile_of(spec.base_url, parameters.model), calls, results)


def _identity(spec: ModelSpec) -> str:
    """Name and parameters, this version (its offline model may word the draft) and the content of recorded sets."""
    sets = (Path(folder) / "replies.jsonl" for folder in spec.recorded)
    contents = (hashlib.sha256(path.read_bytes()).hexdigest() for path in sets if path.is_file())
    return "\n".join((parameters_of(spec).model_dump_json(), __version__, *contents))
