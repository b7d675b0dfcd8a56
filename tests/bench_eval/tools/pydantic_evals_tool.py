"""pydantic-evals: a dataset a version, a task over AsyncOpenAI, an evaluator a check."""

import asyncio
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tests.bench_eval.tools.checks import CHECKS, Row, rows, tell


async def main(sent: str, url: str) -> None:
    """Evaluate both versions at the same time, with one gate for both."""
    evals, evaluators, openai = map(import_module, ("pydantic_evals", "pydantic_evals.evaluators", "openai"))
    gate = asyncio.Semaphore(32)

    def evaluator_of(check: Any) -> Any:
        def evaluate(_: Any, context: Any) -> bool:
            return bool(check(context.output))

        made: Any = type(check.__name__, (evaluators.Evaluator,), {"evaluate": evaluate, "__annotations__": {}})
        return dataclass(made)()

    work = rows(sent)
    async with openai.AsyncOpenAI(api_key="none", base_url=url) as client:

        async def task(row: Row) -> str:
            told = [{"role": "system", "content": row.system}, {"role": "user", "content": row.user}]
            async with gate:
                reply = await client.chat.completions.create(model="bench", messages=told)
            return reply.choices[0].message.content or ""

        async def version(number: int) -> Any:
            cases = [evals.Case(name=f"case-{at}", inputs=row) for at, row in enumerate(work) if row.version == number]
            checks = [evaluator_of(check) for check in CHECKS]
            dataset = evals.Dataset(name=f"v{number}", cases=cases, evaluators=checks)
            return await dataset.evaluate(task, progress=False)

        reports = await asyncio.gather(version(0), version(1))
    kept = sum(all(given.value for given in one.assertions.values()) for report in reports for one in report.cases)
    lost = sum(len(report.failures) for report in reports)
    tell(kept, f"{lost} failures told apart" if lost else "")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
