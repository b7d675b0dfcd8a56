import asyncio
import time

import pytest

from pipeline.llm.hints import Heard, unheard
from pipeline.llm.pacing import Paced
from pipeline.llm.patience import OutOfPatienceError, in_line, patience
from pipeline.types.prompt import Completion, Prompt
from tests.batch.fakes import prompt


async def test_what_takes_too_long_is_cut_off() -> None:
    begun = time.monotonic()
    with pytest.raises(OutOfPatienceError):
        async with patience(0.02):
            await asyncio.sleep(60)
    assert time.monotonic() - begun < 10


async def test_what_is_in_time_passes() -> None:
    async with patience(60):
        await asyncio.sleep(0)


async def test_a_timeout_of_something_else_is_not_ours() -> None:
    with pytest.raises(TimeoutError, match="of a socket"):
        async with patience(60):
            raise TimeoutError("of a socket")


async def test_time_in_line_does_not_count_and_time_after_it_does() -> None:
    reached = False

    async def wait() -> None:
        nonlocal reached
        async with patience(0.05):
            with in_line():
                await asyncio.sleep(0.15)
                with in_line():  # a gate behind a bucket
                    await asyncio.sleep(0)
            reached = True
            await asyncio.sleep(60)

    with pytest.raises(OutOfPatienceError):
        await wait()
    assert reached


async def test_who_stands_in_line_may_be_cut_off_by_others() -> None:
    async def wait() -> None:
        async with patience(60):
            with in_line():
                await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(wait(), 0.02)


async def test_nobody_need_count() -> None:
    with in_line():
        await asyncio.sleep(0)


class Slow:
    async def complete(self, prompt: Prompt, heard: Heard = unheard) -> Completion:
        await asyncio.sleep(0.06)
        return Completion(text="{}", model="m", call=prompt.version)


async def test_ten_that_wait_for_one_place_are_all_answered() -> None:
    model = Paced(Slow(), 1)

    async def one() -> Completion:
        async with patience(0.3):
            return await model.complete(prompt())

    assert len(await asyncio.gather(*(one() for _ in range(10)))) == 10
