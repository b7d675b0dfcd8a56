"""Tells the kind of a file: by its first bytes, and by its name where these leave a doubt.

Left out: looking further than the first bytes, and folders, which ``tree`` walks.
"""

import codecs
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
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_MARKS = (b"\xef\xbb\xbf", *_WIDE)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1a\x1b"))  # ISO-2022 has escapes, and old files an end
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
    Kind.CSV: "it does not begin with a row of headings",
    Kind.TEXT: "it is no text",
    Kind.MSG: "it is no file of Outlook",
    Kind.PST: "it is no data file of Outlook",
}
"""What a file that is not of a kind lacks."""
LOOKS = {
    Kind.MBOX: "an mbox",
    Kind.EML: "a mail",
    Kind.JSONL: "a table in JSON",
    Kind.CSV: "a table",
    Kind.MSG: "a file of Outlook",
    Kind.PST: "a data file of Outlook",
}
"""What a file of a kind that ``kind_of`` tells looks like."""


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
        case Kind.CSV:
            other = mbox.begins(start) or is_letter(start) or _OBJECT.match(_unmarked(start)) or packed(start)
            return not other and b"\0" not in _unmarked(start)
    return is_text(start)


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
    if suffix == ".eml" and (looks_like_mail(start) or is_text(start)):
        return Kind.EML
    if mbox.begins(start):
        return Kind.MBOX
    return _table(start, suffix, name) or _mail(start, suffix)


def is_letter(start: bytes) -> bool:
    """Whether bytes are surely one mail, by whatever name: they begin with headers, a sender's among them."""
    head = start.removeprefix(_MARKS[0]).lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return looks_like_mail(start) and bool(_SENDER.search(head)) and bool(_USUAL.search(head))


def is_text(start: bytes) -> bool:
    """Whether bytes are text in some encoding: no zeros, and hardly a control character among them."""
    if packed(start):
        return False
    text = start.decode("utf-16", "ignore").encode() if start.startswith(_WIDE) else _unmarked(start)
    strange = len(text) - len(text.translate(None, _CONTROLS))
    return b"\0" not in text and strange * (10 if _is_utf8(text) else 50) <= len(text)


def packed(start: bytes) -> bool:
    """Whether a file is an archive, or compressed."""
    return start.startswith(_PACKED) or start[_TAR] == b"ustar"


def _is_utf8(text: bytes) -> bool:
    """Whether bytes are UTF-8, of which the last character may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked(start: bytes) -> bytes:
    """The bytes without a byte order mark, and without the zeros of UTF-16."""
    start = next((start.removeprefix(mark) for mark in _MARKS if start.startswith(mark)), start)
    zeros = start.count(b"\0")
    every_other = zeros * 3 > len(start) and min(start[::2].count(b"\0"), start[1::2].count(b"\0")) * 20 < zeros
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
