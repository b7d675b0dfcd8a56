"""Where an export says that a mail lies, from its labels or its folder, in the languages of ``shelves.json``.

A name counts only as a whole: "All mail Including Spam and Trash" is no spam folder. Left out: labels that a person
made up, and telling a folder of one's own that is called "Sent" from the program's.
"""

import base64
import binascii
import json
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import re2

from pipeline.inbox.source import Shelf

_FIRST = (Shelf.SPAM, Shelf.CHAT, Shelf.DRAFT, Shelf.SENT, Shelf.TRASH)
"""Which label tells most: what we sent was sent, even if it lies in the trash now."""
_ENDING = re2.compile(r"(?i)(?:\.(?:mbox|mbx|sbd))?(?:[-_ ]\d{1,4})?(?:\.(?:mbox|mbx|sbd))?$")
_SHIFTED = re2.compile(r"&([A-Za-z0-9+,]*)-")


@lru_cache(maxsize=1024)  # an inbox has few sets of labels, and each mail has one
def shelf_of_labels(labels: str) -> Shelf | None:
    """The shelf that Gmail's labels name: ``labels`` is the decoded ``X-Gmail-Labels``, separated by commas."""
    return _foremost(labels.split(","))


def shelf_of_folder(name: str) -> Shelf | None:
    """The shelf of a folder or mbox file; any part of its path may say it: ``.Sent.2025``, ``Trash.sbd/Old``."""
    parts = (_unshifted(part) for part in name.replace("\\", "/").split("/"))
    return _foremost(piece for part in parts for piece in (part.split(".") if part.startswith(".") else (part,)))


def _foremost(names: Iterable[str]) -> Shelf | None:
    shelves = {_named().get(_plain(name)) for name in names}
    return next((shelf for shelf in _FIRST if shelf in shelves), None)


def _plain(name: str) -> str:
    name = _ENDING.sub("", name.strip(), count=1)
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _unshifted(name: str) -> str:
    """A folder's name as people see it: IMAP writes ``Entw&APw-rfe``, and keeps that name on disk."""
    if "&" not in name:
        return name
    try:
        return str(_SHIFTED.sub(_letters, name))
    except (binascii.Error, UnicodeDecodeError):
        return name


def _letters(found: "re2._Match[str]") -> str:
    shifted = found[1].replace(",", "/")
    return base64.b64decode(shifted + "=" * (-len(shifted) % 4)).decode("utf-16-be") if shifted else "&"


@cache
def _named() -> dict[str, Shelf]:
    languages = json.loads(Path(__file__).with_name("shelves.json").read_text("utf-8")).values()
    return {_plain(name): Shelf(shelf) for said in languages for shelf, names in said.items() for name in names}
