import asyncio
from collections.abc import AsyncIterator
from datetime import date

from pipeline.batch.chunk import Parts, chunk
from pipeline.batch.plan import Paired, Planned
from pipeline.batch.progress import Silent
from pipeline.batch.stop import Stop
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Fate
from pipeline.rows import failed
from pipeline.types.message import Message
from pipeline.types.outcome import Attempt, Failure, Outcome
from tests.batch.fakes import TODAY, FakeFlow, letters


class Here:
    """Reads in this process."""

    async def read(self, raw: Raw, fate: Fate) -> Message:
        return read(raw, fate)


class Kept:
    """Rows in a list."""

    def __init__(self) -> None:
        self.rows: list[Outcome] = []

    async def add(self, outcome: Outcome) -> None:
        self.rows.append(outcome)


async def mails(*subjects: str) -> AsyncIterator[Paired]:
    for raw in letters(*subjects):
        yield (
            raw,
            Planned(raw.seq, raw.origin, "", f"key {raw.seq}", TODAY, Fate(f"<{raw.seq}@x.example>", None, False)),
        )


async def test_it_needs_no_engine_and_no_store() -> None:
    kept = Kept()
    await chunk(mails("One", "Two", "Three"), Parts(FakeFlow(), Here(), kept), Silent(), Stop())
    assert sorted(row.key for row in kept.rows) == ["key 0", "key 1", "key 2"]


async def test_a_message_that_hangs_costs_its_own_row_which_is_tried_again() -> None:
    async def hang(subject: str) -> None:
        await asyncio.sleep(60 if subject == "Two" else 0)

    kept = Kept()
    await chunk(mails("One", "Two", "Three"), Parts(FakeFlow(hang), Here(), kept, deadline=0.12), Silent(), Stop())
    late = {row.key: row for row in kept.rows}["key 1"]
    assert late.failure is not None
    assert (late.code, late.failure.kind, late.failure.retriable) == ("failed", "DeadlineError", True)
    assert late.failure.message == "no answer within 0.002 minutes; the next run tries this message again"
    assert late.message is not None
    assert late.message.subject == "Two"
    assert [row.failure for row in kept.rows if row is not late] == [None, None]


class Cut(FakeFlow):
    """The network is gone for the first ``times`` messages; it counts how many are under way."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times, self.flying, self.most_in_outage = times, 0, 0

    async def reply(self, message: Message, key: str, today: date) -> Outcome:
        self.flying += 1
        if 20 <= len(self.seen) < self.times:
            self.most_in_outage = max(self.most_in_outage, self.flying)
        row = await super().reply(message, key, today)
        gone = len(self.seen) <= self.times
        await asyncio.sleep(0.001)
        self.flying -= 1
        return failed(row, DEAD) if gone else row.model_copy(update={"attempts": ASKED})


DEAD = Failure(stage="extract", kind="TransportError", message="no connection to the endpoint", retriable=True)
ASKED = (Attempt(stage="extract", model="m", call="c"),)


async def test_while_the_network_is_cut_one_mail_at_a_time_is_tried() -> None:
    kept, flow, stop = Kept(), Cut(24), Stop()
    await chunk(mails(*map(str, range(60))), Parts(flow, Here(), kept, workers=8, pauses=(0.001,)), Silent(), stop)
    assert not stop.asked
    assert len(kept.rows) == 60
    assert sum(bool(row.failure) for row in kept.rows) == 24
    assert flow.most_in_outage == 1
