"""Ray Data: a batch function with a gate of its own, in one actor on this machine: ``... SENT URL IN_FLIGHT``.

The bodies are read by Ray itself, as a dataset of lines.
"""

import asyncio
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


class Ask:
    """A batch of bodies to a batch of endings; a client an actor."""

    def __init__(self, url: str, most: int) -> None:
        from openai import AsyncOpenAI

        self._loop, self._most = asyncio.new_event_loop(), most
        self._client = AsyncOpenAI(api_key="none", base_url=url, max_retries=0)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        return {"whole": [self._loop.run_until_complete(self._all(list(batch["text"])))]}

    async def _all(self, lines: list[str]) -> int:
        left, whole = iter(lines), 0

        async def work() -> None:
            nonlocal whole
            for line in left:
                reply = await self._client.chat.completions.create(**json.loads(line))
                whole += reply.choices[0].finish_reason == "stop"

        await asyncio.gather(*(work() for _ in range(self._most)))
        return whole


def main(sent: Path, url: str, most: int) -> None:
    """Ask all."""
    ray = import_module("ray")
    ray.init(include_dashboard=False, log_to_driver=False, configure_logging=False)
    lines = ray.data.read_text(str(sent))
    told = lines.map_batches(Ask, fn_constructor_args=(url, most), batch_size=1000, concurrency=1, num_cpus=0.1)
    print(json.dumps({"whole": int(told.sum("whole")), "wall": 0, "cpu": 0}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
