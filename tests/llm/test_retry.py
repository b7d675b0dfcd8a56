"""The retry policy on a clock that only sleeping moves."""

import asyncio

import pytest

from pipeline.errors import EndpointError, MalformedError, TransportError
from pipeline.llm.retry import Retrying
from pipeline.types.prompt import Completion, Prompt
from tests.llm.fakes import GOOD, Clock, Scripted, make_prompt

PROMPT = make_prompt()


def busy(wait: float | None = None) -> TransportError:
    return TransportError("the endpoint answered 429", prompt=PROMPT, wait=wait)


def retrying(inner: Scripted, clock: Clock, **settings: float) -> Retrying:
    return Retrying(inner, sleep=clock.sleep, clock=clock, **settings)  # type: ignore[arg-type]  # attempts is whole


async def test_it_tries_again_with_growing_waits() -> None:
    inner, clock = Scripted(busy(), busy(), busy(), GOOD), Clock()
    assert (await retrying(inner, clock).complete(PROMPT)).text == GOOD
    waits = [seconds for seconds in clock.slept if seconds]
    assert [limit / 2 <= wait <= limit for wait, limit in zip(waits, [0.5, 1, 2], strict=True)] == [True] * 3


async def test_it_waits_as_long_as_the_endpoint_asks() -> None:
    inner, clock = Scripted(busy(7), GOOD), Clock()
    await retrying(inner, clock).complete(PROMPT)
    assert sum(clock.slept) == 7


async def test_attempts_end() -> None:
    inner = Scripted(*[busy() for _ in range(9)])
    with pytest.raises(TransportError):
        await retrying(inner, Clock()).complete(PROMPT)
    assert len(inner.asked) == 4


async def test_a_wait_beyond_the_budget_is_not_begun() -> None:
    inner, clock = Scripted(busy(130), GOOD), Clock()
    with pytest.raises(TransportError):
        await retrying(inner, clock, budget_seconds=120).complete(PROMPT)
    assert clock.slept == []
    assert len(inner.asked) == 1


@pytest.mark.parametrize(
    "error", [MalformedError("no JSON", prompt=PROMPT), EndpointError("bad key"), ValueError("a bug"), KeyError("vcr")]
)
async def test_nothing_else_is_tried_again(error: Exception) -> None:
    inner = Scripted(error, GOOD)
    with pytest.raises(type(error)):
        await retrying(inner, Clock()).complete(PROMPT)
    assert len(inner.asked) == 1


async def test_one_retry_after_pauses_every_caller() -> None:
    clock, asked = Clock(), asyncio.Event()
    asked_at: list[float] = []

    class Watched(Scripted):
        async def complete(self, prompt: Prompt) -> Completion:
            asked_at.append(clock.now)
            asked.set()
            return await super().complete(prompt)

    model = retrying(Watched(busy(30), *[GOOD] * 6), clock)
    first = asyncio.create_task(model.complete(PROMPT))
    await asked.wait()
    await asyncio.gather(first, *(model.complete(make_prompt(str(n))) for n in range(5)))
    assert asked_at[0] == 1000
    assert min(asked_at[1:]) >= 1030


async def test_an_endless_retry_after_holds_newcomers_no_longer_than_the_budget() -> None:
    inner, clock = Scripted(busy(86_400), GOOD), Clock()
    model = retrying(inner, clock, budget_seconds=120)
    with pytest.raises(TransportError):
        await model.complete(PROMPT)
    await model.complete(make_prompt("the next mail"))
    assert sum(clock.slept) == 120
