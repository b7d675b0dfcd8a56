"""``candor policy brief``: the page that tells clients how you work. Left out: what stands on it, and how it looks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import BUSINESS, DEBUG, FORCE, Named

if TYPE_CHECKING:
    from pipeline.policy.brief.sheet import Brief

_LANGUAGES = ("en", "de", "fr", "es")
_EPILOG = """
\b
Examples:
  candor policy brief
  candor policy brief --out how-we-work.html
  candor policy brief --language de --out so-arbeiten-wir.md --force
"""


@click.command("brief", short_help="Make the page that tells clients how you work.", epilog=_EPILOG)
@BUSINESS
@click.option(
    "--language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="The language of the page. A text that your policy does not have in it is left out and named.",
)
@click.option(
    "--out",
    metavar="FILE.html|FILE.md",
    type=Named(),
    help="Where the page goes: HTML to print or to send, Markdown to edit.  [default: Markdown on the screen]",
)
@FORCE
@DEBUG
def command(business: Path, language: str, out: Path | None, *, force: bool) -> None:
    """Make the page that tells clients, before the first order, how you work.

    It says when you would say no (the texts of rules with 'tell_upfront'), what they get instead, what you
    will ask, what happens when things change, run over or go wrong, and when you talk and update the agreement. Nothing
    private stands on it: no note, no record of a client, no name of a rule. Read it before you send it.
    """
    from pipeline.business.folder import load_business
    from pipeline.cli.clock import today
    from pipeline.outbox.terminal import safe
    from pipeline.policy.brief.gather import brief

    if out and out.suffix.lower() not in {".html", ".htm", ".md"}:
        raise click.UsageError(f"--out {out} must end in .html or .md")
    page = brief(load_business(business), language, today())
    for what in page.left_out:
        click.echo(f"candor: left out: {safe(what)}", err=True)
    _put(page, out, force=force)


def _put(page: "Brief", out: Path | None, *, force: bool) -> None:
    from pipeline.cli.clock import today
    from pipeline.cli.newfile import create
    from pipeline.outbox.terminal import safe
    from pipeline.sheets.brief import as_html, as_markdown

    if out is None:
        click.echo(safe(as_markdown(page, today())), nl=False)
        return
    made = as_markdown if out.suffix.lower() == ".md" else as_html
    create(out, made(page, today()).encode(), force=force)
    click.echo(f"{out} is written. Read it before you send it.")
