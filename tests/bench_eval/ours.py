"""A run of Candor's harness in a process of its own: ``python -m tests.bench_eval.ours WORK URL RUN [--judge]``.

Prints what was kept as one line of JSON. Left out: making the work, and measuring.
"""

import argparse
import asyncio
import json
import shutil
from pathlib import Path

from eval.runs.compose import run
from eval.runs.folder import CALLS
from pipeline.batch.progress import Silent
from tests.bench_eval.work import Work

_STAGES = ("extract", "draft")  # an attempt each, where nothing went wrong


def main() -> None:
    """Run, or run again where the folder is there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("url")
    parser.add_argument("run", type=Path)
    parser.add_argument("--judge", action="store_true")
    asked = parser.parse_args()
    work = Work(asked.work)
    if not asked.run.exists():
        asked.run.mkdir()
        shutil.copy(work.calls, asked.run / CALLS)
    finished = asyncio.run(run(asked.run, work.plan(asked.url, judged=asked.judge), Silent()))
    outcomes = [record.outcome for record in finished.records]
    kept = [outcome for outcome in outcomes if outcome.draft and outcome.draft.model == "bench"]
    first = sum(len(outcome.attempts) == len(_STAGES) for outcome in kept)
    print(json.dumps({"kept": len(kept), "note": f"{first} at the first try"}))


if __name__ == "__main__":
    main()
