"""``candor policy explain``: why a mail is decided as it is, rule by rule. Left out: drafting, which ``draft`` does."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import Reading, reading, shared
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.cli.single import Understood
    from pipeline.types.business import Business

_EPILOG = """
\b
Examples:
  candor policy explain mail.eml
  candor policy explain mail.eml --model openai:gpt-5-mini --json
  candor policy explain - --format text < note.txt
  candor policy explain --out candor-demo 4
"""


@click.command("explain", short_help="Tell why a mail is decided as it is.", epilog=_EPILOG)
@click.argument("mail", metavar="MAIL|-|NUMBER", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Explain a past outcome of this output folder, without a model: its number in summary.csv, the beginning of "
    "its key, or the name of its file. Its business folder is taken unless you name one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole account as one line of JSON.")
@reading
@shared
def command(mail: Path, folder: Path | None, reading: Reading, settings: Settings, *, as_json: bool) -> int | None:
    """Tell why a mail is decided as it is: MAIL is an .eml file, a text file, or - for the standard input.

    Every rule is told: whether it fired, the value that each condition read, what it had to be, who said so and in
    which words, and what would turn it round. Then which rule leads, what may be offered, and why every other
    alternative fell away. It is meant for you: private facts and notes stand in it, marked as private.
    """
    from pipeline.policy.explain.told import explain

    business, read, then = _past(folder, mail, settings) if folder else _read(mail, reading, settings)
    if read.request is None:
        click.echo(f"There is nothing to explain: {_form_alone(read)}.")
        return 0
    told = explain(read.message, read.request, business, read.today)
    if as_json:
        click.echo(told.model_dump_json())
        return 0
    from pipeline.cli.page import Page
    from pipeline.cli.policy.account import show

    show(Page(sys.stdout), read.message, told, then)
    return 0


def _form_alone(read: "Understood") -> str:
    if read.message.skip:
        return f"the mail is passed over for its form alone ({read.message.skip}), and no rule is asked"
    return "nothing was read of this mail"


def _read(mail: Path, reading: Reading, settings: Settings) -> "tuple[Business, Understood, str]":
    import asyncio

    from rich.console import Console

    from pipeline.cli.clock import chosen_day, today
    from pipeline.cli.models import model_spec
    from pipeline.cli.single import choices_of, only_mail, understand

    model, day = model_spec(settings), chosen_day(settings.today)
    raw = only_mail(mail, reading)
    with Console(stderr=True).status("Reading, deciding ..."):
        choices = choices_of(settings.business, settings.prompts, model, day)
        return choices.business, asyncio.run(understand(raw, choices, today())), ""


def _past(folder: Path, wanted: Path, settings: Settings) -> "tuple[Business, Understood, str]":
    """A past outcome, under the policy as it is now; the last word tells what came of it then, if that is another."""
    from pipeline.batch.history import one
    from pipeline.business.folder import load_business
    from pipeline.cli.policy.folders import records_of
    from pipeline.cli.single import Understood
    from pipeline.errors import OutputError

    past = one(folder, str(wanted))
    if past.message is None:
        why = past.failure.message if past.failure else "it could not be read"
        raise OutputError(f"nothing was read of {past.origin}: {why}")
    business = load_business(records_of(settings.business, folder))
    same = past.decision is None or past.decision.policy == business.policy.hash
    then = "" if same else f"decided by another policy then, as {past.action} ({past.code})"
    return business, Understood(past.message, past.request, past.today), then
