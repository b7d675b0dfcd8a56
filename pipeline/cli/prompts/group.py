"""``candor prompts``: the list of its commands, each loaded when it is called for."""

import click

from pipeline.cli.group import Commands

_EPILOG = """
\b
Example:
  candor prompts list
  candor prompts show draft@v1 --rendered
  candor prompts diff draft@v1 draft@./my/draft
  candor prompts lint
"""


class PromptCommands(Commands):
    """The commands about prompts."""

    modules = {  # noqa: RUF012 - a constant of the class, never changed
        "list": "pipeline.cli.prompts.list",
        "show": "pipeline.cli.prompts.show",
        "diff": "pipeline.cli.prompts.diff",
        "lint": "pipeline.cli.prompts.lint",
    }


@click.group("prompts", cls=PromptCommands, short_help="List, show, compare and check prompt versions.", epilog=_EPILOG)
def command() -> None:
    """List, show, compare and check the versions of the prompts.

    A version is a folder with one file; its name is STAGE@VERSION. One of your own is STAGE@FOLDER, with a slash in it:
    draft@./my/draft.
    """
