"""``candor eval record``: the replies behind a run as recorded sets, to be replayed and shared."""

from pathlib import Path

import click

from pipeline.cli.options import DEBUG, Named

_EPILOG = """
\b
Example:
  candor eval record run --into my-sets --label "replies of gpt-5-mini"
  candor eval run my-suite --model recorded:my-sets/drafts --out again
"""


@click.command("record", short_help="Keep the replies of a run, to replay them.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--into", metavar="DIR", type=Named(), required=True, help="The folder of the sets.")
@click.option("--label", metavar="TEXT", required=True, help="Who answered, in words; stands in the sets.")
@DEBUG
def command(folder: Path, into: Path, label: str) -> None:
    """Turn the replies that the run DIR was given into recorded sets: drafts, and judge if there was one.

    A set holds the replies, the model's name, its parameters, the date and the prompt versions. It does not hold the
    mails, but a reply quotes them: look through it before you share it.
    """
    from eval.runs.record import record
    from pipeline.cli.clock import today

    for name, count in record(folder, into, label, today()).items():
        click.echo(f"{count} replies recorded in {into / name}")
