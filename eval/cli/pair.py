"""``candor eval pair``: drafts made anywhere, two a case, put to a judge in both orders. Left out: the asking."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eval.cli.asking import ENGINE, JUDGE, RESULTS, awaited
from pipeline.cli.options import BASE_URL, DEBUG, Named

if TYPE_CHECKING:
    from eval.pairs.drafts import Drafts

_EPILOG = """
\b
Examples:
  candor eval pair run:draft@v2 run:draft@v1 --judge openai:NAME --out pairs
  candor eval pair run:draft@v2 page.jsonl --judge openai:NAME --engine files --out pairs
  (and again with --results RESULTS.jsonl, until no request is left)

\b
A line of a file:
  {"case": "fair", "body": "Hi Mia, ..."}
"""


@click.command("pair", short_help="Have a judge prefer one of two drafts a case.", epilog=_EPILOG)
@click.argument("one", metavar="ONE")
@click.argument("other", metavar="OTHER")
@JUDGE
@click.option("--suite", metavar="SUITE", type=click.Path(path_type=Path), help="Its mails.  [default: that of a run]")
@click.option("--out", "folder", metavar="DIR", type=Named(), required=True, help="Where replies and choices are kept.")
@ENGINE
@RESULTS
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one line of JSON.")
@BASE_URL
@DEBUG
def command(  # noqa: PLR0913 - one argument an option
    one: str,
    other: str,
    *,
    judge: str,
    suite: Path | None,
    folder: Path,
    engine: str,
    results: tuple[Path, ...],
    as_json: bool,
    base_url: str | None,
) -> None:
    """Have a judge say of every case which of two drafts serves the client better: that of ONE or that of OTHER.

    Each is a run's folder, RUN:VERSION where it holds several, or a file with a line a case. A pair is shown in both
    orders, without names; only a choice that holds in both counts. Run again, it goes on; no reply is paid for twice.
    """
    import asyncio

    from eval.cli.preferences import show
    from eval.cli.specs import spec_of
    from eval.pairs.compose import bench_of, pair, tally_of
    from eval.pairs.drafts import drafts_of
    from eval.runs.results import results_of
    from pipeline.cli.page import Page

    sides = drafts_of(one), drafts_of(other)
    bench = bench_of(*sides, _suite(suite, sides), spec_of(judge, base_url))
    usable = results_of(folder, results).usable if results else {}
    paired = asyncio.run(pair(bench, folder, engine, usable))
    if paired.requests:
        awaited(paired.requests, folder)
    elif as_json:
        click.echo(tally_of(bench, paired).model_dump_json())
    else:
        show(Page(sys.stdout), tally_of(bench, paired))


def _suite(named: Path | None, sides: "tuple[Drafts, Drafts]") -> Path:
    """The suite of the drafts.

    Raises:
        UsageError: none is named, and neither side is a run.
    """
    from eval.suites.suite import place_of
    from pipeline.errors import UsageError

    found = place_of(named) if named else sides[0].suite or sides[1].suite
    if found is None:
        raise UsageError("give --suite; files of drafts don't tell which mails they answer")
    return found
