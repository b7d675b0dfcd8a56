"""``candor draft``: one mail, its decision with the reasons, and the draft.

What this leaves out: threads. Whether a newer mail or our own answer settles this one, only ``batch`` can know.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import EARLIER, Reading, reading, shared
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.types.business import Profile
    from pipeline.types.outcome import Outcome

_EPILOG = """
\b
Examples:
  candor draft mail.eml
  candor draft mail.eml --model openai:gpt-5-mini --out reply.eml
  candor draft - --json < mail.eml
  candor draft note.txt --format text
"""


@click.command("draft", short_help="Draft the reply to one mail.", epilog=_EPILOG)
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as one line of JSON.")
@click.option("--public", is_flag=True, help="Leave out what is private to the business, to show it to others.")
@click.option(
    "--out",
    metavar="FILE.eml",
    type=click.Path(path_type=Path),
    help="Write the draft as a mail that is ready to send.",
)
@EARLIER
@reading
@shared
def command(  # noqa: PLR0913 - one argument an option
    file: Path,
    reading: Reading,
    settings: Settings,
    out: Path | None,
    earlier: tuple[Path, ...],
    *,
    as_json: bool,
    public: bool,
) -> int:
    """Draft the reply to one mail: FILE is an .eml file, or - for the standard input, which may be bare text.

    Shows the decision with its reasons (the rule, the words it rests on, what would change it), the draft, what the
    guard found, and which model answered. Nothing is sent.
    """
    import asyncio

    from rich.console import Console

    from pipeline.cli.clock import chosen_day, today
    from pipeline.cli.models import model_spec
    from pipeline.cli.single import answer, choices_of, only_mail
    from pipeline.outbox.public import public as without_private

    model, day = model_spec(settings), chosen_day(settings.today)
    mail = only_mail(file, reading)
    if out:
        _check(out)
    with Console(stderr=True).status("Reading, deciding, drafting ..."):  # shows on a terminal only, and goes again
        choices = choices_of(settings.business, settings.prompts, model, day)
        outcome = asyncio.run(answer(mail, choices, today(), earlier))
    _print(without_private(outcome) if public else outcome, as_json=as_json)
    if out:
        _write(out, outcome, choices.business.profile)
    return int(outcome.code == "failed")


def _print(outcome: "Outcome", *, as_json: bool) -> None:
    if as_json:
        click.echo(outcome.model_dump_json())
        return
    from pipeline.cli.page import Page
    from pipeline.cli.show import show

    page = Page(sys.stdout)
    page.gap()
    show(page, outcome)
    page.gap()


def _check(path: Path) -> None:
    """Refuse a place for the draft that cannot be one, before a model is asked.

    Raises:
        OutputError: something is there already, or its folder is missing.
    """
    from pipeline.errors import OutputError

    if os.path.lexists(path):
        raise OutputError(f"{path} is there already; nothing was overwritten")
    if not path.parent.is_dir():
        raise OutputError(f"{path} cannot be written: there is no folder {path.parent}")


def _write(path: Path, outcome: "Outcome", profile: "Profile") -> None:
    """Write the draft for its owner alone; never over a file that is there.

    Raises:
        OutputError: there is such a file, or it cannot be written.
    """
    from pipeline.cli.newfile import write_new
    from pipeline.errors import OutputError
    from pipeline.outbox.eml import draft_eml

    if outcome.draft is None:
        click.echo(f"candor: {path} was not written: there is no draft, the decision is {outcome.action}", err=True)
        return
    data = draft_eml(outcome, profile, outcome.today)
    try:
        write_new(path, data)
    except FileExistsError:
        raise OutputError(f"{path} is there already; nothing was overwritten") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
