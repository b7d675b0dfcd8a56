"""``candor eval compare``: two prompt versions of a run, and the verdict. Left out: the comparing."""

import click

from eval.cli.terms import Asked, asked
from pipeline.cli.options import DEBUG

_EPILOG = """
\b
Examples:
  candor eval compare run --baseline draft@v1
  candor eval compare run --baseline draft@v1 --candidate draft@v3 --margin 5
  candor eval compare run --baseline draft@v1 --calibration calibration.json --json

\b
Exit codes:
  0  pass: nothing is worse
  1  worse
  2  something to mend: a file, an option
  3  no verdict: too many errors, or not shown to be within the margin
"""


@click.command("compare", short_help="Tell whether one prompt version is better than another.", epilog=_EPILOG)
@click.option("--baseline", metavar="VERSION", required=True, help="The version to compare with, such as draft@v1.")
@click.option("--candidate", metavar="VERSION", help="The version in question.  [default: the other one of the run]")
@asked
@DEBUG
def command(*, asked: Asked, baseline: str, candidate: str | None) -> int:
    """Compare two prompt versions of RUN, case by case: better, worse, or no evidence at this size.

    Only records are read, no model is asked. A version is worse when it loses on a criterion that gates, beyond what
    chance explains; it is better when it wins on one that counts and loses on none.
    """
    from eval.cli.verdict import side_in, tell

    if candidate == baseline:
        raise click.UsageError(f"{baseline} is both; a version is compared with another one")
    one = side_in(asked.run, baseline)
    return tell(one, side_in(asked.run, candidate, besides=baseline), asked)
