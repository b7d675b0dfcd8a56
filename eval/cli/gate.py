"""``candor eval gate``: may this run pass? For a pipeline, offline, by exit code. Left out: the comparing."""

from pathlib import Path

import click

from eval.cli.terms import FILE, Asked, asked
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


@click.command("gate", short_help="Pass or stop a run, by its records alone.", epilog=_EPILOG)
@click.option("--against", metavar="FILE", type=FILE, help="The stored baseline; 'gate --keep' makes one.")
@click.option("--baseline", metavar="VERSION", help="Instead: a version of the same run.")
@click.option("--candidate", metavar="VERSION", help="The version in question.  [default: the only other one]")
@click.option("--keep", metavar="FILE", type=Named(), help="Store the version in question as a baseline, and end.")
@asked
@DEBUG
def command(
    *, asked: Asked, against: Path | None, baseline: str | None, candidate: str | None, keep: Path | None
) -> int:
    """Hold a version of RUN against a stored baseline, or against another version of the same run.

    Records are read, nothing else: no model, no network. Without a margin it passes unless it is worse; with one it
    passes when the interval of every criterion that gates lies above the loss allowed.
    """
    from eval.cli.verdict import side_in, tell
    from eval.verdict.side import store, stored

    other = side_in(asked.run, candidate, besides=baseline)
    if keep:
        store(other, keep)
        click.echo(f"{other.origin.version} is kept in {keep}: {len(other.abouts)} cases.")
        return 0
    if (against is None) == (baseline is None):
        raise click.UsageError("give --against FILE or --baseline VERSION, one of them")
    one = stored(against) if against else side_in(asked.run, baseline)
    return tell(one, other, asked)
