"""Bytes to text, whatever their label says.

The ladder: a byte order mark; UTF-8 first when a one-byte charset (or none) is declared, since text that is valid UTF-8
by accident hardly exists; the declared charset under its usual alias; UTF-8, even with a cut character; a guess by
charset-normalizer; last, the declared charset with replacement characters. Never raises. Left out: mending text that
was garbled before it was sent.
"""

import codecs
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.inbox.mime import guarded

_GUESSED = 64 * 1024  # bytes that the guess looks at
_FEWEST = 8  # foreign bytes below which a guess is only a guess
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class _Names(NamedTuple):
    aliases: dict[str, str]
    allowed: tuple[str, ...]  # prefixes: other codecs of Python are not for text (or not linear, like punycode)
    wide: tuple[str, ...]  # prefixes of charsets with more than one byte a character, which need no UTF-8 first
    unlikely: tuple[str, ...]  # charsets that no mail is in unless it says so


def decode(data: bytes, declared: str | None = None) -> str:
    """``data`` as text; ``declared`` is the label it came with. No lone surrogates, no exception."""
    if data.isascii() and not (declared and _wide(declared)):
        return data.decode("ascii")
    text = next((t for name in _ladder(data, declared) if (t := _strict(data, name)) is not None), None)
    if text is None:
        text = _nearly_utf8(data) or _guess(data) or data.decode(_known(declared) or "utf-8", errors="replace")
    return text.encode("utf-8", "replace").decode("utf-8")


def _ladder(data: bytes, declared: str | None) -> list[str]:
    marked = [name for mark, name in _MARKS if data.startswith(mark)]
    known = _known(declared)
    if known is None:
        return [*marked, "utf-8"]
    return [*marked, known, "utf-8"] if _wide(known) else [*marked, "utf-8", known]


def _strict(data: bytes, name: str) -> str | None:
    return guarded(lambda: data.decode(name), None)


def _nearly_utf8(data: bytes) -> str | None:
    """The text, if it is UTF-8 with a character cut off here or there."""
    text = data.decode("utf-8", errors="replace")
    foreign = sum(not char.isascii() for char in text)
    return text if text.count("\ufffd") * 8 <= foreign else None


def _known(label: str | None) -> str | None:
    """The codec to use for a label, or None for one that is unknown or not for text."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower().replace("_", "-")
    name = _names().aliases.get(name, name)
    codec = guarded(lambda: codecs.lookup(name).name, "")
    return codec if codec.startswith(_names().allowed) else None


def _wide(label: str) -> bool:
    return (_known(label) or "").startswith(_names().wide)


def _guess(data: bytes) -> str | None:
    if len(data) - len(data.decode("ascii", "ignore")) < _FEWEST:
        return _strict(data, "cp1252")
    from charset_normalizer import from_bytes

    unlikely = list(_names().unlikely)
    best = guarded(lambda: from_bytes(data[:_GUESSED], cp_exclusion=unlikely).best(), None)
    return _strict(data, best.encoding) if best else None


@cache
def _names() -> _Names:
    table = json.loads(Path(__file__).with_name("charsets.json").read_text("utf-8"))
    return _Names(table["aliases"], tuple(table["allowed"]), tuple(table["wide"]), tuple(table["unlikely"]))
