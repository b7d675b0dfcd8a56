"""``candor eval report``: a run as one page to read. Left out: the figures, and how the page looks."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import DEBUG, Named

if TYPE_CHECKING:
    from eval.types.record import Choice, Record
    from eval.types.rubric import Rubric
    from eval.verdict.comparison import Comparison

_EPILOG = """
\b
Examples:
  candor eval report run
  candor eval report run --baseline draft@v1 --candidate draft@v3 --out report.html
"""
_FILE = click.Path(path_type=Path)
_PAGE = "report.html"


@click.command("report", short_help="Write a run as one page to read.", epilog=_EPILOG)
@click.argument("run", metavar="RUN", type=_FILE)
@click.option("--baseline", metavar="VERSION", help="The version to compare with.  [default: the first of two]")
@click.option("--candidate", metavar="VERSION", help="The version in question.  [default: the other one]")
@click.option("--calibration", metavar="FILE", type=_FILE, help="Of the judge; without one the judge only advises.")
@click.option("--out", metavar="FILE", type=Named(), help="A new file.  [default: report.html in RUN, written anew]")
@DEBUG
def command(
    run: Path, *, baseline: str | None, candidate: str | None, calibration: Path | None, out: Path | None
) -> None:
    """Write RUN as one HTML page: the verdict, every draft on the candor quadrant, tables, mails beside drafts.

    With one version, or with several of which none is named, there are rates and no verdict. The page loads nothing. It
    is for you alone: it holds mails and names.
    """
    from eval.report.page import page
    from eval.rubrics.load import load_rubric
    from eval.runs.folder import read_choices, read_plan, read_records
    from pipeline.errors import UsageError

    plan = read_plan(run)
    rubric, records, choices = load_rubric(plan.rubric), read_records(run), read_choices(run)
    if not records:
        raise UsageError(f"{run} holds no records yet; go on with 'candor eval run'")
    pair = _pair(tuple(dict.fromkeys(record.version for record in records)), baseline, candidate)
    found = None
    if pair:
        try:
            found = _compared(records, choices, rubric, pair, calibration)
        except UsageError as refused:
            if baseline or candidate:
                raise
            click.echo(f"No verdict: {refused}.", err=True)
    _write(run, out, page(records, choices, found, rubric))


def _pair(versions: tuple[str, ...], baseline: str | None, candidate: str | None) -> tuple[str, str] | None:
    """The two to compare; None where nothing tells which.

    Raises:
        UsageError: one was named, and the other could be any of several.
    """
    from pipeline.errors import UsageError

    if baseline and candidate:
        return baseline, candidate
    if baseline or candidate:
        others = [version for version in versions if version not in {baseline, candidate}]
        if len(others) != 1:
            raise UsageError(f"the run holds {', '.join(versions)}; name --baseline and --candidate")
        return baseline or others[0], candidate or others[0]
    return (versions[0], versions[1]) if len(versions) == 2 else None  # noqa: PLR2004 - the two


def _compared(
    records: "Sequence[Record]",
    choices: "Sequence[Choice]",
    rubric: "Rubric",
    pair: tuple[str, str],
    calibration: Path | None,
) -> "Comparison":
    """The comparison.

    Raises:
        UsageError: the two may not be compared.
    """
    from eval.verdict.compare import Terms, compare_sides
    from eval.verdict.side import side_of

    one, other = (side_of(records, version) for version in pair)
    if calibration is None:
        return compare_sides(one, other, rubric, choices=choices)
    from eval.judge.calibration import read_calibration
    from eval.verdict.trust import trust_of

    terms = Terms(trust_of(read_calibration(calibration), (one, other), rubric))
    return compare_sides(one, other, rubric, terms=terms, choices=choices)


def _write(run: Path, out: Path | None, page: str) -> None:
    """Into a new file; the one in the run's own folder is ours, and made anew.

    Raises:
        OutputError: it is there already, or can't be written.
    """
    from pipeline.cli.newfile import create
    from pipeline.errors import OutputError

    path = out or run / _PAGE
    try:
        if out is None:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
    create(path, page.encode())
    click.echo(f"{path} is written. It holds mails and names: keep it to yourself.")
