import asyncio
from collections.abc import AsyncIterator

from pipeline.batch.chunk import Parts, chunk
from pipeline.batch.plan import Paired, Planned
from pipeline.batch.progress import Silent
from pipeline.batch.stop import Stop
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Fate
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome
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


class Heard(Silent):
    """A progress that remembers its notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


async def test_who_asks_to_stop_is_told_what_happens_now() -> None:
    stop, heard, kept = Stop(), Heard(), Kept()
    flow = FakeFlow(lambda subject: stop.signalled() if subject == "Two" else None)
    await chunk(mails("One", "Two", "Three", "Four"), Parts(flow, Here(), kept, workers=1), heard, stop)
    assert heard.notes == ["Finishing what is running; Ctrl-C again stops at once."]
    assert [row.key for row in kept.rows] == ["key 0", "key 1"]
