"""The options that hand provider files in, and the question before it; a command gets them as one ``Handed``.

What this leaves out: the handing in.
"""

import sys
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.cli.options import Command

if TYPE_CHECKING:
    from pipeline.batch.commands import Submit
    from pipeline.llm.compose import ModelSpec


class Handed(NamedTuple):
    """Whether files are to be handed in, and whether that has been agreed to."""

    submit: bool
    yes: bool

    def agreed(self, spec: "ModelSpec", *, final: bool = False) -> "Submit | None":
        """How to hand in, once whoever is asked agrees; a server of one's own needs no question. None: it is not asked.

        Raises:
            UsageError: there is nobody to ask.
            click.Abort: they do not agree.
        """
        if not self.submit:
            return None
        from pipeline.batch.commands import Submit
        from pipeline.cli.consent import SUBMIT, agreed
        from pipeline.cli.page import Page
        from pipeline.llm.compose import hosted
        from pipeline.llm.profiles import OPENAI_URL, is_local

        away = hosted(spec) and not is_local(spec.base_url or OPENAI_URL)
        if away and not agreed(spec, Page(sys.stderr), yes=self.yes, words=SUBMIT):
            raise click.Abort
        return Submit(final=final)


def submitting(command: Command) -> Command:
    """Add the options; ``command`` gets them as its argument ``handed``."""

    @wraps(command)
    def gathered(*args: object, submit: bool, yes: bool, **others: object) -> int | None:
        return command(*args, handed=Handed(submit, yes), **others)

    return _SUBMIT(_YES(gathered))


_SUBMIT = click.option(
    "--submit",
    is_flag=True,
    help="Hand the files of --engine files in at the model's endpoint, wait, and take the results in.",
)
_YES = click.option("--yes", is_flag=True, help="With --submit: hand mail in at a provider without asking first.")
