"""``candor record``: a finished run's replies as a set that ``--model recorded:DIR`` replays."""

from pathlib import Path

import click

from pipeline.cli.options import DEBUG, Named

_EPILOG = """
\b
Example:
  candor record drafts --into my-set --label "replies of gpt-5-mini"
  candor batch my.mbox --out again --model recorded:my-set
"""


@click.command("record", short_help="Keep the replies of a run, to replay them.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--into", metavar="DIR", type=Named(), required=True, help="The folder of the set.")
@click.option(
    "--label", metavar="TEXT", required=True, help="Who answered, in words; stands in the set and in the demo."
)
@DEBUG
def command(folder: Path, into: Path, label: str) -> None:
    """Turn the model replies behind the output folder DIR into a recorded set.

    A set holds the replies, the model's name, its parameters, the date and the prompt versions. It does not hold the
    mails, but a reply quotes them: look through it before you share it.
    """
    from pipeline.batch.commands import record
    from pipeline.cli.clock import today

    count = record(folder, into, label, today())
    click.echo(f"{count} replies recorded in {into}. Replay them with --model recorded:{into}")
