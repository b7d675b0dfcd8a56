"""``candor prompts diff``: what one version says otherwise than another, sentence by sentence."""

import difflib
import re
from collections.abc import Iterator

import click

from pipeline.cli.options import DEBUG

_EPILOG = """
\b
Examples:
  candor prompts diff draft@v1 draft@./my/draft
  candor prompts diff draft@v1 draft@v2 --context 0
"""
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_SENTENCE = re.compile(r"(?<=[.:;?!]) (?=\S)")
_LONG = 120  # characters of a line that is taken whole


@click.command("diff", short_help="Compare two versions.", epilog=_EPILOG)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--context", metavar="N", type=click.IntRange(0), default=1, show_default=True, help="Lines around each.")
@DEBUG
def command(old: str, new: str, context: int) -> None:
    """Compare two versions, OLD and NEW: a unified diff of their front matter and text.

    A paragraph is compared by its sentences, one a line, since prompts have long lines; nothing can be patched with it.
    """
    from pipeline.outbox.terminal import safe

    found = list(_difference(old, new, context))
    for line in found:
        click.secho(safe(line), fg=_COLOURS.get(line[:1]))
    if not found:
        click.echo(f"{safe(old)} and {safe(new)} are the same, front matter and text.")


def _difference(old: str, new: str, context: int) -> Iterator[str]:
    from pipeline.prompts.file import source
    from pipeline.prompts.find import folder_of

    before, after = (list(_lines(source(folder_of(name)[0]))) for name in (old, new))
    yield from difflib.unified_diff(before, after, old, new, n=context, lineterm="")


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from _SENTENCE.split(line) if len(line) > _LONG else [line]
