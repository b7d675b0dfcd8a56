"""What a run works on, if it is not everything: the rest of the inbox still counts for what each mail is."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.batch.choice import suits
from pipeline.batch.job import Choice, Days
from pipeline.batch.plan import Inbox
from pipeline.batch.progress import Silent
from pipeline.batch.runner import Summary, run
from pipeline.batch.store import Store
from pipeline.errors import BudgetError, UsageError
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Own
from pipeline.llm.budget import Budget, Budgeted
from pipeline.llm.model import Parameters
from pipeline.llm.prices import Price
from pipeline.rows import failed
from pipeline.types.message import Message
from pipeline.types.outcome import Failure, Outcome
from pipeline.types.prompt import Completion, Prompt, Usage
from pipeline.types.records import Client
from tests.batch.fakes import TODAY, FakeFlow, letter, letters, prompt
from tests.fakes import business

OWN = Own(addresses=frozenset({"us@studio.example"}))
LARK = Client(id="lark", name="Lark Yoga", addresses=("mia@lark.example",), domains=("yoga.example",))
HERON = Client(id="heron", name="Heron & Sons", addresses=("tom@heron.example",))
SHOP = business(clients=(LARK, HERON))


async def go(source: list[Raw], flow: FakeFlow, store: Store, choice: Choice) -> Summary:
    inbox = Inbox(source, OWN, Days(TODAY), choice=choice, suits=suits(choice, SHOP))
    return await run(inbox, flow, store, Silent())


def from_(*senders: str) -> list[Raw]:
    """A mail from each; its subject is its number."""
    return [Raw(n, f"{n}.eml", letter(f"No. {n}", sender=sender)) for n, sender in enumerate(senders)]


def sent(*days: str) -> list[Raw]:
    mails = (letter(f"No. {n}").replace(b"Mon, 20 Apr 2026", day.encode()) for n, day in enumerate(days))
    return [Raw(n, f"{n}.eml", data) for n, data in enumerate(mails)]


async def test_a_limit_takes_the_first_mails_and_the_next_run_the_next(store: Store) -> None:
    flow, source = FakeFlow(), letters("One", "Two", "Three", "Four", "Five")
    assert await go(source, flow, store, Choice(limit=2)) == Summary(5, 0, 2, 0, others=3)
    assert flow.seen == ["One", "Two"]
    assert await go(source, flow, store, Choice(limit=2)) == Summary(5, 2, 2, 0, others=1)
    assert flow.seen == ["One", "Two", "Three", "Four"]
    assert [row.origin for row in store.outcomes()] == ["0.eml", "1.eml", "2.eml", "3.eml"]


async def test_mails_that_need_no_model_take_nothing_of_the_limit(store: Store) -> None:
    flow, ours = FakeFlow(), letter("Our news", sender="us@studio.example")
    source = [Raw(0, "0.eml", ours), *(mail._replace(seq=mail.seq + 1) for mail in letters("One", "Two"))]
    assert await go(source, flow, store, Choice(limit=1)) == Summary(3, 0, 2, 0, others=1)
    assert flow.seen == ["One"]


async def test_since_a_day_means_sent_on_it_or_later(store: Store) -> None:
    flow = FakeFlow()
    source = sent("Thu, 30 Apr 2026", "Fri, 01 May 2026", "Sat, 02 May 2026", "no day")
    summary = await go(source, flow, store, Choice(since=date(2026, 5, 1)))
    assert flow.seen == ["No. 1", "No. 2", "No. 3"], "a mail without a date counts as new"
    assert summary.others == 1


@pytest.mark.parametrize(
    "words", ["lark", "Lark Yoga", "LARK yoga", "mia@lark.example", "yoga.example", "ann@yoga.example"]
)
async def test_a_client_goes_by_every_name_of_the_record(store: Store, words: str) -> None:
    flow = FakeFlow()
    await go(from_("mia@lark.example", "tom@heron.example", "zoe@yoga.example"), flow, store, Choice(only=words))
    assert flow.seen == ["No. 0", "No. 2"]


async def test_an_address_without_a_record_stands_for_itself(store: Store) -> None:
    flow = FakeFlow()
    await go(from_("new@wren.example", "old@wren.example"), flow, store, Choice(only="New@wren.example"))
    assert flow.seen == ["No. 0"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("larck", "no client of your records is called 'larck'; do you mean lark?"),
        ("sons", "no client of your records is called 'sons'; do you mean heron?"),
        ("xyzzy", "no client of your records is called 'xyzzy'; an address names any sender"),
    ],
)
def test_a_name_that_nobody_has(words: str, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        suits(Choice(only=words), SHOP)
    assert str(error.value) == sentence


async def test_a_newer_mail_supersedes_an_older_one_also_when_it_is_not_chosen(store: Store) -> None:
    first, second = (
        letter("First", sender="mia@lark.example"),
        letter("Second", sender="mia@lark.example", extra="In-Reply-To: <4669727374@client.example>\n"),
    )
    source = [Raw(0, "0.eml", first), Raw(1, "1.eml", second.replace(b"20 Apr", b"21 Apr"))]
    await go(source, FakeFlow(), store, Choice(limit=1))
    assert [(row.origin, row.code) for row in store.outcomes()] == [("0.eml", "superseded"), ("1.eml", "no_objection")]


class Stumbling(FakeFlow):
    """Its model refuses these subjects; whether that may pass by itself, each says."""

    def __init__(self, **subjects: bool) -> None:
        super().__init__()
        self.subjects = subjects

    async def reply(self, message: Message, key: str, today: date) -> Outcome:
        row = await super().reply(message, key, today)
        if message.subject not in self.subjects:
            return row
        retriable = self.subjects[message.subject]
        return failed(row, Failure(stage="extract", kind="RefusedError", message="no", retriable=retriable))


async def test_what_failed_for_good_is_tried_again_when_asked_for_and_nothing_else_is(store: Store) -> None:
    source = letters("One", "Two", "Three")
    await go(source, Stumbling(One=True, Two=False), store, Choice())
    added = [*source, Raw(3, "3.eml", letter("Four"))]

    flow = FakeFlow()
    assert await go(added, flow, store, Choice(failed=True)) == Summary(4, 1, 2, 0, others=1)
    assert flow.seen == ["One", "Two"]
    assert [row.failure for row in store.outcomes()] == [None] * 3, "the new rows stand in the place of the old"

    assert await go(added, flow, store, Choice(failed=True)) == Summary(4, 3, 0, 0, others=1)
    assert await go(added, flow, store, Choice()) == Summary(4, 3, 1, 0)
    assert flow.seen == ["One", "Two", "Four"]


async def test_a_failure_for_good_keeps_its_row_in_an_ordinary_run(store: Store) -> None:
    await go(letters("One", "Two"), Stumbling(One=True, Two=False), store, Choice())
    flow = FakeFlow()
    assert await go(letters("One", "Two"), flow, store, Choice()) == Summary(2, 1, 1, 0)
    assert flow.seen == ["One"]


async def test_choices_join(store: Store) -> None:
    flow = FakeFlow()
    source = from_("tom@heron.example", "mia@lark.example", "zoe@yoga.example")
    await go(source, flow, store, Choice(only="lark", limit=1))
    assert flow.seen == ["No. 1"]


class Spending(FakeFlow):
    """Each mail takes one call of this model."""

    def __init__(self, model: Budgeted) -> None:
        super().__init__(lambda _: model.complete(prompt()))


class Answering:
    """A model of which each call takes the same tokens."""

    async def complete(self, asked: Prompt) -> Completion:
        usage = Usage(prompt_tokens=100, completion_tokens=1_000, calls=1)
        return Completion(text="{}", model="m", call="c", usage=usage)


async def test_a_budget_that_is_used_up_ends_the_run_and_a_new_one_goes_on(store: Store) -> None:
    parameters, price = Parameters(model="m", max_tokens=1_000), Price(input=Decimal(0), output=Decimal(1_000))
    source, ends = letters("One", "Two", "Three", "Four", "Five"), []
    for _ in range(3):  # a call takes a dollar, and the first of a run two at the worst
        budget = Budget(Decimal(2), price)
        flow = Spending(Budgeted(Answering(), parameters, budget))
        ends.append(await go(source, flow, store, Choice()))
        assert budget.spent == ends[-1].ended <= 2
    assert [(end.ended, end.waiting) for end in ends] == [(2, 3), (2, 1), (1, 0)]
    assert [type(end.error) for end in ends] == [BudgetError, BudgetError, type(None)]


async def test_what_is_not_chosen_is_shown_as_the_former_policy_left_it(store: Store) -> None:
    source = [*letters("One", "Two", "Three"), Raw(3, "3.eml", b"")]
    await go(source, FakeFlow(), store, Choice())
    before = list(store.outcomes())
    assert (len(before), store.outdated()) == (4, 0)

    for identity, made in (("two", 1), ("three", 0)):  # whatever stands between, nobody vanishes
        choice = Choice(limit=1) if made else Choice(since=date(2027, 1, 1))
        assert (await go(source, FakeFlow(identity=identity), store, choice)).ended == made
        assert [row.origin for row in store.outcomes()] == ["0.eml", "1.eml", "2.eml", "3.eml"]
        assert list(store.outcomes())[made:] == before[made:] or not made
    assert store.outdated() == 4

    await go(source, FakeFlow(identity="three"), store, Choice())
    assert [row.key.partition(" ")[0] for row in store.outcomes()][:3] == ["three"] * 3
    assert store.outdated() == 0


async def test_each_of_two_copies_keeps_its_own_row(store: Store) -> None:
    (one,) = letters("One")
    source = [one, one._replace(seq=1, origin="1.eml")]
    await go(source, FakeFlow(), store, Choice())
    before = list(store.outcomes())
    assert len({row.key for row in before}) == 2
    await go(source, FakeFlow(identity="two"), store, Choice(since=date(2027, 1, 1)))
    assert list(store.outcomes()) == before


async def test_who_has_left_the_inbox_is_not_shown(store: Store) -> None:
    await go(letters("One", "Two"), FakeFlow(), store, Choice())
    await go(letters("One"), FakeFlow(identity="two"), store, Choice(since=date(2027, 1, 1)))
    assert [row.origin for row in store.outcomes()] == ["0.eml"]
