"""The retry policy on a clock that only sleeping moves."""

from collections.abc import Callable

import pytest

from pipeline.errors import EndpointError, MalformedError, TransportError
from pipeline.llm.retry import Retrying
from pipeline.types.prompt import Completion, Prompt
from tests.llm.fakes import GOOD, Clock, Scripted, make_prompt

PROMPT = make_prompt()


def broken() -> TransportError:
    return TransportError("the endpoint answered 500", prompt=PROMPT, status=500)


def busy(wait: float | None = None) -> TransportError:
    return TransportError("the endpoint answered 429", prompt=PROMPT, wait=wait, status=429)


def busy_server(wait: float) -> TransportError:
    return TransportError("the endpoint answered 503", prompt=PROMPT, wait=wait, status=503)


def lost() -> TransportError:
    return TransportError("no connection to the endpoint", prompt=PROMPT)


def retrying(inner: Scripted, clock: Clock, **settings: float) -> Retrying:
    return Retrying(inner, sleep=clock.sleep, clock=clock, **settings)  # type: ignore[arg-type]  # attempts is whole


async def test_it_tries_again_with_growing_waits() -> None:
    inner, clock = Scripted(broken(), broken(), broken(), GOOD), Clock()
    assert (await retrying(inner, clock).complete(PROMPT)).text == GOOD
    waits = [seconds for seconds in clock.slept if seconds]
    assert [limit / 2 <= wait <= limit for wait, limit in zip(waits, [0.5, 1, 2], strict=True)] == [True] * 3


async def test_it_waits_as_long_as_the_endpoint_asks() -> None:
    inner, clock = Scripted(busy(7), GOOD), Clock()
    await retrying(inner, clock).complete(PROMPT)
    assert sum(clock.slept) == 7


async def test_a_pause_of_nothing_is_no_pause_and_uses_up_tries() -> None:
    inner, clock = Scripted(GOOD, *[busy_server(0) for _ in range(9)]), Clock()
    model = retrying(inner, clock)
    await model.complete(PROMPT)
    with pytest.raises(TransportError):
        await model.complete(PROMPT)
    assert len(inner.asked) == 1 + 4
    assert sum(clock.slept) > 1


@pytest.mark.parametrize("error", [broken, lost, busy])
async def test_attempts_end(error: Callable[[], TransportError]) -> None:
    inner = Scripted(*[error() for _ in range(9)])
    with pytest.raises(TransportError):
        await retrying(inner, Clock()).complete(PROMPT)
    assert len(inner.asked) == 4


async def test_later_is_no_failed_try() -> None:
    """Many callers at a limit are turned away again and again, and none of them may lose its message by it."""
    waits = [busy(30), busy(), busy(20), busy(30), TransportError("503", prompt=PROMPT, wait=9, status=503), busy(30)]
    inner, clock = Scripted(GOOD, *waits, broken(), GOOD), Clock()
    model = retrying(inner, clock)
    await model.complete(PROMPT)
    assert (await model.complete(PROMPT)).text == GOOD
    assert clock.now - 1000 > 119


async def test_patience_ends() -> None:
    inner, clock = Scripted(GOOD, *[busy(70) for _ in range(20)]), Clock()
    model = retrying(inner, clock, patience=600)
    await model.complete(PROMPT)
    with pytest.raises(TransportError):
        await model.complete(PROMPT)
    assert clock.now == 1000 + 8 * 70


async def test_a_pause_that_is_too_long_for_anybody_ends_the_run() -> None:
    inner, clock = Scripted(busy(3 * 3600)), Clock()
    with pytest.raises(EndpointError, match="the endpoint asks for a pause of 180 minutes"):
        await retrying(inner, clock).complete(PROMPT)
    assert clock.slept == []


async def test_a_line_that_was_there_before_is_waited_for() -> None:
    inner, clock = Scripted(GOOD, *[lost() for _ in range(6)], GOOD), Clock()
    model = retrying(inner, clock)
    await model.complete(PROMPT)
    assert (await model.complete(PROMPT)).text == GOOD


async def test_a_call_that_always_hangs_is_given_up_all_the_same() -> None:
    clock = Clock()

    class Hanging(Scripted):
        async def complete(self, prompt: Prompt) -> Completion:
            clock.now += 300 * bool(self.asked)
            return await super().complete(prompt)

    inner = Hanging(GOOD, *[lost() for _ in range(9)])
    model = retrying(inner, clock)
    await model.complete(PROMPT)
    with pytest.raises(TransportError):
        await model.complete(PROMPT)
    assert len(inner.asked) == 1 + 4


@pytest.mark.parametrize(
    "error", [MalformedError("no JSON", prompt=PROMPT), EndpointError("bad key"), ValueError("a bug"), KeyError("vcr")]
)
async def test_nothing_else_is_tried_again(error: Exception) -> None:
    inner = Scripted(error, GOOD)
    with pytest.raises(type(error)):
        await retrying(inner, Clock()).complete(PROMPT)
    assert len(inner.asked) == 1
