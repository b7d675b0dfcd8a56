"""``candor policy``: the list of its commands, each loaded when it is called for."""

import click

from pipeline.cli.group import Commands

_EPILOG = """
\b
Example:
  candor policy check
  candor policy test
  candor policy explain mail.eml
"""


class PolicyCommands(Commands):
    """The commands about a policy."""

    modules = {  # noqa: RUF012 - a constant of the class, never changed
        "check": "pipeline.cli.policy.check",
        "test": "pipeline.cli.policy.test",
        "explain": "pipeline.cli.policy.explain",
        "diff": "pipeline.cli.policy.diff",
        "brief": "pipeline.cli.policy.brief",
        "facts": "pipeline.cli.policy.facts",
    }


@click.group("policy", cls=PolicyCommands, short_help="Check, test, explain and compare your policy.", epilog=_EPILOG)
def command() -> None:
    """Check, test, explain and compare your policy, and make the page that tells clients how you work."""
