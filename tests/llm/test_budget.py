"""What a run may cost: no sequence of calls spends more, and a call that does not fit is never made."""

import asyncio
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import (
    BudgetError,
    EndpointError,
    ModelError,
    RefusedError,
    RequestError,
    TransportError,
    UsageError,
)
from pipeline.llm.budget import Budget, Budgeted, budget_of, worst_of
from pipeline.llm.model import Model, Parameters
from pipeline.llm.prices import Price
from pipeline.llm.retry import Retrying
from pipeline.types.prompt import Completion, Prompt, Usage
from tests.llm.fakes import PARAMETERS, Clock, make_prompt

PROMPT = make_prompt()
PRICE = Price(input=Decimal(1), output=Decimal(10))
WORST = worst_of(PROMPT, PARAMETERS)
CALL = PRICE.of(WORST) or Decimal(0)  # what one request may cost
FIRST = CALL * 2  # what one call may cost until one has been answered
CHEAP = Usage(prompt_tokens=50, completion_tokens=9, calls=1)


class Metered:
    """A model that takes what it is told to take, and counts what it was asked and what it would bill."""

    def __init__(self, *takes: Usage | Exception, bills: Decimal = Decimal(0)) -> None:
        self.takes, self.asked, self.most, self.at_work = list(takes), 0, 0, 0

    async def complete(self, prompt: Prompt) -> Completion:
        self.asked += 1
        self.at_work += 1
        self.most = max(self.most, self.at_work)
        try:
            await asyncio.sleep(0)
        finally:
            self.at_work -= 1
        take = self.takes.pop(0) if self.takes else CHEAP
        if isinstance(take, Exception):
            raise take
        return Completion(text="{}", model="m", call="c", usage=take)


def after_an_answer(error: ModelError) -> ModelError:
    """The error of a call that got an answer of no use before, and asked once more."""
    error.usage = CHEAP
    return error


def kept(model: Model, dollars: Decimal) -> tuple[Budgeted, Budget]:
    budget = Budget(dollars, PRICE)
    return Budgeted(model, PARAMETERS, budget), budget


async def test_a_call_costs_what_its_usage_says() -> None:
    model, budget = kept(Metered(), FIRST)
    await model.complete(PROMPT)
    assert budget.spent == PRICE.of(CHEAP)


async def test_a_call_that_might_not_fit_is_not_made() -> None:
    inner = Metered()
    model, budget = kept(inner, FIRST - Decimal("0.000001"))
    with pytest.raises(BudgetError, match=r"the budget of \$0\.0\d+ holds no further call: \$0\.0000 is spent at most"):
        await model.complete(PROMPT)
    assert (inner.asked, budget.spent) == (0, Decimal(0))


async def test_calls_in_flight_leave_room_when_they_end() -> None:
    inner = Metered()
    model, budget = kept(inner, FIRST * 2)
    await asyncio.gather(*(model.complete(PROMPT) for _ in range(10)))
    assert (inner.asked, inner.most) == (10, 3), "first two at a time, then as many as there is room for"
    assert budget.spent == 10 * (PRICE.of(CHEAP) or 0)


async def test_a_reply_that_does_not_tell_its_tokens_counts_as_the_worst() -> None:
    model, budget = kept(Metered(Usage(calls=1)), FIRST)
    await model.complete(PROMPT)
    assert budget.spent == FIRST


@pytest.mark.parametrize(
    ("error", "spent"),
    [
        (TransportError("no answer within 300 seconds", prompt=PROMPT), FIRST),
        (TransportError("the endpoint answered 429", prompt=PROMPT, status=429), 0),
        (RequestError("the endpoint refused the request (400)", prompt=PROMPT), 0),
        (after_an_answer(TransportError("the endpoint answered 429", prompt=PROMPT, status=429)), PRICE.of(CHEAP)),
        (after_an_answer(TransportError("no answer within 300 seconds", prompt=PROMPT)), FIRST),
        (RefusedError("no", prompt=PROMPT, usage=CHEAP), PRICE.of(CHEAP)),
        (RefusedError("no", prompt=PROMPT), FIRST),
        (EndpointError("the endpoint refuses the key (401)"), 0),
        (EndpointError("the endpoint refuses the key (401)", CHEAP), PRICE.of(CHEAP)),
        (EndpointError("the endpoint refuses the key (401)", Usage(calls=1)), FIRST),
    ],
)
async def test_what_failed_counts_unless_it_was_turned_away(error: Exception, spent: Decimal) -> None:
    model, budget = kept(Metered(error), FIRST)
    with pytest.raises((ModelError, EndpointError)):
        await model.complete(PROMPT)
    assert budget.spent == spent


async def test_a_call_that_is_cut_off_counts_as_the_worst() -> None:
    model, budget = kept(Metered(), FIRST)
    call = asyncio.create_task(model.complete(PROMPT))
    await asyncio.sleep(0)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert budget.spent == FIRST


async def test_once_a_call_was_answered_the_next_ones_make_one_request_each() -> None:
    inner = Metered()
    model, _ = kept(inner, FIRST * 2)
    await model.complete(PROMPT)
    await asyncio.gather(*(model.complete(PROMPT) for _ in range(10)))
    assert (inner.asked, inner.most) == (11, 3), "there is room for three, beside what the first has cost"


async def test_each_try_is_covered_by_itself() -> None:
    lost = TransportError("no answer within 300 seconds", prompt=PROMPT)
    inner = Metered(lost, lost, lost)
    budgeted, budget = kept(inner, FIRST * 2)
    with pytest.raises(BudgetError):
        await Retrying(budgeted, sleep=Clock().sleep).complete(PROMPT)
    assert (inner.asked, budget.spent) == (2, FIRST * 2), "both tries may be billed, and there is no room for a third"


def told(most: Usage) -> st.SearchStrategy[Usage | Exception]:
    """What an endpoint that keeps to its limits may answer."""
    given, made = (st.none() | st.integers(0, most_of or 0) for most_of in (most.prompt_tokens, most.completion_tokens))
    usage = st.builds(Usage, prompt_tokens=given, completion_tokens=made, calls=st.just(1))
    lost = st.builds(TransportError, st.just("lost"), prompt=st.just(PROMPT), status=st.sampled_from([None, 429, 503]))
    refused = usage.map(lambda usage: RefusedError("no", prompt=PROMPT, usage=usage))
    return usage | lost | refused


@given(st.lists(told(WORST), max_size=30), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_no_sequence_of_calls_spends_more_than_the_budget(takes: list[Usage | Exception], worsts: int) -> None:
    async def spent() -> tuple[Decimal, Decimal]:
        inner, dollars = Metered(*takes), CALL * worsts / 2
        model, budget = kept(inner, dollars)
        ends = await asyncio.gather(*(model.complete(PROMPT) for _ in takes), return_exceptions=True)
        billed = sum((_bill(take) for take in takes[: inner.asked]), Decimal(0))
        assert all(isinstance(end, Completion | ModelError | BudgetError) for end in ends)
        assert budget.spent + budget._reserved <= dollars
        return billed, budget.spent

    billed, spent_ = asyncio.run(spent())
    assert billed <= spent_


def _bill(take: Usage | Exception) -> Decimal:
    """What an endpoint could have billed for it, unknown numbers at their least."""
    if isinstance(take, TransportError):
        return Decimal(0)
    usage = take.usage if isinstance(take, ModelError) else take
    assert isinstance(usage, Usage)
    least = Usage(prompt_tokens=usage.prompt_tokens or 0, completion_tokens=usage.completion_tokens or 0)
    return PRICE.of(least) or Decimal(0)


@pytest.mark.parametrize("text", ["May we have 20 % off?", "🂡" * 500, "ä" * 500, "\udcff" * 9])
def test_no_text_makes_more_tokens_than_the_worst(text: str) -> None:
    worst = worst_of(make_prompt(text), Parameters(model="m", max_tokens=400))
    assert (worst.prompt_tokens or 0) > len(text.encode("utf-8", "replace"))
    assert worst.completion_tokens == 400


def test_without_a_price_there_is_no_budget() -> None:
    with pytest.raises(UsageError, match=r"no budget can be kept: .* holds none for gpt-5-mini at gateway\.example"):
        budget_of("https://gateway.example/v1", "gpt-5-mini", Decimal(5))
    assert budget_of(None, "gpt-5-mini", Decimal(5)).limit == 5
