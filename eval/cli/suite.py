"""``candor eval suite``: check a suite, lock its test cases, print the schema of a case."""

from pathlib import Path

import click

from pipeline.cli.options import DEBUG

_EPILOG = """
\b
Examples:
  candor eval suite check decline
  candor eval suite lock my-suite
  candor eval suite schema > case.schema.json
"""
_CHECK = """
\b
Example:
  candor eval suite check fixtures/suites/decline
"""
_LOCK = """
\b
Examples:
  candor eval suite lock my-suite
  candor eval suite lock my-suite --accept
"""
_SCHEMA = """
\b
Example:
  candor eval suite schema > case.schema.json
"""
_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.group("suite", short_help="Check a suite of cases, and lock its test cases.", epilog=_EPILOG)
def command() -> None:
    """Check a suite of cases, lock its test cases, and print the JSON Schema of a case.

    A suite is a folder: suite.yaml names it, cases.jsonl holds a case a line, businesses.jsonl a business a line.
    """


@command.command("check", short_help="List all that is wrong with a suite.", epilog=_CHECK)
@_FOLDER
@DEBUG
def check(folder: Path) -> int:
    """List everything that is wrong with the suite in DIR, each with its file and line; DIR may name a shipped suite.

    Unknown fields, ids that stand there twice, a business that isn't there or can't be loaded, facts that the catalogue
    does not have, a test case that is not what was locked. Exits with 1 when there is anything.
    """
    from eval.suites.check import counted, faults
    from eval.suites.load import SuiteError, load_suite
    from eval.suites.suite import place_of

    folder = place_of(folder)
    if not folder.is_dir():
        raise SuiteError(f"there is no suite at {folder}")
    found = faults(folder)
    for said in found:
        click.echo(said)
    if not found:
        click.echo(f"Nothing to mend: {counted(load_suite(folder))}.")
    return int(bool(found))


@command.command("lock", short_help="Lock the test cases as they are.", epilog=_LOCK)
@_FOLDER
@click.option("--accept", is_flag=True, help="Also where a locked case was edited, moved or taken out.")
@DEBUG
def lock(folder: Path, *, accept: bool) -> None:
    """Write splits.lock.json: a hash of each test case in DIR and of the business that it belongs to.

    From then on a test case that is edited, moved to dev or taken out is an error, so that nobody tunes on what a
    verdict is measured by, and no figure changes its meaning without a word. New test cases are added to the lock.
    """
    from eval.suites.load import SuiteError, read_suite
    from eval.suites.lock import lock as write

    suite, faults = read_suite(folder)
    if suite is None:
        raise SuiteError(f"{faults[0]}; 'candor eval suite check {folder}' tells all")
    locked = write(suite, accept=accept)
    click.echo("1 test case is locked." if locked == 1 else f"{locked} test cases are locked.")


@command.command("schema", short_help="Print the JSON Schema of a case.", epilog=_SCHEMA)
@DEBUG
def schema() -> None:
    """Print the JSON Schema of a case, for an editor that completes and checks what you type."""
    import json

    from eval.suites.schema import schema as of_case

    click.echo(json.dumps(of_case(), indent=2, ensure_ascii=False))
