"""``candor prompts show``: a version as it stands in its file, or as a model would be sent it."""

import click

from pipeline.cli.options import DEBUG

_EPILOG = """
\b
Examples:
  candor prompts show draft@v1
  candor prompts show draft@v1 --rendered
  candor prompts show draft@./my/draft
"""


@click.command("show", short_help="Print a version.", epilog=_EPILOG)
@click.argument("name", metavar="STAGE@VERSION")
@click.option("--rendered", is_flag=True, help="Fill in a made-up mail, as a model would be sent it.")
@DEBUG
def command(name: str, *, rendered: bool) -> None:
    """Print a version: its front matter and its text."""
    from pipeline.outbox.terminal import safe

    click.echo(safe(_rendered(name) if rendered else _written(name)), nl=False)


def _written(name: str) -> str:
    from pipeline.prompts.file import source
    from pipeline.prompts.find import folder_of

    return source(folder_of(name)[0])


def _rendered(name: str) -> str:
    from pipeline.prompts import load_prompt
    from pipeline.prompts.sample import sample

    template = load_prompt(name)
    turns = template.render(sample(template.stage)).messages
    return "".join(f"{turn.role}:\n{turn.content}\n\n" for turn in turns)
