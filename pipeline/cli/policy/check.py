"""``candor policy check``: all that is wrong with a policy, or could go wrong with it. Left out: the lint itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import BUSINESS, DEBUG

if TYPE_CHECKING:
    from pipeline.errors import UsageError
    from pipeline.policy.lint.findings import Finding

_EPILOG = """
\b
Examples:
  candor policy check
  candor policy check --business fixtures/studio --strict
  candor policy check --json
"""


@click.command("check", short_help="List what is wrong with your policy.", epilog=_EPILOG)
@BUSINESS
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as one line of JSON.")
@DEBUG
def command(business: Path, *, strict: bool, as_json: bool) -> int:
    """List everything that is wrong with your policy, with its place in the file and what to do.

    An error in a file means no policy at all, and no draft. Where all can be read, the policy is looked at as a whole,
    for every mail that could come: rules that never fire or never decide, refusals that could leave a client without
    three kinds of alternatives, offers that the policy itself would refuse, texts that are missing. Exits with 1 when
    there are errors.
    """
    from pipeline.cli.policy.findings import listed, printed
    from pipeline.policy.lint.findings import Level

    findings = _findings(business)
    (listed if as_json else printed)(findings)
    failing = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    return int(any(finding.level in failing for finding in findings))


def _findings(folder: Path) -> "tuple[Finding, ...]":
    """Every error of the folder's files; what the lint has to say where there is none."""
    from pipeline.business.folder import load_business
    from pipeline.cli.clock import today
    from pipeline.errors import PolicyError, UsageError
    from pipeline.policy.lint.findings import faulty
    from pipeline.policy.lint.run import lint
    from pipeline.yamltree import parse

    faults = _policy_faults(folder)
    try:
        business = load_business(folder)
    except UsageError as fault:
        if not folder.is_dir():
            raise
        faults += [fault] if str(fault) not in map(str, faults) else []
    if faults:
        return tuple(map(faulty, faults))
    return lint(business, parse(_text(folder / "policy.yaml"), "policy.yaml", PolicyError), today())


def _policy_faults(folder: Path) -> "list[UsageError]":
    """What is wrong with the policy and its texts in further languages, all of it; of a missing file, nothing."""
    from pipeline.policy.load import read_policy
    from pipeline.policy.texts import read_texts

    text = _text(folder / "policy.yaml")
    if not text:
        return []
    policy, faults, _ = read_policy(text, "policy.yaml")
    found: list[UsageError] = list(faults)
    if policy is None:
        return found
    for path in sorted((folder / "texts").glob("*.yaml")):
        found += read_texts(policy, path.stem, _text(path), f"texts/{path.name}")[1]
    return found


def _text(path: Path) -> str:
    """The text of a file of the folder; empty where it can't be read, which loading the folder tells."""
    from pipeline.business.files import text_of
    from pipeline.errors import BusinessError

    try:
        return text_of(path)
    except BusinessError:
        return ""
