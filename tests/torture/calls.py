"""Calls alone, without the flow around them: ``python -m tests.torture.calls URL COUNT IN_FLIGHT``.

The model is composed as the batch does it, with cache, retries and pace, and asked for readings of made mails by as
many callers as may be in flight. It prints how many got no reply. Left out: all that the batch does with a reply; so
what is measured here is the pace, and not the speed of the machine.
"""

import asyncio
import sys
from itertools import islice

from pipeline.errors import ModelError
from pipeline.llm.cache import MemoryCalls
from pipeline.llm.compose import ModelSpec, compose
from pipeline.types.prompt import ExtractVariables, Prompt, Turn
from pipeline.types.replies import ReadingReply
from tests.torture.mails import mails

_SCHEMA = ReadingReply.model_json_schema()


def prompt(mail: bytes) -> Prompt:
    """A prompt that the provider answers with a reading."""
    variables = ExtractVariables(
        firm="", services=(), not_offered=(), facts=(), sent="", sender="", subject="", body="", history=""
    )
    turns = (Turn(role="user", content=f"<newest>\n{mail.decode()}\n</newest>"),)
    return Prompt(stage="extract", version="v0", hash="0", variables=variables, messages=turns, schema_=_SCHEMA)


async def ask(url: str, count: int, in_flight: int) -> int:
    """Make ``count`` different calls; returns how many failed for good."""
    failed = 0
    left = islice(mails(count), count)
    spec = ModelSpec(name="openai:made", base_url=url, limit=in_flight)
    async with compose(spec, MemoryCalls()) as model:

        async def work() -> None:
            nonlocal failed
            for mail in left:
                try:
                    await model.complete(prompt(mail.data))
                except ModelError:
                    failed += 1

        await asyncio.gather(*(work() for _ in range(in_flight)))
    return failed


if __name__ == "__main__":
    print(asyncio.run(ask(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
