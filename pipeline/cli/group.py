"""``candor`` itself: the list of commands, each loaded when it is called for, and the exit codes.

A command's module imports no more than click at its top, so that every ``--help`` is quick. What this leaves out: how a
command ends, which ``ending`` says.
"""

import importlib
from collections.abc import Mapping

import click

from pipeline import __version__

COMMANDS = {
    "demo": "pipeline.cli.demo",
    "init": "pipeline.cli.init",
    "doctor": "pipeline.cli.doctor",
    "draft": "pipeline.cli.draft",
    "batch": "pipeline.cli.batch",
    "collect": "pipeline.cli.collect",
    "export": "pipeline.cli.export",
    "record": "pipeline.cli.record",
    "purge": "pipeline.cli.purge",
    "policy": "pipeline.cli.policy.group",
    "prompts": "pipeline.cli.prompts.group",
    "voice": "pipeline.cli.voice",
    "remind": "pipeline.cli.remind",
    "report": "pipeline.cli.past",
    "eval": "eval.cli.group",  # a package beside this one: named here, imported by nothing in it
}
"""In the order in which a newcomer meets them. Each is ``command`` in the module named here."""

_EPILOG = """
\b
Examples:
  candor demo
  candor init business
  candor draft mail.eml --model openai:gpt-5-mini
  candor batch my.mbox --out drafts --model openai:gpt-5-mini

\b
Exit codes:
  0    done
  1    a run that could not be finished
  2    something to mend: a file, an option, a key
  130  Ctrl-C or SIGTERM

Nothing here sends mail. 'candor COMMAND --help' says more of each command.
"""


class Commands(click.Group):
    """Loads the module of a command when it is asked for. ``modules`` names them, in the order of the help."""

    modules: Mapping[str, str] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in our order."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command, or None when there is none of that name."""
        if cmd_name not in self.modules:
            return None
        command = importlib.import_module(self.modules[cmd_name]).command
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="candor", message="%(prog)s %(version)s")
def candor() -> None:
    """Drafts the mail that people put off: the clear, kind no to a client.

    Candor reads your mail, finds out what each client asks for, decides by your own written policy, and drafts a reply
    that says no plainly and offers three things you can keep. A person reads and sends it.
    """
