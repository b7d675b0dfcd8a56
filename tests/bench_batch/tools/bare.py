"""The floor: the same requests from a loop over ``AsyncOpenAI``: ``bare.py SENT URL IN_FLIGHT``.

The same bodies over the same transport; replies are counted and nothing is done with them. Prints JSON: how many came
whole, and the seconds and CPU seconds of reading the bodies, which the others make for themselves.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from openai import AsyncOpenAI

from pipeline.llm.profiles import Profile
from pipeline.llm.transport import open_client
from tests.bench_batch.bodies import bodies


async def main(sent: Path, url: str, most: int) -> None:
    """Ask all."""
    wall, cpu = time.perf_counter(), time.process_time()
    todo = bodies(sent)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    left, whole = iter(todo), 0
    http = open_client(url, Profile(), timeout=60, connections=most)
    async with AsyncOpenAI(api_key="none", base_url=url, max_retries=0, http_client=http) as client:

        async def work() -> None:
            nonlocal whole
            for body in left:
                reply = await client.chat.completions.create(**body)
                whole += reply.choices[0].finish_reason == "stop"

        await asyncio.gather(*(work() for _ in range(most)))
    print(json.dumps({"whole": whole, "wall": wall, "cpu": cpu}))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
