"""What a run has come to, in a few lines, and the exit code."""

from pathlib import Path

import click

from eval.runs.compose import Finished
from eval.types.record import Plan


def tell(folder: Path, plan: Plan, finished: Finished) -> int:
    """Say how the run ended and what to do next; 1 when it did not come to its end by a fault."""
    ended = finished.ended
    before = finished.units - ended.done - ended.waiting
    click.echo(f"{finished.units} runs of a case, each over {', '.join(plan.versions)}:")
    click.echo(f"  {ended.done} made now, {before} made before, {ended.waiting} waiting")
    if ended.error:
        click.echo(f"candor: {ended.error}", err=True)
        return 1
    if finished.requests:
        click.echo(f"{finished.requests} requests wait in {folder / 'requests.jsonl'}; when they are answered:")
        click.echo(f"  candor eval collect {folder} RESULTS.jsonl")
    elif len(plan.versions) > 1:
        click.echo(f"The verdict:  candor eval compare {folder} --baseline {next(iter(plan.versions))}")
    else:
        click.echo(f"To read:  candor eval report {folder}")
    return 0
