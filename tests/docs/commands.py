"""Commands as a page shows them, held against the ones that there are."""

import shlex

import click

from pipeline.cli.group import candor


def unknown(line: str) -> set[str]:
    """The options of ``candor ...`` that its command lacks.

    Raises:
        AssertionError: there is no such command.
    """
    words = shlex.split(line, comments=True)[1:]
    command: click.Command = candor
    with click.Context(candor) as context:
        while isinstance(command, click.Group):
            found = command.get_command(context, words.pop(0))
            assert found is not None, line
            command = found
    known = {option for parameter in command.params for option in parameter.opts}
    return {word for word in words if word.startswith("--")} - known
