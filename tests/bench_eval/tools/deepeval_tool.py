"""DeepEval: it runs no model, so a loop over AsyncOpenAI first, then ``evaluate`` with a metric a check."""

import asyncio
import contextlib
import io
import sys
from importlib import import_module
from typing import Any

from tests.bench_eval.tools.checks import CHECKS, Row, rows, tell


async def replies(work: list[Row], url: str) -> list[str]:
    """What the model says to each; nothing where its client gave up."""
    openai = import_module("openai")
    gate = asyncio.Semaphore(32)
    async with openai.AsyncOpenAI(api_key="none", base_url=url) as client:

        async def ask(row: Row) -> str:
            told = [{"role": "system", "content": row.system}, {"role": "user", "content": row.user}]
            async with gate:
                try:
                    reply = await client.chat.completions.create(model="bench", messages=told)
                except (openai.OpenAIError, ValueError):
                    return ""
            return reply.choices[0].message.content or ""

        return list(await asyncio.gather(*map(ask, work)))


def metric_of(check: Any, base: Any) -> Any:
    """A check as a metric."""

    def measure(self: Any, case: Any, *_: Any, **__: Any) -> float:
        self.score = float(check(case.actual_output))
        self.success = bool(self.score)
        return float(self.score)

    async def a_measure(self: Any, case: Any, *_: Any, **__: Any) -> float:
        return measure(self, case)

    body = {
        "threshold": 1.0,
        "async_mode": True,
        "measure": measure,
        "a_measure": a_measure,
        "is_successful": lambda self: self.success,
        "__name__": property(lambda _: check.__name__),
    }
    return type(check.__name__, (base,), body)()


def main(sent: str, url: str) -> None:
    """Ask, then score what came."""
    work = rows(sent)
    said = asyncio.run(replies(work, url))
    deepeval, cases, metrics = (import_module(f"deepeval{name}") for name in ("", ".test_case", ".metrics"))
    settings = import_module("deepeval.evaluate.configs")
    given = [
        cases.LLMTestCase(input=row.user, actual_output=text) for row, text in zip(work, said, strict=True) if text
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        found = deepeval.evaluate(
            given,
            [metric_of(check, metrics.BaseMetric) for check in CHECKS],
            async_config=settings.AsyncConfig(max_concurrent=32, throttle_value=0),
            display_config=settings.DisplayConfig(show_indicator=False, print_results=False),
            cache_config=settings.CacheConfig(write_cache=False),
        )
    tell(sum(bool(one.success) for one in found.test_results), "its loop is the user's own")


if __name__ == "__main__":
    main(*sys.argv[1:])
