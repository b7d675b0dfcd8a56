"""``candor prompts list``: the versions there are, each with its parent, its lock and its note."""

import json
import sys
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import DEBUG

if TYPE_CHECKING:
    from pipeline.prompts import Template

_EPILOG = """
\b
Examples:
  candor prompts list
  candor prompts list --json
"""


@click.command("list", short_help="List the versions there are.", epilog=_EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Print them as one line of JSON.")
@DEBUG
def command(*, as_json: bool) -> None:
    """List every version of every stage: what it was made from, whether its text is locked, and what it is about.

    The newest of a stage is used where you name none.
    """
    from pipeline.prompts.lint import lint
    from pipeline.prompts.lock import read_lock
    from pipeline.resources import shipped

    root = shipped("prompts")
    locked, templates = read_lock(root), lint(root).templates
    rows = [_row(each, locked.get(each.name, "")) for each in templates]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        _show(rows)


def _row(template: "Template", locked: str) -> dict[str, str]:
    said = template.header.metadata
    return {
        "name": template.name,
        "parent": said.parent,
        "schema": said.schema_,
        "hash": template.hash,
        "lock": "open" if not locked else "locked" if locked == template.hash else "changed",
        "note": said.note,
    }


def _show(rows: list[dict[str, str]]) -> None:
    from pipeline.cli.page import Column, Page, text

    page = Page(sys.stdout)
    page.gap()
    columns = [Column("version", 14), Column("parent", 10), Column("hash", 12), Column("lock", 8), Column("note", 46)]
    cells = ("name", "parent", "hash", "lock", "note")
    page.table(columns, ([text(row[cell][:12] if cell == "hash" else row[cell]) for cell in cells] for row in rows))
    page.gap()
