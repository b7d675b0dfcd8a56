import asyncio
import logging
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, tzinfo

import pytest

from pipeline.batch.job import Days
from pipeline.batch.plan import Inbox
from pipeline.batch.progress import Silent
from pipeline.batch.runner import Summary, run
from pipeline.batch.store import Store
from pipeline.errors import EndpointError, OutputError, PendingError, UnreadableError
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw, Shelf, Source
from pipeline.inbox.threads import Fate, Own
from pipeline.inbox.worker import ReadingFaultError
from pipeline.rows import failed
from pipeline.types.message import Message
from pipeline.types.outcome import Failure, Outcome
from tests.batch.fakes import TODAY, FakeFlow, completion, letter, letters, prompt

OWN = Own(addresses=frozenset({"us@studio.example"}))


async def go(source: Source, flow: FakeFlow, store: Store, *, workers: int = 4, days: Days | None = None) -> Summary:
    return await run(Inbox(source, OWN, days or Days(TODAY)), flow, store, Silent(), workers=workers)


def codes(store: Store) -> list[tuple[str, str]]:
    return [(row.origin, row.code) for row in store.outcomes()]


async def test_every_message_gets_exactly_one_row_in_the_order_of_the_inbox(store: Store) -> None:
    reply = letter("Re: offer", sender="us@studio.example", extra="In-Reply-To: <none@client.example>\n")
    source = [
        *letters("One", "Two"),
        Raw(2, "2.eml", letter("One")),
        Raw(3, "3.eml", b""),
        Raw(4, "4.eml", reply),
        Raw(5, "5.eml", letter("Six")),
    ]
    summary = await go(source, FakeFlow(), store)
    assert summary == Summary(messages=6, resumed=0, ended=6, waiting=0)
    assert codes(store) == [
        ("0.eml", "no_objection"),
        ("1.eml", "no_objection"),
        ("2.eml", "duplicate"),
        ("3.eml", "failed"),
        ("4.eml", "own"),
        ("5.eml", "no_objection"),
    ]
    assert len({row.key for row in store.outcomes()}) == 6


async def test_many_copies_of_one_mail_are_many_rows(store: Store) -> None:
    await go([Raw(seq, f"{seq}.eml", letter("One")) for seq in range(5)], FakeFlow(), store)
    assert [code for _, code in codes(store)].count("duplicate") == 4


async def test_run_again_it_does_nothing_twice(store: Store) -> None:
    source, flow = letters("One", "Two", "Three"), FakeFlow()
    await go(source, flow, store)
    before = list(store.outcomes())
    assert await go(source, flow, store) == Summary(messages=3, resumed=3, ended=0, waiting=0)
    assert len(flow.seen) == 3
    assert list(store.outcomes()) == before


async def test_a_new_mail_is_added_without_doing_the_others_again(store: Store) -> None:
    flow = FakeFlow()
    await go(letters("One", "Two"), flow, store)
    await go(letters("Zero", "One", "Two"), flow, store)
    assert flow.seen == ["One", "Two", "Zero"]
    assert [row.message and row.message.subject for row in store.outcomes()] == ["Zero", "One", "Two"]


async def test_rows_of_an_older_key_are_not_shown_again(store: Store) -> None:
    await go(letters("One"), FakeFlow(identity="old prompt"), store)
    await go(letters("One"), FakeFlow(identity="new prompt"), store)
    assert [row.key.split()[0] for row in store.outcomes()] == ["new"]


async def test_a_mail_that_a_newer_one_supersedes_changes_its_row(store: Store) -> None:
    flow, first = FakeFlow(), letter("First", sender="ada@client.example")
    await go([Raw(0, "0.eml", first)], flow, store)
    second = letter("Second", sender="ada@client.example", extra="In-Reply-To: <4669727374@client.example>\n")
    await go([Raw(0, "0.eml", first), Raw(1, "1.eml", second.replace(b"20 Apr", b"21 Apr"))], flow, store)
    assert codes(store) == [("0.eml", "superseded"), ("1.eml", "no_objection")]


async def test_a_fault_of_ours_is_one_failed_row_and_tried_again(store: Store) -> None:
    def stumble(subject: str) -> None:
        if subject == "Two":
            raise KeyError("something of the mail")

    summary = await go(letters("One", "Two", "Three"), FakeFlow(stumble), store)
    assert (summary.ended, summary.error) == (3, None)
    failure = list(store.outcomes())[1].failure
    assert failure is not None
    assert (failure.kind, failure.message) == (
        "KeyError",
        "an unexpected fault (KeyError); the next run tries this message again",
    )
    flow = FakeFlow()
    await go(letters("One", "Two", "Three"), flow, store)
    assert flow.seen == ["Two"]
    assert [code for _, code in codes(store)] == ["no_objection"] * 3


class Unwritable(FakeFlow):
    """Its outcomes hold what no file can."""

    async def reply(self, message: object, key: str, today: object) -> Outcome:
        row = await super().reply(message, key, today)  # type: ignore[arg-type]
        return row.model_copy(update={"code": "\udcff"})


async def test_an_outcome_that_cannot_be_stored_is_a_failed_row(store: Store) -> None:
    summary = await go(letters("One"), Unwritable(), store)
    assert summary.ended == 1
    assert codes(store) == [("0.eml", "failed")]


async def test_a_name_that_no_file_can_hold_still_gets_its_row(store: Store) -> None:
    summary = await go([Raw(0, "\udcff.eml", letter("One"))], FakeFlow(), store)
    assert summary.ended == 1
    assert [code for _, code in codes(store)] == ["failed"]


async def test_a_refusing_endpoint_stops_the_run_and_keeps_what_is_done(store: Store) -> None:
    def refuse(subject: str) -> None:
        if subject == "5":
            raise EndpointError("the endpoint refuses the key (401)")

    flow = FakeFlow(refuse)
    summary = await go(letters(*map(str, range(20))), flow, store, workers=1)
    assert str(summary.error) == "the endpoint refuses the key (401)"
    assert summary.interrupted
    assert (summary.ended, summary.waiting) == (5, 15)
    assert len(flow.seen) == 6
    resumed = FakeFlow()
    await go(letters(*map(str, range(20))), resumed, store)
    assert resumed.seen == [str(n) for n in range(5, 20)]


class Failing(FakeFlow):
    """Its rows end with the failure that stands for their subject, if one does."""

    def __init__(self, **failures: Failure) -> None:
        super().__init__()
        self.failures = failures

    async def reply(self, message: Message, key: str, today: date) -> Outcome:
        row = await super().reply(message, key, today)
        failure = self.failures.get(message.subject)
        return failed(row, failure) if failure and not message.skip else row


DEAD = Failure(stage="extract", kind="TransportError", message="no connection to the endpoint: refused", retriable=True)
UNKNOWN = Failure(stage="draft", kind="RequestError", message="the endpoint refused the request (404): no such model")
USELESS = Failure(stage="extract", kind="MalformedError", message="the reply holds no JSON object")


async def test_when_no_mail_got_an_answer_the_run_says_so_at_its_end(store: Store) -> None:
    source = [*letters("One", "Two"), Raw(2, "2.eml", b""), Raw(3, "3.eml", letter("One"))]
    summary = await go(source, Failing(One=DEAD, Two=UNKNOWN), store, workers=1)
    assert str(summary.error) == (
        "none of the mails that went to the model got an answer (2 tried): no connection to the endpoint: refused"
    )
    assert (summary.ended, summary.waiting, summary.interrupted) == (4, 0, False)
    assert (await go(source, FakeFlow(), store)).error is None


@pytest.mark.parametrize("second", [{}, {"Two": USELESS}])
async def test_one_answer_is_enough(store: Store, second: dict[str, Failure]) -> None:
    assert (await go(letters("One", "Two"), Failing(One=DEAD, **second), store)).error is None


async def test_where_no_mail_goes_to_a_model_none_is_missed(store: Store) -> None:
    reply = letter("Re: offer", sender="us@studio.example", extra="In-Reply-To: <none@client.example>\n")
    assert (await go([Raw(0, "0.eml", reply), Raw(1, "1.eml", b"")], FakeFlow(), store)).error is None


async def test_a_pending_reply_leaves_no_row(store: Store) -> None:
    def wait(subject: str) -> None:
        if subject == "Two":
            raise PendingError("the request waits in the batch file")

    summary = await go(letters("One", "Two"), FakeFlow(wait), store)
    assert summary == Summary(messages=2, resumed=0, ended=1, waiting=1)
    assert codes(store) == [("0.eml", "no_objection")]


async def test_no_more_messages_are_in_the_flow_than_workers(store: Store) -> None:
    flying = most = 0

    async def fly(_: str) -> None:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0.02)
        flying -= 1

    await go(letters(*map(str, range(30))), FakeFlow(fly), store, workers=3)
    assert most == 3


def interrupt_at(subject: str, times: int, then: float) -> Callable[[str], object]:
    """At ``subject`` Ctrl-C is pressed that often; every call takes ``then`` seconds."""

    async def call(seen: str) -> None:
        if seen == subject:
            for _ in range(times):
                os.kill(os.getpid(), signal.SIGINT)
                await asyncio.sleep(0.01)
        await asyncio.sleep(then)

    return call


async def test_an_interrupt_finishes_what_is_running(store: Store) -> None:
    flow = FakeFlow(interrupt_at("4", times=1, then=0.02))
    summary = await go(letters(*map(str, range(50))), flow, store, workers=5)
    assert summary.interrupted
    assert summary.error is None
    assert 5 <= summary.ended == len(flow.seen) < 50
    assert len(list(store.outcomes())) == summary.ended


async def test_a_second_interrupt_stops_at_once_and_keeps_what_is_done(store: Store) -> None:
    await go(letters("0", "1"), FakeFlow(), store)
    slow = FakeFlow(interrupt_at("4", times=2, then=60))
    summary = await asyncio.wait_for(go(letters(*map(str, range(50))), slow, store, workers=5), 60)
    assert summary.interrupted
    assert (summary.resumed, summary.ended) == (2, 0)
    assert len(list(store.outcomes())) == 2


async def test_a_kill_in_the_middle_costs_only_what_was_in_flight(store: Store) -> None:
    class Killed(BaseException):
        """Nothing of ours catches this, as nothing catches ``kill -9``."""

    def die(subject: str) -> None:
        if subject == "7":
            raise Killed

    with pytest.raises(BaseExceptionGroup):
        await go(letters(*map(str, range(10))), FakeFlow(die), store, workers=1)
    flow = FakeFlow()
    await go(letters(*map(str, range(10))), flow, store)
    assert flow.seen == ["7", "8", "9"]
    assert len(codes(store)) == 10


class Changing(Iterable[Raw]):
    """An inbox that is another one each time it is read."""

    def __init__(self, *states: list[Raw]) -> None:
        self._states = list(states)

    def __iter__(self) -> Iterator[Raw]:
        return iter(self._states.pop(0))


async def test_an_inbox_that_changes_between_the_passes_ends_the_run(store: Store) -> None:
    other = [Raw(0, "another.eml", letter("Two"))]
    summary = await go(Changing(letters("One"), other), FakeFlow(), store)
    assert str(summary.error) == "the inbox changed while it was read; run again"
    assert summary.ended == 0


async def test_a_mail_that_arrives_between_the_passes_waits_for_the_next_run(store: Store) -> None:
    summary = await go(Changing(letters("One"), letters("One", "Two")), FakeFlow(), store)
    assert (summary.messages, summary.ended, summary.error) == (1, 1, None)


async def test_a_store_that_can_no_longer_be_written_ends_the_run(store: Store) -> None:
    def fill_up(subject: str) -> None:
        if subject == "Two":
            store._writer._db.execute("PRAGMA query_only = ON")

    summary = await go(letters("One", "Two", "Three"), FakeFlow(fill_up), store, workers=1)
    assert isinstance(summary.error, OutputError)
    assert (summary.ended, summary.waiting) == (1, 2)


async def test_a_clock_that_jumps_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Jumping(datetime):
        """Each look at the clock is fifty years before the last one."""

        year_now = 2126

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Jumping":
            cls.year_now -= 50
            return cls(cls.year_now, 1, 1, tzinfo=tz)

    monkeypatch.setattr("pipeline.batch.store.datetime", Jumping)

    class Paid(FakeFlow):
        """A flow with a call to keep."""

        async def reply(self, message: Message, key: str, today: date) -> Outcome:
            await store.put(message.subject, prompt(), completion(message.subject))
            return await super().reply(message, key, today)

    source = letters("One", "Two", "Three")
    assert (await go(source, Paid(), store)).ended == 3
    assert [row.today for row in store.outcomes()] == [TODAY] * 3
    assert [store.get(name) for name in ("One", "Two")] == [completion("One"), completion("Two")]
    assert (await go(source, Paid(), store)).resumed == 3
    assert Jumping.year_now < 2000


async def test_each_mail_may_be_answered_on_its_own_day(store: Store) -> None:
    undated = letter("Two").replace(b"Date: Mon, 20 Apr 2026 10:00:00 +0000\n", b"")
    source = [Raw(0, "0.eml", letter("One")), Raw(1, "1.eml", undated)]
    await go(source, FakeFlow(), store, days=Days(TODAY, by_mail=True))
    assert [row.today.isoformat() for row in store.outcomes()] == ["2026-04-20", "2026-05-04"]


class Told(Silent):
    """A progress that remembers its notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


async def test_addresses_that_seem_to_be_ours_are_told_once(store: Store) -> None:
    sent = [
        Raw(seq, f"Sent#{seq}", letter(f"S {seq}", sender=f"me{seq % 4}@x.example"), Shelf.SENT) for seq in range(9)
    ]
    told = Told()
    await run(Inbox(sent, OWN, Days(TODAY)), FakeFlow(), store, told)
    assert told.notes == [
        (
            "Mail in your Sent folder is from me0@x.example, me1@x.example, me2@x.example and 1 more: "
            "add it to addresses in profile.yaml?"
        )
    ]
    assert {code for _, code in codes(store)} == {"own"}


class Broken:
    """A reader that one mail breaks."""

    async def read(self, raw: Raw, fate: Fate) -> Message:
        if raw.seq == 1:
            raise ReadingFaultError("KeyError", "Traceback ...")
        if raw.seq == 2:
            raise UnreadableError("the mail took longer than 10 seconds to read")
        return read(raw, fate)


async def test_a_mail_that_breaks_its_reader_is_a_row_of_its_own(store: Store) -> None:
    inbox = Inbox(letters("One", "Two", "Three", "Four"), OWN, Days(TODAY))
    summary = await run(inbox, FakeFlow(), store, Silent(), reader=Broken())
    assert summary.ended == 4
    failures = [row.failure and (row.failure.kind, row.failure.retriable) for row in store.outcomes()]
    assert failures == [None, ("KeyError", True), ("UnreadableError", False), None]


@pytest.mark.parametrize(("level", "told"), [(logging.INFO, False), (logging.DEBUG, True)])
async def test_a_traceback_is_told_only_to_who_asks(
    store: Store, caplog: pytest.LogCaptureFixture, *, level: int, told: bool
) -> None:
    def fail(_: str) -> None:
        raise KeyError

    caplog.set_level(level, "pipeline")
    await go(letters("One"), FakeFlow(fail), store)
    (record,) = (record for record in caplog.records if record.name == "pipeline.batch.chunk")
    assert (record.getMessage(), bool(record.exc_info)) == ("'0.eml': KeyError", told)
