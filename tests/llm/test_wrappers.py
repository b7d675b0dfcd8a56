"""The small models around models: cache, fallback."""

import asyncio

import pytest

from pipeline.errors import NotRecordedError, RefusedError
from pipeline.llm.cache import Cached, MemoryCalls
from pipeline.llm.fallback import Fallback
from pipeline.llm.model import call_key
from pipeline.types.prompt import Completion, Prompt, Usage
from tests.llm.fakes import GOOD, PARAMETERS, Scripted, make_prompt

PROMPT = make_prompt()


class Slow(Scripted):
    """Answers by its script, one turn of the loop later."""

    async def complete(self, prompt: Prompt) -> Completion:
        await asyncio.sleep(0)
        if prompt != PROMPT:
            self.script.insert(0, GOOD)
        return await super().complete(prompt)


async def test_the_same_call_is_asked_once() -> None:
    inner, calls = Scripted(GOOD), MemoryCalls()
    model = Cached(inner, PARAMETERS, calls)
    first, second = await model.complete(PROMPT), await model.complete(PROMPT)
    assert len(inner.asked) == 1
    assert list(calls.stored) == [call_key(PROMPT, PARAMETERS)]
    assert first.usage == Usage(prompt_tokens=5, calls=1)
    assert second == first.model_copy(update={"usage": Usage(prompt_tokens=5, calls=0, cached_calls=1)})


async def test_equal_calls_in_flight_are_one() -> None:
    inner, calls = Slow(GOOD), MemoryCalls()
    model = Cached(inner, PARAMETERS, calls)
    replies = await asyncio.gather(*(model.complete(PROMPT) for _ in range(5)), model.complete(make_prompt("more?")))
    assert len(inner.asked) == 2
    assert sum(reply.usage.calls for reply in replies) == 2
    assert {reply.text for reply in replies} == {GOOD}


async def test_who_waited_for_an_error_asks_for_itself() -> None:
    inner = Slow(RefusedError("no", prompt=PROMPT), GOOD)
    model = Cached(inner, PARAMETERS, MemoryCalls())
    first, second = await asyncio.gather(model.complete(PROMPT), model.complete(PROMPT), return_exceptions=True)
    assert isinstance(first, RefusedError)
    assert isinstance(second, Completion)


async def test_who_waited_for_a_cancelled_call_asks_for_itself() -> None:
    inner = Slow(GOOD, GOOD)
    model = Cached(inner, PARAMETERS, MemoryCalls())
    first, second = (asyncio.create_task(model.complete(PROMPT)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).text == GOOD


async def test_another_prompt_or_parameter_is_another_call() -> None:
    calls = MemoryCalls()
    await Cached(Scripted(GOOD), PARAMETERS, calls).complete(PROMPT)
    await Cached(Scripted(GOOD), PARAMETERS, calls).complete(make_prompt("more?"))
    await Cached(Scripted(GOOD), PARAMETERS.model_copy(update={"temperature": 0.0}), calls).complete(PROMPT)
    assert len(calls.stored) == 3


async def test_an_error_is_never_stored() -> None:
    inner, calls = Scripted(RefusedError("no", prompt=PROMPT), GOOD), MemoryCalls()
    model = Cached(inner, PARAMETERS, calls)
    with pytest.raises(RefusedError):
        await model.complete(PROMPT)
    assert not calls.stored
    assert (await model.complete(PROMPT)).text == GOOD


async def test_the_second_answers_what_the_first_has_not_recorded() -> None:
    first = Scripted("first", NotRecordedError("no", prompt=PROMPT), RefusedError("no", prompt=PROMPT))
    model = Fallback(first, Scripted("second"))
    assert (await model.complete(PROMPT)).text == "first"
    assert (await model.complete(PROMPT)).text == "second"
    with pytest.raises(RefusedError):
        await model.complete(PROMPT)
