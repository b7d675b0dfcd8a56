"""Tells the kind of a file: by its first bytes, and by its name where these leave a doubt.

Left out: looking further than the first bytes, and folders, which ``tree`` walks.
"""

from pathlib import PurePath

import re2

from pipeline.errors import InboxError
from pipeline.inbox import mbox
from pipeline.inbox.source import looks_like_mail
from pipeline.inbox.sources import tables
from pipeline.inbox.sources.kinds import Kind

START = 16 * 1024  # bytes that are looked at
PST = b"!BDN"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .msg, but also old Word and Excel files
_PACKED = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",
)
_TAR = slice(257, 262)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OBJECT = re2.compile(rb'^\s*\{\s*(?:"|\}|$)')
_LIST = re2.compile(rb"^\s*\[\s*(?:\{|$)")
_SENDER = re2.compile(rb"(?im)^from:.*\S")
_USUAL = re2.compile(rb"(?im)^(?:to|date|subject|message-id|received|return-path):")
_TABLES = {".csv": Kind.CSV, ".tsv": Kind.CSV, ".jsonl": Kind.JSONL, ".ndjson": Kind.JSONL}

_FROM_LINE = "it does not begin with a From line"
EXPECTED = {
    Kind.MBOX: _FROM_LINE,
    Kind.TAKEOUT: _FROM_LINE,
    Kind.THUNDERBIRD: _FROM_LINE,
    Kind.EML: "it does not begin with a header",
    Kind.MAILDIR: "a Maildir is a folder",
    Kind.JSONL: "it does not begin with a JSON object",
    Kind.CSV: "it is no text",
    Kind.TEXT: "it is no text",
    Kind.MSG: "it is no file of Outlook",
    Kind.PST: "it is no data file of Outlook",
}
"""What a file that is not of a kind lacks."""


def may_be(start: bytes, kind: Kind) -> bool:
    """Whether a file that begins with ``start`` can be read as ``kind``."""
    match kind:
        case Kind.MBOX | Kind.TAKEOUT | Kind.THUNDERBIRD:
            return mbox.begins(start)
        case Kind.EML:
            return looks_like_mail(start) or mbox.begins(start)
        case Kind.JSONL:
            return bool(_OBJECT.match(_unmarked(start)))
        case Kind.MSG:
            return start.startswith(OLE)
        case Kind.PST:
            return start.startswith(PST)
        case Kind.MAILDIR:
            return False
    return b"\0" not in _unmarked(start) and not packed(start)


def kind_of(start: bytes, name: str) -> Kind | None:
    """The kind of a file that begins with ``start``, or None when it is none that is read.

    Raises:
        InboxError: it is packed, or a list in JSON.
    """
    suffix = PurePath(name).suffix.lower()
    if packed(start):
        raise InboxError(f"{name} is packed; unpack it first")
    if start.startswith(PST):
        return Kind.PST
    if start.startswith(OLE):
        return Kind.MSG if suffix == ".msg" else None
    if suffix == ".eml":
        return Kind.EML
    if mbox.begins(start):
        return Kind.MBOX
    return _table(start, suffix, name) or _mail(start, suffix)


def is_letter(start: bytes) -> bool:
    """Whether bytes are surely one mail, by whatever name: they begin with headers, a sender's among them."""
    head = start.removeprefix(_MARKS[0]).lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return looks_like_mail(start) and bool(_SENDER.search(head)) and bool(_USUAL.search(head))


def packed(start: bytes) -> bool:
    """Whether a file is an archive, or compressed."""
    return start.startswith(_PACKED) or start[_TAR] == b"ustar"


def _unmarked(start: bytes) -> bytes:
    """The bytes without a byte order mark, and without the zeros of UTF-16."""
    start = next((start.removeprefix(mark) for mark in _MARKS if start.startswith(mark)), start)
    every_other = start.count(b"\0") * 3 > len(start)
    return start.replace(b"\0", b"") if every_other else start


def _mail(start: bytes, suffix: str) -> Kind | None:
    if not looks_like_mail(start):
        return None
    return Kind.MBOX if suffix == ".mbox" else Kind.EML


def _table(start: bytes, suffix: str, name: str) -> Kind | None:
    text = _unmarked(start)
    if _OBJECT.match(text):
        return Kind.JSONL
    if _LIST.match(text):
        raise InboxError(f"{name} is one list in JSON; write one object a line, as \"jq -c '.[]' {name}\" does")
    return _TABLES.get(suffix) or (Kind.CSV if tables.headed(start) else None)
