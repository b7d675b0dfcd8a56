"""One round with a provider's batch service: files that wait are handed in, run there, and what they gave is taken in.

Every step is noted before the next, so that a killed run goes on where it was and hands nothing in twice. What came
back with an error, or not at all, waits again for the next round. What this leaves out: the runs between rounds.
"""

import asyncio

from pipeline.batch import sent
from pipeline.batch.bring import bring
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.batch.store import Store
from pipeline.errors import CandorError, OutputError, RequestError, TransportError
from pipeline.llm.batches import ENDED, Batch, Batches

_PATIENCE = 30  # looks in a row that may find nobody there
_MISSING = 3  # looks in a row that find no such batch: one that is new may not be everywhere yet
_GROWTH = 1.5
_PARTS = 10  # remarks between a batch's start and its end


class Exchange:
    """The rounds of one output folder.

    Args:
        store: the folder's.
        service: entered.
        progress: is told how batches stand.
        final: as in ``take``.
        pauses: seconds between two looks at a batch, at first and at most.
    """

    def __init__(
        self, store: Store, service: Batches, progress: Progress, *, final: bool, pauses: tuple[float, float]
    ) -> None:
        self._store, self._service, self._progress = store, service, progress
        self._final, self._pauses = final, pauses
        self._told: dict[str, tuple[str, int]] = {}
        self._missing: dict[str, int] = {}
        self._lost = 0  # looks in a row
        self._accepted = 0
        self._fault = ""  # why a batch of this round did nothing

    async def recall(self) -> None:
        """Find out what became of batches that were being made when a run was killed.

        Raises:
            OutputError: the provider does not tell, or is not the one that has them.
            CandorError: as ``Batches``.
        """
        for one in sent.under_way(self._store):
            if one.place != self._service.place:
                raise OutputError(
                    f"{one.file} was handed in at {one.place}: go on there first, by --base-url and --model"
                )
            if one.batch:
                continue
            try:
                found = await self._service.find(one.mark)
            except RequestError as error:
                raise OutputError(
                    f"whether {one.file} was handed in before cannot be found out ({error}): if the provider shows no "
                    "batch of it, run once with --retry-failed and without --submit, and the next run hands it in"
                ) from None
            if found:
                sent.made(self._store, one.mark, found.id)
            else:
                sent.let_go(self._store, one.mark)

    async def round(self, files: tuple[str, ...]) -> bool:
        """Hand in ``files`` and take in all that is under way; False when someone asked to stop before the end.

        Raises:
            CandorError: a batch failed as a whole and no other gave anything; or as ``Batches``.
        """
        stop, woken = Stop(), asyncio.Event()
        stop.tell = lambda _: woken.set()
        self._accepted, self._fault = 0, ""
        with stop.guarding():
            for name in files:
                if not stop.asked:
                    await self._hand_in(name)
            await self._wait(stop, woken)
        if self._fault and not self._accepted and not stop.asked:
            raise CandorError(self._fault)
        return not stop.asked

    async def _hand_in(self, name: str) -> None:
        path = self._store.folder / name
        digest, keys = sent.asked_in(path)
        one = sent.intend(self._store, name, digest, keys, self._service.place)
        self._progress.note(f"{name}: handing in {one.lines:,} requests")
        try:
            file = await self._service.upload(path)
            sent.uploaded(self._store, one.mark, file)
            batch = await self._service.create(file, one.mark)
        except RequestError as error:  # refused, so there is none
            sent.let_go(self._store, one.mark)
            self._fault = self._fault or f"{name} was not taken: {error}"
            return
        sent.made(self._store, one.mark, batch.id)
        self._tell(one, batch)

    async def _wait(self, stop: Stop, woken: asyncio.Event) -> None:
        """Look until nothing is under way, or someone asks to stop."""
        pause, longest = self._pauses
        while True:
            for one in sent.under_way(self._store):
                if stop.asked:
                    return
                await self._look(one)
            if stop.asked or not sent.under_way(self._store):
                return
            try:
                async with asyncio.timeout(pause):
                    await woken.wait()
            except TimeoutError:
                pause = min(pause * _GROWTH, longest)

    async def _look(self, one: sent.Sent) -> None:
        try:
            batch = await self._service.look(one.batch)
        except TransportError:
            self._lost += 1
            if self._lost >= _PATIENCE:
                raise
            return
        except RequestError as error:
            self._missing[one.mark] = self._missing.get(one.mark, 0) + 1
            if self._missing[one.mark] >= _MISSING:
                sent.missing(self._store, one.mark)
                raise CandorError(
                    f"the provider knows no batch of {one.file} ({error}): is it the same account? "
                    "If it was deleted there, run once with --retry-failed, and the next run asks anew"
                ) from None
            return
        self._lost = self._missing[one.mark] = 0
        self._tell(one, batch)
        if batch.status == "failed":
            self._drop(one, batch.reason)
        elif batch.status in ENDED:
            took = await bring(self._store, self._service, one, batch, final=self._final)
            self._accepted += took.accepted
            left = one.lines - took.accepted - took.repeated
            again = f"; {left:,} without a reply" if left > 0 else ""
            self._progress.note(f"{one.file}: {took.accepted:,} new replies{again}")

    def _drop(self, one: sent.Sent, why: str) -> None:
        sent.let_go(self._store, one.mark)
        self._fault = self._fault or f"the batch of {one.file} did not run: {why}"

    def _tell(self, one: sent.Sent, batch: Batch) -> None:
        """Say how a batch stands, when that is news."""
        part = _PARTS * batch.done // batch.total if batch.total else 0
        if self._told.get(one.mark) != (batch.status, part):
            self._told[one.mark] = (batch.status, part)
            count = f", {batch.done:,} of {batch.total:,} done" if batch.total else ""
            self._progress.note(f"{one.file}: {batch.status.replace('_', ' ')}{count}")
