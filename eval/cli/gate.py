"""``candor eval gate``: may this run pass? For a pipeline, offline, by exit code. Left out: the comparing."""

from pathlib import Path

import click

from pipeline.cli.options import DEBUG, Named

_EPILOG = """
\b
Examples:
  candor eval gate run --against baseline.json
  candor eval gate run --against baseline.json --margin 5 --junit gate.xml
  candor eval gate run --candidate draft@v1 --keep baseline.json

\b
Exit codes:
  0  pass: nothing is worse
  1  worse
  2  something to mend: a file, an option
  3  no verdict: too many errors, or not shown to be within the margin
"""
_FILE = click.Path(path_type=Path)


@click.command("gate", short_help="Pass or stop a run, by its records alone.", epilog=_EPILOG)
@click.argument("run", metavar="RUN", type=_FILE)
@click.option("--against", metavar="FILE", type=_FILE, help="The stored baseline; 'gate --keep' makes one.")
@click.option("--baseline", metavar="VERSION", help="Instead: a version of the same run.")
@click.option("--candidate", metavar="VERSION", help="The version in question.  [default: the only other one]")
@click.option("--keep", metavar="FILE", type=Named(), help="Store the version in question as a baseline, and end.")
@click.option("--margin", metavar="POINTS", type=click.FloatRange(0, 100), help="Pass if it loses less than this.")
@click.option("--calibration", metavar="FILE", type=_FILE, help="Of the judge; without one the judge only advises.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole comparison as one line of JSON.")
@click.option("--junit", metavar="FILE", type=_FILE, help="Write it as JUnit XML, too.")
@DEBUG
def command(  # noqa: PLR0913 - one argument an option
    run: Path,
    *,
    against: Path | None,
    baseline: str | None,
    candidate: str | None,
    keep: Path | None,
    margin: float | None,
    calibration: Path | None,
    as_json: bool,
    junit: Path | None,
) -> int:
    """Hold a version of RUN against a stored baseline, or against another version of the same run.

    Records are read, nothing else: no model, no network. Without a margin it passes unless it is worse; with one it
    passes when the interval of every criterion that gates lies above the loss allowed.
    """
    from eval.cli.verdict import Asked, side_in, tell
    from eval.verdict.side import store, stored

    other = side_in(run, candidate, besides=baseline)
    if keep:
        store(other, keep)
        click.echo(f"{other.origin.version} is kept in {keep}: {len(other.abouts)} cases.")
        return 0
    if (against is None) == (baseline is None):
        raise click.UsageError("give --against FILE or --baseline VERSION, one of them")
    one = stored(against) if against else side_in(run, baseline)
    return tell(one, other, Asked(run, margin, calibration, junit, as_json=as_json))
