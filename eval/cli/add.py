"""``candor eval add``: a draft that went wrong as a case of a suite. Left out: how the case is made."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import DEBUG, Named

if TYPE_CHECKING:
    from pipeline.types.past import Past

_ACTIONS = ("skip", "accept", "ask", "decline", "escalate", "end")
_EPILOG = """
\b
Examples:
  candor eval add drafts/drafts/0003-maria-weber.eml --because "Promises Friday." --into mine
  candor eval add drafts#3 --because "That is our list price." --expect accept --into mine
  candor eval add drafts/outcomes.jsonl#9f2c --because "Too curt." --into mine
"""


@click.command("add", short_help="Turn a draft that went wrong into a case.", epilog=_EPILOG)
@click.argument("outcome", metavar="OUTCOME")
@click.option("--because", metavar="TEXT", required=True, help="What went wrong, in a sentence.")
@click.option("--into", metavar="DIR", type=Named(), required=True, help="The suite; begun if it isn't there.")
@click.option(
    "--expect",
    "expect",
    type=click.Choice(_ACTIONS),
    multiple=True,
    help="What should have become of the mail, the best first.  [default: what did; only the draft was wrong]",
)
@click.option("--must", metavar="TEXT", multiple=True, help="What an answer has to do; may be given several times.")
@click.option("--must-not", metavar="TEXT", multiple=True, help="What it must not do; may be given several times.")
@click.option(
    "--business",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The business folder.  [default: the one that the run was given]",
)
@DEBUG
def command(  # noqa: PLR0913 - the options, each by name
    outcome: str,
    *,
    because: str,
    into: Path,
    expect: tuple[str, ...],
    must: tuple[str, ...],
    must_not: tuple[str, ...],
    business: Path | None,
) -> None:
    """Turn one outcome of a run of 'candor batch' into a dev case of the suite in DIR.

    OUTCOME is a draft's file, or the output folder (or its outcomes.jsonl), a '#', and the mail's number in
    summary.csv, its file name, or the beginning of its key. The case holds the mail, the day, and the whole business
    folder, so that it can be tried again when the folder has changed.
    """
    from eval.suites.add import Wrong, add
    from pipeline.batch.history import business_of
    from pipeline.types.decision import Action

    folder, past = _found(outcome)
    wrong = Wrong(because, tuple(map(Action, expect)), must, must_not)
    added = add(past, business or business_of(folder), wrong, into)
    kept = "its business was there already" if added.known else f"with its business '{added.case.business}'"
    click.echo(f"'{added.case.id}' is a dev case of {into} now, {kept}.")
    click.echo(
        "It holds a client's words, and the business folder those of your clients' records: keep it to yourself."
    )


def _found(outcome: str) -> "tuple[Path, Past]":
    """The output folder and the outcome that is meant."""
    from pipeline.batch.history import EXPORT, one

    before, _, wanted = outcome.rpartition("#")
    path = Path(before)
    if not before:
        path, wanted = Path(outcome).parent.parent, Path(outcome).name.partition("-")[0]
        if Path(outcome).suffix != ".eml":
            raise click.UsageError(f"'{outcome}' is no draft; or write the output folder, '#' and the mail's number")
    folder = path.parent if path.name == EXPORT else path
    return folder, one(folder, wanted)
