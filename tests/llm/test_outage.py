"""When a run is given up rather than let every message fail."""

import asyncio

import pytest

from pipeline.errors import EndpointError, ModelError, RequestError, TransportError, TruncatedError
from pipeline.llm.outage import Outage
from pipeline.types.prompt import Completion, Prompt
from tests.llm.fakes import GOOD, Scripted, make_prompt

PROMPT = make_prompt()
REFUSED = RequestError("the endpoint refused the request (404): no such model", prompt=PROMPT)
LOST = TransportError("no connection to the endpoint: refused", prompt=PROMPT)


async def asked(model: Outage, times: int) -> list[type[BaseException]]:
    kinds: list[type[BaseException]] = []
    for _ in range(times):
        try:
            await model.complete(PROMPT)
        except (ModelError, EndpointError) as error:
            kinds.append(type(error))
    return kinds


async def test_an_endpoint_that_refuses_everything_ends_the_run() -> None:
    model = Outage(Scripted(*[REFUSED] * 3), after=3)
    assert await asked(model, 2) == [RequestError] * 2
    with pytest.raises(EndpointError, match=r"none of the first 3 calls was accepted: .* no such model"):
        await model.complete(PROMPT)


@pytest.mark.parametrize("answer", [GOOD, TruncatedError("cut", prompt=PROMPT)])
async def test_once_it_has_answered_refusals_are_the_mails_own(answer: str | Exception) -> None:
    model = Outage(Scripted(answer, *[REFUSED] * 9), after=3)
    await asked(model, 1)
    assert await asked(model, 9) == [RequestError] * 9


async def test_an_endpoint_that_has_gone_away_ends_the_run() -> None:
    model = Outage(Scripted(GOOD, LOST, LOST, GOOD, LOST, LOST, LOST), after=3)
    assert await asked(model, 6) == [TransportError] * 4
    with pytest.raises(EndpointError, match="the last 3 calls got no answer: no connection"):
        await model.complete(PROMPT)


async def test_calls_that_hang_until_their_message_has_no_more_time_count_too() -> None:
    class Hanging:
        async def complete(self, prompt: Prompt) -> Completion:
            await asyncio.sleep(3600)
            raise AssertionError

    model = Outage(Hanging(), after=3)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await model.complete(PROMPT)
    with pytest.raises(EndpointError, match="the last 3 calls got no answer"):
        await model.complete(PROMPT)
