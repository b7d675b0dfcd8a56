"""``candor report``: what past noes teach. Left out: the counting, and how it looks."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import BUSINESS, DAY, DEBUG, FORCE, Named

if TYPE_CHECKING:
    from pipeline.policy.learn.report import Drafts
    from pipeline.types.business import Business

_EPILOG = """
\b
Examples:
  candor report drafts
  candor report drafts --html noes.html
  candor report drafts-september drafts-october drafts-november --html autumn.html
"""


@click.command("report", short_help="See what your past noes teach.", epilog=_EPILOG)
@click.argument("folders", metavar="DIR...", type=click.Path(path_type=Path), nargs=-1, required=True)
@BUSINESS
@DAY
@click.option("--html", "page", metavar="FILE", type=Named(), help="Write a page with plots, too: one file, for you.")
@FORCE
@click.option("--json", "as_json", is_flag=True, help="Print all figures as one line of JSON.")
@DEBUG
def command(  # noqa: PLR0913 - click hands over each option by name
    folders: tuple[Path, ...], business: Path, today: str, page: Path | None, *, force: bool, as_json: bool
) -> None:
    """See what your past noes teach: DIR is the output folder of 'candor batch', or several of them.

    Noes by reason, client and month; who asked again; which rules never fired and which facts were missing; what was
    offered; what the noes were worth; what went to a person; how much room you have; and what to set straight in the
    next agreement. Each figure says what it is of. It is for you alone. The business folder that the run was made with
    is taken, unless you name one.
    """
    from pipeline.batch.history import history
    from pipeline.cli.clock import chosen_day
    from pipeline.policy.learn.gather import report
    from pipeline.types.answered import Answered

    day = chosen_day(today)
    if day is None:
        raise click.UsageError("--today needs a day here, such as 2026-12-01")
    past = (each for folder in folders for each in history(folder, Answered))
    found = report(past, _business(business, folders[-1]), day, _drafts(folders))
    if page:
        from pipeline.cli.newfile import create
        from pipeline.sheets.report import as_html

        create(page, as_html(found, day).encode(), force=force)
    if as_json:
        click.echo(found.model_dump_json())
        return
    from pipeline.cli.lessons import show
    from pipeline.cli.page import Page

    show(Page(sys.stdout), found)
    if page:
        click.echo(f"{page} is written. It names clients and private figures: keep it to yourself.")


def _business(named: Path, folder: Path) -> "Business":
    from pipeline.business.folder import load_business
    from pipeline.cli.policy.folders import records_of

    return load_business(records_of(named, folder))


def _drafts(folders: Sequence[Path]) -> "Drafts | None":
    """What people did with the drafts of all folders."""
    from pipeline.outbox.ledger import touched
    from pipeline.policy.learn.report import Drafts

    found = [each for folder in folders if (each := touched(folder))]
    if not found:
        return None
    written, edited, gone = (sum(numbers) for numbers in zip(*found, strict=True))
    return Drafts(n=written, edited=edited, gone=gone)
