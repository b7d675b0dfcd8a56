"""What a run has come to, in a few lines, and the exit code."""

from pathlib import Path

import click

from eval.cli.reading import told
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
        return 0
    for line in told(plan, finished):
        click.echo(line)
    click.echo(advice(folder, plan))
    return 0


def advice(folder: Path, plan: Plan) -> str:
    """The next command of a run that is complete."""
    if len(plan.versions) == 1 or plan.model.name == "offline":
        return f"To read:  candor eval report {folder}"
    first, second, *more = plan.versions
    candidate = f" --candidate {second}" if more else ""
    return f"The verdict:  candor eval compare {folder} --baseline {first}{candidate}"
