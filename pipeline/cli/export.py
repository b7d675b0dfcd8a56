"""``candor export``: the files of an output folder made anew from its database."""

import sys
from pathlib import Path

import click

from pipeline.cli.options import DEBUG

_EPILOG = """
\b
Example:
  candor export drafts
"""


@click.command("export", short_help="Write a run's files again from its database.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@DEBUG
def command(folder: Path) -> None:
    """Write drafts/, drafts.mbox, review/, review.html, summary.csv and outcomes.jsonl of DIR again.

    They come from DIR/candor.db alone, to the byte as the last run wrote them: for files that were lost or damaged, or
    after 'candor purge'. No model is asked and no inbox read. A draft that you have edited is never overwritten.
    """
    from pipeline.batch.rebuild import rebuild
    from pipeline.cli.finish import places
    from pipeline.cli.page import Page

    page, exported = Page(sys.stdout), rebuild(folder)
    page.gap()
    places(page, folder, exported)
    page.gap()
