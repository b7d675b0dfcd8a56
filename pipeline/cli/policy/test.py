"""``candor policy test``: the rows of ``policy_test.yaml``, and what they would notice. Left out: the telling."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import BUSINESS, DEBUG

if TYPE_CHECKING:
    from pipeline.policy.cases.table import Row, Table
    from pipeline.types.business import Business

FILE = "policy_test.yaml"
_EPILOG = """
\b
Examples:
  candor policy test
  candor policy test --suggest
  candor policy test --suggest --write
  candor policy test --business fixtures/studio --json
"""


@click.command("test", short_help="Test your policy by your own examples.", epilog=_EPILOG)
@BUSINESS
@click.option("--suggest", is_flag=True, help="Show rows for what no row notices yet; their outcomes are today's.")
@click.option("--write", is_flag=True, help=f"With --suggest: add those rows to {FILE}, for you to confirm.")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as one line of JSON.")
@DEBUG
def command(business: Path, *, suggest: bool, write: bool, as_json: bool) -> int:
    """Test your policy by the examples of policy_test.yaml in your business folder.

    Each row says what a client asks and what must come of it; a row that fails is told with the rules it turned on.
    Then your policy is changed in one small way after another: a limit moved, a condition dropped, an exception
    forgotten. A change that no row notices is a slip of the pen that you would not notice either. Exits with 1 when a
    row fails.
    """
    from pipeline.business.folder import load_business
    from pipeline.cli.policy.tested import as_line, tell
    from pipeline.policy.cases.examine import examine

    if write and not suggest:
        raise click.UsageError("--write goes with --suggest")
    ours = load_business(business)
    table = _table(business / FILE, ours, empty=suggest)
    examined = examine(table, ours)
    rows = examined.suggested.rows if suggest else ()
    if write and rows:
        _add(business / FILE, table, rows, ours)
    if as_json:
        click.echo(as_line(examined))
    else:
        tell(examined, ours.policy, rows=rows, written=str(business / FILE) if write else "")
    return int(bool(examined.failed))


def _table(path: Path, business: "Business", *, empty: bool) -> "Table":
    """The table of a file; with ``empty`` one without rows where there is none."""
    from pipeline.business.files import text_of
    from pipeline.cli.clock import today
    from pipeline.errors import BusinessError
    from pipeline.policy.cases.load import load_table
    from pipeline.policy.cases.table import Table

    if path.exists():
        return load_table(text_of(path), path.name, business)
    if not empty:
        raise BusinessError(f"there is no {FILE} in {path.parent}; 'candor policy test --suggest --write' makes one")
    return Table(name=path.name, today=today(), rows=())


def _add(path: Path, table: "Table", rows: "tuple[Row, ...]", business: "Business") -> None:
    """Write the rows behind those that are there; what would not read again as the same is not written.

    Raises:
        OutputError: the file can't be written, or ends in something else than rows.
    """
    import os

    from pipeline.business.files import text_of
    from pipeline.errors import OutputError
    from pipeline.policy.cases.load import load_table
    from pipeline.policy.cases.write import extended

    before = text_of(path) if path.exists() else ""
    if before and table.indent is None:
        raise OutputError(f"{path}: 'rows' must come last, as a list of lines with '-', so that rows can be added")
    text = extended(before, table, rows)
    load_table(text, path.name, business)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
