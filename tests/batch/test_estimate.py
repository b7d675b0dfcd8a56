"""What calls will take: exact where they are known, else by the folder's own, else by what is usual."""

from decimal import Decimal

import pytest

from pipeline.batch.estimate import ENOUGH, Counted, Estimate, estimate
from pipeline.batch.store import Store, Taken
from pipeline.errors import PendingError
from pipeline.llm.cache import MemoryCalls
from pipeline.llm.compose import ModelSpec
from pipeline.llm.counting import Counting
from pipeline.llm.model import Parameters, call_key
from pipeline.types.prompt import Completion, Usage
from tests.batch.fakes import prompt

MINI = ModelSpec(name="openai:gpt-5-mini")  # 0.25 dollars for a million tokens in, 0.025 of the cache, 2 out
PARAMETERS = Parameters(model="gpt-5-mini")
COUNTED = Counted(messages=100, done=0, settled=0, others=0, todo=100, ready=0)
READ = Taken(calls=50, told=50, prompt_tokens=250_000, completion_tokens=50_000, cached_tokens=200_000)
WORDED = Taken(calls=20, told=20, prompt_tokens=80_000, completion_tokens=40_000)


def unread(mails: int, characters: int = 20_000) -> Counting:
    """So many mails of which nothing is stored."""
    counting = Counting(PARAMETERS, MemoryCalls())
    counting.asked["extract"], counting.characters["extract"] = mails, mails * characters
    return counting


def rows(found: Estimate) -> list[tuple[int, int | None, int | None]]:
    return [(stage.to_ask, stage.usage.prompt_tokens, stage.usage.completion_tokens) for stage in found.stages]


def test_without_calls_of_its_own_the_folder_takes_what_is_usual() -> None:
    found = estimate(COUNTED, unread(100), MINI, {})
    assert rows(found) == [(105, 525_000, 39_900), (84, 294_000, 45_360)]
    assert found.cost == Decimal("0.375270"), "819,000 tokens in, 85,260 out"
    assert found.by_file == found.cost / 2
    assert found.at_most == Decimal("1.716750"), "189 replies of 4,000 tokens"


def test_with_enough_calls_of_its_own_it_takes_their_average() -> None:
    found = estimate(COUNTED, unread(100), MINI, {"extract": READ, "draft": WORDED})
    assert rows(found) == [(105, 525_000, 105_000), (40, 160_000, 80_000)], "40 letters from 100 readings, as before"
    assert found.stages[0].usage.cached_tokens == 420_000
    assert [stage.measured for stage in found.stages] == [True, True]
    assert found.cost == Decimal("0.44675")


def test_too_few_calls_tell_nothing() -> None:
    few = READ._replace(calls=ENOUGH - 1, told=ENOUGH - 1)
    assert rows(estimate(COUNTED, unread(100), MINI, {"extract": few})) == rows(
        estimate(COUNTED, unread(100), MINI, {})
    )


def test_an_endpoint_that_tells_no_tokens_still_tells_how_many_letters_there_are() -> None:
    silent = {"extract": Taken(calls=50), "draft": Taken(calls=10)}
    assert rows(estimate(COUNTED, unread(100), MINI, silent)) == [(105, 525_000, 39_900), (20, 70_000, 10_800)]


def test_nothing_to_ask_costs_nothing() -> None:
    assert estimate(COUNTED, unread(0), MINI, {}).cost == 0


@pytest.mark.parametrize("spec", [ModelSpec(name="openai:mine"), MINI.model_copy(update={"base_url": "http://ai/v1"})])
def test_without_a_price_there_are_tokens_only(spec: ModelSpec) -> None:
    found = estimate(COUNTED, unread(100), spec, {})
    assert rows(found) == [(105, 525_000, 39_900), (84, 294_000, 45_360)]
    assert (found.cost, found.at_most, found.by_file, found.prices) == (None, None, None, None)


def test_through_files_only_where_the_list_says_what_they_cost() -> None:
    spec = ModelSpec(name="openai:claude-haiku-4-5", base_url="https://api.anthropic.com/v1")
    found = estimate(COUNTED, unread(100), spec, {})
    assert found.cost
    assert found.by_file is None


async def test_a_call_is_counted_once_and_a_stored_one_is_answered() -> None:
    calls, known, new = MemoryCalls(), prompt("known"), prompt("new")
    key = call_key(known, PARAMETERS)
    calls.stored[key] = Completion(text="{}", model="m", call=key, usage=Usage(calls=1))
    model = Counting(PARAMETERS, calls)
    for _ in range(2):
        assert (await model.complete(known)).usage.cached_calls == 1
        with pytest.raises(PendingError):
            await model.complete(new)
    assert (model.stored["extract"], model.asked["extract"]) == (1, 1)
    assert model.characters["extract"] == len("new") + len("{}"), "the words and the schema"


async def test_the_store_adds_up_what_calls_of_a_model_took(store: Store) -> None:
    usages = [
        Usage(prompt_tokens=10, completion_tokens=4, cached_tokens=8, calls=1),
        Usage(prompt_tokens=20, completion_tokens=6, calls=1),
        Usage(prompt_tokens=20, calls=1),
        Usage(calls=1),
    ]
    for n, usage in enumerate(usages):
        model = "gpt-5-mini-2025-08-07" if n else "gpt-5-mini"
        await store.put(str(n), prompt(), Completion(text="{}", model=model, call=str(n), usage=usage))
    await store.put("other", prompt(), Completion(text="{}", model="gpt-5-nano", call="other", usage=usages[0]))
    assert store.taken("gpt-5-mini") == {"extract": Taken(4, 2, 30, 10, 8)}
