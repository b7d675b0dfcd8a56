"""``python -m eval``: every shipped suite with its recorded replies, held against its stored baseline, all offline.

A changed prompt, policy or guard shows here before it meets a client: as a loss, or as a reply that is not recorded.
``--keep`` stores what is found as the baseline.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from eval.cli.verdict import Asked, side_in, tell
from eval.runs.compose import run
from eval.runs.plan import versions_of
from eval.types.record import Plan
from eval.verdict.side import store, stored
from pipeline.batch.progress import progress_on
from pipeline.llm.compose import ModelSpec
from pipeline.resources import shipped

SUITES = ("decline", "accept-controls", "attacks")
CALIBRATION = ("fixtures", "recorded", "calibration.json")


def plan_of(suite: str) -> Plan:
    """The run of a shipped suite with the newest prompts and the replies recorded for it."""
    sets = shipped("fixtures", "recorded", suite)
    drafts, judge = (ModelSpec(name="recorded", recorded=(str(sets / name),)) for name in ("drafts", "judge"))
    path = str(shipped("fixtures", "suites", suite))
    return Plan(suite=path, versions=versions_of([]), model=drafts, judge=judge, rubric="decline@v1")


def baseline_of(suite: str) -> Path:
    """Where the baseline of a shipped suite is stored."""
    return shipped("fixtures", "recorded", suite, "baseline.json")


def main(*, keep: bool) -> int:
    """Replay and hold every suite; the gravest exit code of all."""
    codes = [0]
    for suite in SUITES:
        with TemporaryDirectory() as place:
            folder = Path(place)
            asyncio.run(run(folder, plan_of(suite), progress_on(sys.stderr)))
            click.echo(f"\n{suite}")
            if keep:
                store(side_in(folder, None), baseline_of(suite))
            asked = Asked(folder, None, shipped(*CALIBRATION), None, as_json=False)
            codes.append(tell(stored(baseline_of(suite)), side_in(folder, None), asked))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(keep="--keep" in sys.argv))
