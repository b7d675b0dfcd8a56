"""The floor, the same requests from a loop over ``AsyncOpenAI``: ``python -m tests.bench_eval.bare SENT URL``.

The same bodies over the same transport with the same 32 in flight, and the client's own retries; replies are counted
and nothing is done with them. A judgement is asked for when its draft is there. Left out: everything else.
"""

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2
import openai
from openai import AsyncOpenAI


async def main() -> None:
    """Ask all, and print how many replies came whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sent", type=Path)
    parser.add_argument("url")
    parser.add_argument("--judge", action="store_true")
    asked = parser.parse_args()
    pairs: list[list[dict[str, Any]]] = json.loads(asked.sent.read_text("utf-8"))
    gate = asyncio.Semaphore(32)
    http = httpx2.AsyncClient(
        limits=httpx2.Limits(max_connections=32, max_keepalive_connections=32), timeout=60, trust_env=False
    )
    async with AsyncOpenAI(api_key="none", base_url=asked.url, http_client=http) as client:

        async def ask(body: dict[str, Any]) -> bool:
            async with gate:
                try:
                    reply = await client.chat.completions.create(**body)
                except (openai.OpenAIError, ValueError):
                    return False
            return bool(reply.choices[0].finish_reason == "stop")

        async def pair(bodies: list[dict[str, Any]]) -> bool:
            return all([await ask(body) for body in bodies[: 1 + asked.judge]])

        kept = await asyncio.gather(*map(pair, pairs))
    print(json.dumps({"kept": sum(kept)}))


if __name__ == "__main__":
    asyncio.run(main())
