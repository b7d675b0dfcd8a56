"""``candor prompts lint``: what is wrong with the versions, and their lock. Left out: the lint itself."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import DEBUG

if TYPE_CHECKING:
    from pipeline.prompts.lint import Finding

_EPILOG = """
\b
Examples:
  candor prompts lint
  candor prompts lint --lock
  candor prompts lint my-prompts --strict
"""


@click.command("lint", short_help="List what is wrong with the versions.", epilog=_EPILOG)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--lock", is_flag=True, help="Write new versions into prompts.lock.json.")
@click.option(
    "--accept", is_flag=True, help="With --lock: take changed versions, too, if no record was made with them."
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@DEBUG
def command(folder: Path | None, *, lock: bool, accept: bool, strict: bool) -> int:
    """List what is wrong with the prompt versions, and what could be better.

    Records name the versions they were made with, so a version's text never changes once it is locked: a change is a
    new version. DIR is a folder laid out as the shipped one, STAGE/VERSION/prompt.prompty. Exits with 1 when there are
    errors.
    """
    from pipeline.errors import PromptError
    from pipeline.prompts.lint import Level, lint
    from pipeline.prompts.lock import write_lock
    from pipeline.resources import shipped

    if accept and not lock:
        raise click.UsageError("--accept goes with --lock")
    root = folder or shipped("prompts")
    if not root.is_dir():
        raise PromptError(f"there is no folder {root}")
    shelf = lint(root)
    if not shelf.templates and not shelf.findings:
        raise PromptError(f"{root} holds no version; one lies in STAGE/VERSION/prompt.prompty")
    if lock and not shelf.unread:
        write_lock(root, shelf.hashes, accept=accept)
        shelf = lint(root)
    _show(shelf.findings, len(shelf.templates))
    failing = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    return int(any(finding.level in failing for finding in shelf.findings))


def _show(findings: "Sequence[Finding]", versions: int) -> None:
    """Each with what to do, and a last line of counts."""
    from pipeline.cli.page import Page, text

    page = Page(sys.stdout)
    page.gap()
    for each in findings:
        colour = "red" if each.level == "error" else "yellow"
        blocks = [text(each.version, "bold"), text(f"{each.says}.", colour)]
        page.part(each.level.value, *blocks, *([text(each.do)] if each.do else []))
        page.gap()
    many = Counter(each.level.value for each in findings)
    counts = ", ".join(f"{many[level]} {level}{'' if many[level] == 1 else 's'}" for level in ("error", "warning"))
    page.say(f"{versions} version{'' if versions == 1 else 's'}: {counts if findings else 'nothing to mend'}.")
    page.gap()
