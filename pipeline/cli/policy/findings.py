"""Findings on the page, or as a line of JSON. What this leaves out: how they are found."""

import sys
from collections import Counter
from collections.abc import Sequence

import click

from pipeline import __version__
from pipeline.cli.page import Page, text
from pipeline.policy.lint.findings import Finding, Level
from pipeline.types.base import Value

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: ""}
_HEADS = {Level.ERROR: "Must be mended", Level.WARNING: "Hardly meant so", Level.NOTE: "Good to know"}


class Listing(Value):
    """What a program reads."""

    candor: str
    errors: int
    warnings: int
    notes: int
    findings: tuple[Finding, ...]


def printed(findings: Sequence[Finding]) -> None:
    """By level, each with its place and what to do, and a last line of counts."""
    page = Page(sys.stdout)
    for level in Level:
        found = [finding for finding in findings if finding.level is level]
        if found:
            page.heading(_HEADS[level])
        for finding in found:
            blocks = [text(finding.place, "bold"), text(f"{finding.says}.", _COLOURS[level])]
            page.part(level.value, *blocks, *([text(finding.do)] if finding.do else []))
            page.gap()
    if not findings:
        page.gap()
    page.say(_counted(findings), "" if findings else "green")
    page.gap()


def listed(findings: Sequence[Finding]) -> None:
    """As one line of JSON."""
    many = _many(findings)
    listing = Listing(
        candor=__version__,
        errors=many[Level.ERROR],
        warnings=many[Level.WARNING],
        notes=many[Level.NOTE],
        findings=tuple(findings),
    )
    click.echo(listing.model_dump_json())


def _many(findings: Sequence[Finding]) -> Counter[Level]:
    return Counter(finding.level for finding in findings)


def _counted(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Nothing to mend: every rule, text and alternative holds together."
    many = _many(findings)
    return ", ".join(f"{many[level]} {level}{'' if many[level] == 1 else 's'}" for level in Level) + "."
