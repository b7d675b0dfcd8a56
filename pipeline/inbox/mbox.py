"""Splits an mbox as it streams by: memory holds the largest mail, and never more than the cap.

A separator is a line ``From `` with a time, a year, a lone address or ``-``, whose next line looks like a header;
inside a paragraph it needs time *and* year. Escaped lines (``>From ``) lose one ``>``, so the bytes are the mail's.
``Content-Length`` is ignored: any edit makes it wrong. A file with lone CR line ends is read as if they were LF. Left
out: compressed mbox.
"""

from collections.abc import Iterator
from typing import BinaryIO

import re2

from pipeline.inbox import limits

_BLOCK = 256 * 1024  # bytes that are read at once
_LINE = 64 * 1024  # bytes of a line that are waited for
_OPENING = 100  # bytes in which a header shows itself
_MARK, _LF = b">\n"
_BOM = b"\xef\xbb\xbf"
_SEPARATOR = re2.compile(rb"^From (?:-|.*\d\d:\d\d|.*\b(?:19|20)\d\d\b|\S+@\S+\s*$)")
_STAMPED = re2.compile(rb"^From .*\d\d:\d\d.*\b(?:19|20)\d\d\b|^From .*\b(?:19|20)\d\d\b.*\d\d:\d\d")
_HEADER = re2.compile(rb"^(?:[!-9;-~]{1,76}[ \t]*:(?:[^/]|$)|>From )")
_ESCAPED = re2.compile(rb"^>+From ")


def begins(start: bytes) -> bool:
    """Whether bytes begin like an mbox; a letter that opens with "From now on" is none."""
    start = start.removeprefix(_BOM).lstrip(b"\r\n")[:_LINE]
    if b"\n" not in start:
        start = start.replace(b"\r", b"\n")
    first, _, rest = start.partition(b"\n")
    if first.startswith(b">From "):
        return True
    return bool(_STAMPED.match(first) or (_SEPARATOR.match(first) and _HEADER.match(rest[:_OPENING])))


def split(stream: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox, in order. One over 25 MB comes cut just above the limit, so that reading it says so."""
    mail = _Mail()
    held = b""  # a line that separates if a header follows
    for run in _runs(stream):
        if held and (_HEADER.match(run[:_OPENING]) or mail.untouched):
            if mail.worthwhile:
                yield mail.taken()
            mail = _Mail(separated=True)
        elif held:
            mail.add(held)
        held = run if mail.may_end_at(run) else b""
        if not held:
            mail.add(run)
    if held:
        mail.add(held)
    if mail.worthwhile:
        yield mail.taken()


class _Mail:
    """The mail being gathered, and what the line before tells about the next one."""

    def __init__(self, *, separated: bool = False) -> None:
        self.separated = separated  # a separator stood before this mail, so it is one even if it is empty
        self.data = bytearray()
        self.last = b"\n"  # the line before, or its last chunk

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
        if not (line.startswith(b"From ") and self.last.endswith(b"\n") and line.endswith(b"\n")):
            return False
        return bool((_STAMPED if self.last.strip() else _SEPARATOR).match(line))

    def add(self, run: bytes) -> None:
        """Append while there is room: a line without its escape, or a run of lines that have none.

        Thunderbird's second From line above a mail is dropped.
        """
        if not self.data and run.startswith((b">From ", b"From ")):
            return
        escaped = self.last.endswith(b"\n") and run.startswith(b">") and _ESCAPED.match(run)
        self.last = run[run.rfind(b"\n", 0, -1) + 1 :]
        room = limits.MESSAGE + 1 - len(self.data)
        if room > 0:
            self.data += run[int(bool(escaped)) : room]

    def taken(self) -> bytes:
        """The bytes, without the blank line that an mbox puts behind each mail."""
        for end in (b"\r\n\r\n", b"\n\n"):
            if self.data.endswith(end):
                del self.data[-len(end) // 2 :]
                break
        return bytes(self.data)


def _runs(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes cut into lines that begin with ``From`` (or escape one), each alone, and all that stands between."""
    block = (stream.read(_BLOCK) + stream.readline(_LINE)).removeprefix(_BOM)
    lone = b"\n" not in block[:_LINE] and b"\r" in block[:_LINE]  # as old Macs wrote it
    while block:
        block = block.replace(b"\r", b"\n") if lone else block
        done = at = 0
        while (at := block.find(b"From ", at)) >= 0:
            start = at
            while start and block[start - 1] == _MARK:
                start -= 1
            if start and block[start - 1] != _LF:
                at += 1
                continue
            at = end = block.find(b"\n", at) + 1 or len(block)
            if start > done:
                yield block[done:start]
            yield block[start:end]
            done = end
        if done < len(block):
            yield block[done:]
        block = stream.read(_BLOCK) + stream.readline(_LINE)
