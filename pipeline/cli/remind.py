"""``candor remind``: whom to write to before a no is due, and the words. Left out: what is due, and sending."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.cli.options import BUSINESS, DAY, DEBUG, Named

if TYPE_CHECKING:
    from pipeline.cli.page import Page
    from pipeline.policy.learn.rows import Row
    from pipeline.policy.remind.due import Due
    from pipeline.policy.remind.letter import Letter
    from pipeline.types.business import Business
    from pipeline.types.records import Client

_LANGUAGES = ("en", "de", "fr", "es")
_EPILOG = """
\b
Examples:
  candor remind
  candor remind --history drafts --out reminders
  candor remind --today 2026-12-01 --language de
"""


class _Found(NamedTuple):
    """A client to write to."""

    client: "Client"
    things: "tuple[Due, ...]"
    letter: "Letter"


@click.command("remind", short_help="See whom to write to before a no is due.", epilog=_EPILOG)
@BUSINESS
@DAY
@click.option(
    "--history",
    metavar="DIR",
    type=click.Path(path_type=Path),
    multiple=True,
    help="An output folder of 'candor batch', to see which rule a client keeps testing. May be given several times.",
)
@click.option(
    "--language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="For clients whose mail in the history does not tell their language.",
)
@click.option("--out", metavar="DIR", type=Named(), help="Write each letter there as a draft: .eml, or .txt.")
@DEBUG
def command(business: Path, today: str, history: tuple[Path, ...], language: str, out: Path | None) -> None:
    """See which clients are due a word from you, and which words: nothing is sent.

    A check-in is due by check_in_every_days and last_check_in in clients.yaml. The agreement is due for an update when
    its scope has changed since, or when it is older than the setting agreement_update_after. A rule is worth a word
    when it led to as many noes in a year as the setting remind_after says (three, if you have none).
    """
    from pipeline.business.folder import load_business
    from pipeline.cli.clock import chosen_day
    from pipeline.cli.page import Page

    day = chosen_day(today)
    if day is None:
        raise click.UsageError("--today needs a day here, such as 2026-12-01")
    ours = load_business(business)
    found = list(_found(ours, day, history, language))
    _show(Page(sys.stdout), found)
    if out and found:
        _write(out, found, ours, day)


def _found(business: "Business", day: date, history: tuple[Path, ...], language: str) -> Iterator[_Found]:
    from pipeline.batch.history import history as past_of
    from pipeline.policy.learn.rows import newest, rows
    from pipeline.policy.remind.due import due, refused
    from pipeline.policy.remind.letter import letter
    from pipeline.types.answered import Answered

    past = newest(each for folder in history for each in past_of(folder, Answered))
    asked = list(rows(past, business))
    things = due(business, day, refused(asked))
    for client in business.clients:
        if client.id in things:
            words = letter(client, things[client.id], business, _language(client, asked, language))
            yield _Found(client, things[client.id], words)


def _language(client: "Client", asked: "list[Row]", otherwise: str) -> str:
    """What the client writes in most of the time, if we have words in it."""
    used = Counter(row.language[:2] for row in asked if row.client == client.id and row.language[:2] in _LANGUAGES)
    return used.most_common(1)[0][0] if used else otherwise


def _show(page: "Page", found: list[_Found]) -> None:
    from pipeline.cli.page import text

    page.gap()
    clients = "1 client is" if len(found) == 1 else f"{len(found)} clients are"
    page.say(f"{clients} due a word. Nothing is sent." if found else "Nobody is due a word today.")
    for client, things, letter in found:
        page.heading(client.name)
        page.part("Due", *(text(f"{thing.what.value.replace('_', ' ')}: {thing.because}") for thing in things))
        if letter.body:
            page.gap()
            page.part("Subject", text(letter.subject, "bold"))
            page.part("Letter", text(letter.body))
        for what in letter.left_out:
            page.part("Left out", text(what, "yellow"))
        if not letter.body:
            page.part("Letter", text("none: there are no words for it that a client may read", "yellow"))
    page.gap()


def _write(folder: Path, found: list[_Found], business: "Business", day: date) -> None:
    from pipeline.cli.newfile import create
    from pipeline.errors import OutputError
    from pipeline.outbox.filing import slug

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}") from None
    written = 0
    for client, _, letter in found:
        if letter.body:
            data, ending = _draft(client, letter, business, day)
            create(folder / f"{day.isoformat()}-{slug(client.id) or 'client'}.{ending}", data)
            written += 1
    drafts = "1 draft" if written == 1 else f"{written} drafts"
    click.echo(f"{drafts} in {folder}. Read each one before you send it.")


def _draft(client: "Client", letter: "Letter", business: "Business", day: date) -> tuple[bytes, str]:
    """An unsent mail to the client's first address; bare text where no address is on record."""
    from pipeline.outbox.reminder import reminder_eml
    from pipeline.types.message import Address

    if not client.addresses:
        return f"{letter.subject}\n\n{letter.body}\n".encode(), "txt"
    to = Address(address=client.addresses[0])
    return reminder_eml(letter.subject, letter.body, to, business.profile, day), "eml"
