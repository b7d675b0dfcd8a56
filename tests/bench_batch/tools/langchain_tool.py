"""LangChain: ``abatch`` of ``ChatOpenAI``, all readings, then all letters: ``... SENT URL IN_FLIGHT``."""

import asyncio
import json
import sys
import time
from importlib import import_module
from pathlib import Path

from tests.bench_batch.bodies import bodies


async def main(sent: Path, url: str, most: int) -> None:
    """Ask all."""
    wall, cpu = time.perf_counter(), time.process_time()
    todo = bodies(sent)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    chat = import_module("langchain_openai").ChatOpenAI(
        model=todo[0]["model"], base_url=url, api_key="none", max_retries=0, max_tokens=4000
    )
    whole = 0
    for stage in ("extract_reply", "draft_reply"):
        some = [body for body in todo if body["response_format"]["json_schema"]["name"] == stage]
        bound = chat.bind(response_format=some[0]["response_format"])
        asked = [[(turn["role"], turn["content"]) for turn in body["messages"]] for body in some]
        replies = await bound.abatch(asked, config={"max_concurrency": most})
        whole += sum(reply.response_metadata["finish_reason"] == "stop" for reply in replies)
    print(json.dumps({"whole": whole, "wall": wall, "cpu": cpu}))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
