"""``candor eval collect``: a provider's result files into the run that they were asked from."""

import sys
from pathlib import Path

import click

from pipeline.cli.options import DEBUG

_EPILOG = """
\b
Example:
  candor eval run my-suite --model openai:gpt-5-mini --engine files --out run
  (give run/requests.jsonl to the provider's batch service, or to 'vllm run-batch')
  candor eval collect run results.jsonl
  (and so on with the new run/requests.jsonl, until none is left)
"""


@click.command("collect", short_help="Take in the replies of a provider file.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("files", metavar="RESULTS.jsonl...", type=click.Path(path_type=Path), nargs=-1, required=True)
@DEBUG
def command(folder: Path, files: tuple[Path, ...]) -> int:
    """Take replies from RESULTS.jsonl into the run DIR, go on with them, and write the requests of the next stage.

    Results may come in parts, in any order, with error lines among them, and twice. A request that failed is asked
    again.
    """
    import asyncio

    from eval.cli.told import tell
    from eval.runs.compose import run
    from eval.runs.folder import read_plan
    from eval.runs.results import results_of
    from pipeline.batch.progress import progress_on

    plan = read_plan(folder)
    results = results_of(folder, files)
    click.echo(
        f"{len(results.usable)} replies, {results.failed} failed, {results.unknown} to other requests, "
        f"{results.broken} unreadable lines"
    )
    return tell(folder, plan, asyncio.run(run(folder, plan, progress_on(sys.stderr, "cases"), results.usable)))
