"""Inspect AI: a task a version, its own OpenAI provider and scorers. Run in an environment of its own."""

import os
import sys
from importlib import import_module
from typing import Any

from tests.bench_eval.tools.checks import CHECKS, Row, rows, tell


def main(sent: str, url: str) -> None:
    """Evaluate both tasks; what ends with an error is not kept."""
    ai, data, model, scorers, solvers = (
        import_module(name)
        for name in ("inspect_ai", "inspect_ai.dataset", "inspect_ai.model", "inspect_ai.scorer", "inspect_ai.solver")
    )
    os.environ["OPENAI_API_KEY"] = "none"

    def sample(row: Row) -> Any:
        told = [model.ChatMessageSystem(content=row.system), model.ChatMessageUser(content=row.user)]
        return data.Sample(input=told, target="")

    def scorer_of(check: Any) -> Any:
        def made() -> Any:
            async def score(state: Any, target: Any) -> Any:
                return scorers.Score(value="C" if check(state.output.completion) else "I")

            return score

        return scorers.scorer(metrics=[scorers.accuracy()], name=check.__name__)(made)()

    work = rows(sent)
    tasks = [
        ai.Task(
            name=f"v{version}",
            dataset=[sample(row) for row in work if row.version == version],
            solver=solvers.generate(),
            scorer=[scorer_of(check) for check in CHECKS],
        )
        for version in (0, 1)
    ]
    logs = ai.eval(
        tasks,
        model="openai/bench",
        model_base_url=url,
        model_args={"responses_api": False},
        max_connections=32,
        max_tasks=2,
        display="none",
        log_realtime=False,
        log_dir="logs",
    )
    kept = sum(
        all(score.value == "C" for score in one.scores.values())
        for log in logs
        if log.status == "success"
        for one in log.samples
    )
    tell(kept, ", ".join(log.status for log in logs))


if __name__ == "__main__":
    main(*sys.argv[1:])
