"""Header fields written so that nothing in a mail can add one, and that every program reads back as it was meant.

Each field is put into its wire form here, in ASCII and from cleaned text; nothing is left for a library to decode. What
it leaves out: quoted local parts and address literals (``"a b"@c``, ``a@[::1]``) and local parts in non-ASCII letters.
"""

from collections.abc import Iterable
from email.header import Header
from functools import cache
from typing import NamedTuple

import re2

from pipeline.errors import CandorError
from pipeline.outbox.characters import one_line
from pipeline.outbox.words import words
from pipeline.types.message import Address

_ID = re2.compile(r"[!-;=?-~]+@[!-;=?-~]+")  # printable ASCII without angle brackets
_ADDRESS = re2.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+")
_PHRASE = re2.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>"\\', " "))
_WORD = 75  # columns of an encoded word
_TEXT_LIMIT, _NAME_LIMIT, _ID_LIMIT, _ADDRESS_LIMIT = 400, 80, 250, 254  # characters
_ENDS = 20  # references kept at either end of a long thread


class Field(NamedTuple):
    """A header: ``wire`` is its ASCII form on one line, ``reads`` what a parser must make of it."""

    name: str
    wire: str
    reads: str | tuple[str, str]


def text(value: str, limit: int = _TEXT_LIMIT) -> str:
    """One line of at most ``limit`` characters that holds no encoded word."""
    line = one_line(value).replace("=?", "= ?")
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def text_field(name: str, value: str) -> Field:
    """A field of free text."""
    clean = text(value)
    return Field(name, clean if clean.isascii() else _encoded(clean), clean)


def subject(value: str) -> Field:
    """The Subject with one ``Re:`` in front, whatever prefixes it had (``AW: Fwd: RE[2]:``)."""
    own = text_field("Subject", _prefixes().sub("", one_line(value)))
    return Field("Subject", f"Re: {own.wire}".strip(), f"Re: {own.reads}".strip())


def mailbox(name: str, address: Address) -> Field:
    """A field with one mailbox in it.

    Raises:
        CandorError: when the address is not one that every mail program reads the same way.
    """
    spec = _ascii(address.address.strip().lower())
    if not _ADDRESS.fullmatch(spec) or "=?" in spec or len(spec) > _ADDRESS_LIMIT:
        raise CandorError(f"the {name} address {text(address.address, _NAME_LIMIT)!r} cannot be written into a draft")
    display = text(address.name.translate(_NOT_IN_NAMES), _NAME_LIMIT)
    return Field(name, f"{_phrase(display)} <{spec}>".strip() if display else spec, (display, spec))


def id_field(name: str, ids: Iterable[str]) -> Field:
    """A field of message ids."""
    joined = " ".join(ids)
    return Field(name, joined, joined)


def ids(values: Iterable[str]) -> tuple[str, ...]:
    """Every well-formed message id in ``values``, in angle brackets, each once, in order; anything else is left out."""
    found = (match.group() for value in values for match in _ID.finditer(value))
    return tuple(dict.fromkeys(f"<{id_}>" for id_ in found if "=?" not in id_ and len(id_) <= _ID_LIMIT))


def ends(thread: tuple[str, ...]) -> tuple[str, ...]:
    """At most the first and the last twenty ids of a thread."""
    return thread if len(thread) <= 2 * _ENDS else thread[:_ENDS] + thread[-_ENDS:]


def _phrase(display: str) -> str:
    if not display.isascii():
        return _encoded(display)
    return display if _PHRASE.fullmatch(display) else f'"{display}"'


def _encoded(value: str) -> str:
    """``value`` as encoded words of at most 75 columns, a space between them."""
    return " ".join(Header(value, "utf-8").encode(maxlinelen=_WORD).split())


def _ascii(address: str) -> str:
    """The address with its domain in the ASCII form of international names, or unchanged when it has none."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


@cache
def _prefixes() -> "re2._Regexp[str]":
    names = "|".join(words().reply_prefixes)
    return re2.compile(rf"(?i)^(?:\s*(?:{names})(?:\s?[\[(]\d+[\])])?\s*[:\x{{ff1a}}])+\s*")
