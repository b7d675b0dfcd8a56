"""What an inbox gives, whatever its kind: raw mails in order, each with where it was found.

A source is re-iterable; ``headers`` and ``read`` parse what it gives, and ``sources`` knows the kinds. Left out: any
reading of a mail, but for the one question whether bytes begin like one.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, Protocol

import re2

_HEADER = re2.compile(rb"^[!-9;-~]{1,76}[ \t]*:")
_BOM = b"\xef\xbb\xbf"


class Shelf(StrEnum):
    """Where an export itself says that a mail lies, when it is not among the mail that came in."""

    SENT = "sent"
    DRAFT = "draft"
    TRASH = "trash"
    SPAM = "spam"
    CHAT = "chat"


class Raw(NamedTuple):
    """One mail as found: ``seq`` counts from 0 in inbox order; ``origin`` is relative, like ``mail.mbox#12``.

    ``shelf`` is what the export says of the mail's place. ``problem`` says why there are no bytes, or is empty.
    """

    seq: int
    origin: str
    data: bytes
    shelf: Shelf | None = None
    problem: str = ""


class Source(Protocol):
    """An inbox; each iteration starts anew."""

    def __iter__(self) -> Iterator[Raw]:
        """The mails in inbox order."""
        ...


def looks_like_mail(start: bytes) -> bool:
    """Whether bytes begin with a header line."""
    return bool(_HEADER.match(start.removeprefix(_BOM).lstrip(b"\r\n")))


def told(path: str) -> str:
    """A path as text that can be stored: a byte of its name that is not UTF-8 is written out, so names stay apart."""
    return path.encode("utf-8", "backslashreplace").decode()
