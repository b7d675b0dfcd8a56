"""``candor policy facts``: what a rule can read, as a table or a schema for editors. Left out: the facts themselves."""

import json
import sys

import click

from pipeline.cli.options import DEBUG

_EPILOG = """
\b
Examples:
  candor policy facts
  candor policy facts --schema > policy.schema.json
  candor policy facts --schema clients > clients.schema.json

An editor with YAML support takes the schema by a first line in the file:
  # yaml-language-server: $schema=policy.schema.json
"""
_FILES = ("policy", "profile", "clients", "prices", "invoices", "calendar")


@click.command("facts", short_help="List what a rule can read.", epilog=_EPILOG)
@click.option(
    "--schema",
    "file",
    is_flag=False,
    flag_value="policy",
    type=click.Choice(_FILES),
    help="Print a JSON Schema (2020-12) for editors instead: of policy.yaml, or of another file of the folder.",
)
@DEBUG
def command(file: str | None) -> None:
    """List every fact that a rule can read: its name, what its values are, who tells it, and what it needs.

    A rule about a private fact may not speak of it in a text that a client reads. A fact that needs a record which you
    don't keep makes its rules dormant. What nobody said reads as 'no', or as not mentioned.
    """
    if file is None:
        from pipeline.cli.page import Page
        from pipeline.cli.policy.catalogue import show

        show(Page(sys.stdout))
        return
    click.echo(json.dumps(_schema(file), indent=2, ensure_ascii=False))


def _schema(file: str) -> object:
    if file == "policy":
        from pipeline.policy.schema.policy import policy_schema

        return policy_schema()
    from pipeline.business.schema import file_schema

    return file_schema(file)
