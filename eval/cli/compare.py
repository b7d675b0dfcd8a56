"""``candor eval compare``: two prompt versions of a run, and the verdict. Left out: the comparing."""

from pathlib import Path

import click

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
_FILE = click.Path(path_type=Path)


@click.command("compare", short_help="Tell whether one prompt version is better than another.", epilog=_EPILOG)
@click.argument("run", metavar="RUN", type=_FILE)
@click.option("--baseline", metavar="VERSION", required=True, help="The version to compare with, such as draft@v1.")
@click.option("--candidate", metavar="VERSION", help="The version in question.  [default: the other one of the run]")
@click.option("--margin", metavar="POINTS", type=click.FloatRange(0, 100), help="Pass if it loses less than this.")
@click.option("--calibration", metavar="FILE", type=_FILE, help="Of the judge; without one the judge only advises.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole comparison as one line of JSON.")
@click.option("--junit", metavar="FILE", type=_FILE, help="Write it as JUnit XML, too.")
@DEBUG
def command(  # noqa: PLR0913 - one argument an option
    run: Path,
    *,
    baseline: str,
    candidate: str | None,
    margin: float | None,
    calibration: Path | None,
    as_json: bool,
    junit: Path | None,
) -> int:
    """Compare two prompt versions of RUN, case by case: better, worse, or no evidence at this size.

    Only records are read, no model is asked. A version is worse when it loses on a criterion that gates, beyond what
    chance explains; it is better when it wins on one that counts and loses on none.
    """
    from eval.cli.verdict import Asked, side_in, tell

    one = side_in(run, baseline)
    other = side_in(run, candidate, besides=baseline)
    return tell(one, other, Asked(run, margin, calibration, junit, as_json=as_json))
