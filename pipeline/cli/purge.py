"""``candor purge``: all that an output folder keeps of one client is removed, once a person has said so.

Left out: what goes, which ``pipeline.batch.purge`` knows; the inbox, the business folder, and any copy elsewhere.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import BUSINESS, DEBUG

if TYPE_CHECKING:
    from pipeline.batch.purge import Purged, Whose
    from pipeline.cli.page import Page

_EPILOG = """
\b
Examples:
  candor purge casper@lumenyoga.example --out drafts
  candor purge lumenyoga.example --out drafts --yes
  candor purge "Lumen Yoga" --out drafts --business business
"""


@click.command("purge", short_help="Remove all that is kept of a client.", epilog=_EPILOG)
@click.argument("client", metavar="CLIENT")
@click.option(
    "--out", "folder", metavar="DIR", type=click.Path(path_type=Path), required=True, help="The output folder."
)
@BUSINESS
@click.option("--yes", is_flag=True, help="Don't ask.")
@DEBUG
def command(client: str, folder: Path, business: Path, yes: bool) -> None:  # noqa: FBT001 - click hands flags over so
    """Remove from an output folder all that it keeps of CLIENT: an address, a domain, or a client of your folder.

    Their mails' rows and texts go, the stored replies of models, the drafts to them, and their lines in every export.
    """
    from pipeline.batch.purge import Purge
    from pipeline.cli.page import Page

    page, words = Page(sys.stdout), _words()
    theirs = whose(client, business)
    with Purge(folder, theirs) as purge:
        found = purge.look()
        known = {"folder": str(folder), "who": client, **_counted(found)}
        page.gap()
        page.say(_taken_as(client, theirs))
        page.gap()
        if not (found.mails or found.replies or found.files):
            page.say(words["nothing"].format(**known))
        elif _agreed(page, words, known, found, yes=yes):
            purge.do()
            page.gap()
            page.say(words["done"].format(**known))
            page.say(words["page"])
            page.gap()
            page.say(words["inbox"])
        page.gap()


def whose(client: str, business: Path) -> "Whose":
    """The addresses and domains that CLIENT stands for.

    Raises:
        UsageError: it is neither, and not one client of the business folder is called so.
    """
    from pipeline.batch.purge import Whose
    from pipeline.business.folder import load_business
    from pipeline.errors import UsageError

    name = client.strip().casefold()
    if "@" in name.strip("@"):
        return Whose((name,))
    if "." in name and " " not in name:
        return Whose((), (name.lstrip("@"),))
    known = load_business(business).clients
    found = [one for one in known if name in {one.id.casefold(), one.name.casefold()}]
    if not found:
        near = _near(name, [words for one in known for words in (one.id, one.name)])
        meant = f"; do you mean {' or '.join(near)}?" if near else ";"
        raise UsageError(f"no client in {business} has the name or id '{client}'{meant} {_GIVE}")
    if len(found) > 1:
        ids = ", ".join(one.id for one in found)
        raise UsageError(f"'{client}' is the name of {len(found)} clients in {business}; give the id of one: {ids}")
    (one,) = found
    if not one.addresses and not one.domains:
        raise UsageError(f"{one.name} has neither address nor domain in {business}; {_GIVE}")
    return Whose(one.addresses, one.domains)


_GIVE = "an address (maria@weber.example) or a domain (weber.example) needs no record"
_LIKE, _MANY = 0.5, 3  # how like a name must be to be named, and how many are


def _near(name: str, known: Sequence[str]) -> list[str]:
    from difflib import get_close_matches

    lower = {words.casefold(): f"'{words}'" for words in reversed(known)}
    parts = [words for words in lower if name and name in words]
    close = [*parts, *get_close_matches(name, lower, _MANY, _LIKE)]
    return list(dict.fromkeys(lower[words] for words in close))[:_MANY]


def _taken_as(client: str, found: "Whose") -> str:
    """How CLIENT was understood, in words of ``purge.yaml``, and what would match more."""
    words, address = _words(), client.strip().casefold()
    if address in found.addresses and not found.domains:
        return words["address"].format(address=address, domain=address.rpartition("@")[2])
    return words["all"].format(marks=", ".join((*found.addresses, *(f"@{domain}" for domain in found.domains))))


def _agreed(page: "Page", words: dict[str, str], known: dict[str, str], found: "Purged", *, yes: bool) -> bool:
    from pipeline.errors import UsageError

    if not yes and not sys.stdin.isatty():
        raise UsageError(words["unasked"].format(**known))
    page.say(words["warning"].format(**known))
    if found.others:
        page.say(words["others"].format(mails=_so_many(found.others, "mail")))
    page.gap()
    return yes or click.confirm(f"  {words['question']}", err=True)


def _counted(found: "Purged") -> dict[str, str]:
    return {
        "mails": _so_many(found.mails, "mail"),
        "replies": _so_many(found.replies, "stored reply", "stored replies"),
        "files": _so_many(len(found.files), "draft"),
    }


def _so_many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def _words() -> dict[str, str]:
    from pydantic import TypeAdapter

    from pipeline.yamltree import read_shipped

    return TypeAdapter(dict[str, str]).validate_python(read_shipped(Path(__file__).with_name("purge.yaml")).plain())
