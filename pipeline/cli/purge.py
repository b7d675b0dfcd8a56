"""``candor purge``: all that an output folder keeps of one client is removed, once a person has said so.

Left out: what goes, which ``pipeline.batch.purge`` knows; the inbox, the business folder, and any copy elsewhere.
"""

import sys
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
    with Purge(folder, whose(client, business)) as purge:
        found = purge.look()
        known = {"folder": str(folder), "who": client, **_counted(found)}
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
        UsageError: it is neither, and no client of the business folder is called so.
    """
    from pipeline.batch.purge import Whose
    from pipeline.business.folder import load_business
    from pipeline.errors import UsageError

    name = client.strip().lower()
    if "@" in name.strip("@"):
        return Whose((name,))
    if "." in name and " " not in name:
        return Whose((), (name.lstrip("@"),))
    for one in load_business(business).clients:
        if name in {one.id.lower(), one.name.lower()}:
            if not one.addresses and not one.domains:
                raise UsageError(f"{one.name} has neither address nor domain in {business}; give an address")
            return Whose(one.addresses, one.domains)
    raise UsageError(f"no client in {business} has the name or id '{client}'; give an address or a domain")


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
