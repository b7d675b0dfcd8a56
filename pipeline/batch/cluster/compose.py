"""The composition of a cluster: the driver's side joined to a store, and a worker's side opened from its task.

What this leaves out: any decision; each part says itself what it cannot do.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path

from pipeline.batch.bound import Bound, identity_of
from pipeline.batch.chunk import WORKERS, Parts
from pipeline.batch.cluster.driver import Driver, Size
from pipeline.batch.cluster.given import Given
from pipeline.batch.cluster.known import Known, copy_calls, drop_copy
from pipeline.batch.cluster.lease import BEAT, Lease, over
from pipeline.batch.cluster.merging import Merging
from pipeline.batch.cluster.parcels import drop
from pipeline.batch.cluster.shards import FOLDER, Shard, Tail, left_over, shards
from pipeline.batch.cluster.stage import Room
from pipeline.batch.cluster.task import Task
from pipeline.batch.cluster.wave import Engine, Site
from pipeline.batch.doubted import fitting
from pipeline.batch.progress import Silent
from pipeline.batch.store import DATABASE, Store
from pipeline.errors import OutputError
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Fate
from pipeline.inbox.worker import Reader, the_worker
from pipeline.llm.compose import ModelSpec, compose, limit_of
from pipeline.types.earlier import Earlier
from pipeline.types.message import Message


async def take_in(store: Store) -> None:
    """Merge what a run on a cluster left that did not come to its end, and have its workers stop.

    Raises:
        OutputError: the folder cannot be read or written.
    """
    folder = store.folder / FOLDER
    if not left_over(store.folder):
        return
    lease = Lease(folder, secrets.token_hex(8))
    try:
        await asyncio.sleep(2 * BEAT)  # until they have heard
        merging = Merging(folder, store)
        await merging.take(Silent())
        merging.clean()
        drop(folder)
        drop_copy(folder)
    finally:
        lease.close()


@asynccontextmanager
async def driving(
    store: Store, flow: Bound, task: Task, engine: Engine, earlier: Callable[[str], Earlier | None]
) -> AsyncIterator[Driver]:
    """The ``Work`` of a cluster for one run with ``flow``, whose folder is clean afterwards; see ``Driver``.

    Of ``task`` only what is to be done need be told.

    Raises:
        OutputError: the folder cannot be written.
    """
    folder, run = _made(store.folder / FOLDER), secrets.token_hex(8)
    drop(folder)
    lease, merging = Lease(folder, run), Merging(folder, store, run)
    try:
        copy_calls(store.folder / DATABASE, folder, *[fitting(task.prompts)] * task.anew)
        task = task._replace(folder=folder.absolute(), run=run, proof=proof_of(flow))
        site = Site(task, lease.stop, merging)
        yield Driver(site, engine, Size(store.due, limit_of(task.model, WORKERS)), earlier)
    finally:
        lease.close()
        drop(folder)
        drop_copy(folder)
        merging.clean()


def proof_of(flow: Bound) -> str:
    """The key of no message, which tells one Candor, policy and prompt from another."""
    return flow.key("", "", date.min)


async def opened(task: Task, reader: Reader | None = None) -> Room:
    """A worker for ``task``, open until its process ends; mails are read in a child process, or by ``reader``.

    Raises:
        UsageError: the model or the folder cannot be used from here.
    """
    known, given = Known(task.folder), Given()
    for path in shards(task.folder, task.run):  # of workers that were lost, which this one may stand in for
        for line in Tail(path):
            if line.call:
                known.add(line.call.key, line.call.completion)
    shard, stack = Shard(task.folder, task.run, known, anew=task.anew), AsyncExitStack()  # nobody closes it
    fallback = await stack.enter_async_context(compose(ModelSpec(), shard))
    model = await stack.enter_async_context(compose(task.model, shard))
    flow = Bound(task.business, task.prompts, model, fallback, identity_of(task.model), given)
    if proof_of(flow) != task.proof:
        raise OutputError("a worker of the cluster has another version of Candor than this one; install the same")
    room = Room(Parts(flow, _InTurn(reader or the_worker()), shard, task.at_once), given)
    room.held = stack, asyncio.create_task(_watch(task, room))
    return room


async def _watch(task: Task, room: Room) -> None:
    reason = await over(task.folder, task.run)
    room.end(OutputError(reason) if reason else None)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}") from None
    return folder


class _InTurn:
    """A reader for several parcels: one mail at a time, as the child reads."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._turn = reader, asyncio.Lock()

    async def read(self, raw: Raw, fate: Fate) -> Message:
        """As the reader does, once it is free."""
        async with self._turn:
            return await self._reader.read(raw, fate)
