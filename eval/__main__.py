"""``python -m eval``: every shipped suite with its recorded replies, held against its stored baseline, all offline.

A changed prompt, policy or guard shows here before it meets a client: as a loss, or as a reply that is not recorded.
``--keep`` stores what is found as the baseline.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from eval.cli.terms import Asked
from eval.cli.verdict import side_in, tell
from eval.runs.compose import run
from eval.shipped import SUITES, baseline_of, calibration, plan_of
from eval.verdict.side import store, stored
from pipeline.batch.progress import progress_on


def main(*, keep: bool) -> int:
    """Replay and hold every suite; the gravest exit code of all."""
    codes = [0]
    for suite in SUITES:
        with TemporaryDirectory() as place:
            folder = Path(place)
            asyncio.run(run(folder, plan_of(suite), progress_on(sys.stderr, "cases")))
            click.echo(f"\n{suite}")
            found = side_in(folder, None)
            if keep:
                store(found, baseline_of(suite))
            asked = Asked(folder, None, calibration(), None, as_json=False)
            codes.append(tell(stored(baseline_of(suite)), found, asked))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(keep="--keep" in sys.argv))
