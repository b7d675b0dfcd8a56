"""Splits an mbox as it streams by: memory holds the largest mail, and never more than the cap.

A separator is a line ``From `` with a time, a year, a lone address or ``-``, whose next line looks like a header;
inside a paragraph it needs time *and* year. Escaped lines (``>From ``) lose one ``>``, so the bytes are the mail's.
``Content-Length`` is ignored: any edit makes it wrong. Left out: mbox with lone CR line ends, compressed mbox.
"""

from collections.abc import Iterator
from typing import BinaryIO

import re2

from pipeline.inbox import limits

_CHUNK = 64 * 1024  # bytes of one line that are read at once
_BOM = b"\xef\xbb\xbf"
_SEPARATOR = re2.compile(rb"^From (?:-|.*\d\d:\d\d|.*\b(?:19|20)\d\d\b|\S+@\S+\s*$)")
_STAMPED = re2.compile(rb"^From .*\d\d:\d\d.*\b(?:19|20)\d\d\b|^From .*\b(?:19|20)\d\d\b.*\d\d:\d\d")
_HEADER = re2.compile(rb"^(?:[!-9;-~]{1,76}[ \t]*:(?:[^/]|$)|>From )")
_ESCAPED = re2.compile(rb"^>+From ")


def split(stream: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox, in order. One over 25 MB comes cut just above the limit, so that reading it says so."""
    mail = _Mail()
    held = b""  # a line that separates if a header follows
    for line in _lines(stream):
        if held and (_HEADER.match(line) or mail.untouched):
            if mail.worthwhile:
                yield mail.taken()
            mail, held = _Mail(separated=True), b""
        elif held:
            mail.add(held)
            held = b""
        if mail.may_end_at(line):
            held = line
        else:
            mail.add(line)
    if held:
        mail.add(held)
    if mail.worthwhile:
        yield mail.taken()


class _Mail:
    """The mail being gathered, and what the line before tells about the next one."""

    def __init__(self, *, separated: bool = False) -> None:
        self.separated = separated  # a separator stood before this mail, so it is one even if it is empty
        self.data = bytearray()
        self.blank = True
        self.broken = False  # the last chunk ended inside a line

    @property
    def untouched(self) -> bool:
        """Whether the file begins here: its first separator needs no header behind it."""
        return not self.separated and not self.data

    @property
    def worthwhile(self) -> bool:
        """Whether this is a mail and not the white space before the first."""
        return self.separated or bool(self.data.strip())

    def may_end_at(self, line: bytes) -> bool:
        """Whether ``line`` could be a separator."""
        if self.broken or not line.startswith(b"From ") or not line.endswith(b"\n"):
            return False
        return bool((_SEPARATOR if self.blank else _STAMPED).match(line))

    def add(self, line: bytes) -> None:
        """Append a line, without its escape, while there is room; Thunderbird's second From line is dropped."""
        if not self.data and line.startswith((b">From ", b"From ")):
            return
        escaped = not self.broken and line.startswith(b">") and _ESCAPED.match(line)
        self.blank, self.broken = not line.strip(), not line.endswith(b"\n")
        if len(self.data) <= limits.MESSAGE:
            self.data += line[1:] if escaped else line

    def taken(self) -> bytes:
        """The bytes, without the blank line that an mbox puts behind each mail."""
        for end in (b"\r\n\r\n", b"\n\n"):
            if self.data.endswith(end):
                return bytes(self.data[: -len(end) // 2])
        return bytes(self.data)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines, the long ones in chunks, the byte order mark dropped."""
    first = stream.readline(_CHUNK)
    yield first.removeprefix(_BOM)
    while line := stream.readline(_CHUNK):
        yield line
