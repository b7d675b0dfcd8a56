"""What the commands share that ask a judge alone: its options, and what to say while its replies are awaited."""

from pathlib import Path

import click

JUDGE = click.option("--judge", metavar="NAME", required=True, help="openai:NAME, recorded:DIR[,DIR] or heuristic.")
ENGINE = click.option(
    "--engine",
    type=click.Choice(["live", "files"]),
    default="live",
    show_default=True,
    help="live calls the judge; files writes requests.jsonl for a provider's batch service.",
)
RESULTS = click.option(
    "--results",
    metavar="RESULTS.jsonl",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Replies of the provider; may be given several times.",
)


def awaited(requests: int, folder: Path) -> None:
    """Say how many requests wait in ``folder``, and how to go on."""
    click.echo(f"{requests} requests wait in {folder / 'requests.jsonl'}; when they are answered:")
    click.echo("  the same command with --results RESULTS.jsonl")
