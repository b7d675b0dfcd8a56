"""What ``worker`` and ``child`` say to each other: one frame a question, one an answer, and the limits both hold.

A frame is its kind, a text and some bytes. What this leaves out: anything that would make an object of what is
received; texts are JSON, and who reads one checks it.
"""

import struct
from typing import IO, NamedTuple, TypedDict

CPU = 10
"""Seconds of a processor that a mail may take: the child counts them, so that a busy or sleeping machine costs none."""
WALL = 60
"""Seconds by the clock that the parent waits for a mail."""
MEMORY = 512 * 1024 * 1024
"""Bytes that the child may write to (RLIMIT_DATA): all that it holds, without the code and files mapped into it."""

READY, MAIL, MESSAGE, UNREADABLE, FAULT, NO_MEMORY = b"r", b"l", b"m", b"u", b"f", b"x"
_HEAD = struct.Struct(">cII")
_LONGEST = 64 * 1024 * 1024  # bytes; no message comes near


class Question(TypedDict):
    """What is asked about one mail, beside its bytes: its fate in its inbox, or else whose mail is our own."""

    seq: int
    origin: str
    fate: tuple[str, str | None, bool] | None
    own: tuple[list[str], list[str], list[str]]


class Frame(NamedTuple):
    """One thing said."""

    kind: bytes
    text: str = ""
    data: bytes = b""


def send(stream: IO[bytes], frame: Frame) -> None:
    """Say it."""
    text = frame.text.encode("utf-8", "replace")
    stream.write(_HEAD.pack(frame.kind, len(text), len(frame.data)))
    stream.write(text)
    stream.write(frame.data)
    stream.flush()


def receive(stream: IO[bytes]) -> Frame | None:
    """The next frame, or None when the other end is gone or says what is no frame."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length, size = _HEAD.unpack(head)
    if length > _LONGEST or size > _LONGEST:
        return None
    text, data = stream.read(length), stream.read(size)
    return Frame(kind, text.decode("utf-8", "replace"), data) if len(text) + len(data) == length + size else None
