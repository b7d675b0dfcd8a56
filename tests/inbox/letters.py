"""Mails for the tests of this room, written as bytes."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.inbox.headers import Head
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Fate
from pipeline.types.message import Message

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
FATE = Fate("<1@client.example>")


def mail(
    body: bytes = b"Could you do it for half?\r\n", extra: bytes = b"", sender: bytes = b"ann@client.example"
) -> bytes:
    """A mail from Ann to the studio; ``extra`` are more headers, each ended by CR LF."""
    return (
        b"From: Ann <" + sender + b">\r\nTo: us@studio.example\r\nMessage-ID: <1@client.example>\r\n"
        b"Subject: The logo\r\n" + extra + b"\r\n" + body
    )  # fmt: skip


def raw(data: bytes, seq: int = 0) -> Raw:
    return Raw(seq, f"inbox.mbox#{seq + 1}", data)


def message(data: bytes) -> Message:
    return read(raw(data), FATE)


def multipart(kind: str, *parts: bytes, parameters: str = "") -> bytes:
    """A mail of several parts; each is headers, an empty line and content."""
    inside = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts)
    head = f"MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=edge{parameters}\r\n"
    return mail(inside + b"--edge--\r\n", head.encode())


def text(content: str, kind: str = "plain", extra: str = "") -> bytes:
    return f"Content-Type: text/{kind}; charset=utf-8\r\n{extra}\r\n{content}".encode()


def head(seq: int, sender: str = "ann@client.example", /, *, hours: float | None = None, **more: Any) -> Head:
    """A head whose id is ``<SEQ@x.example>`` and whose date is ``hours`` (default ``seq``) after the start."""
    sent = START + timedelta(hours=seq if hours is None else hours)
    plain = Head(
        seq,
        f"<{seq}@x.example>",
        hashlib.sha256(b"body %d" % seq).hexdigest(),
        sender=sender,
        sent=int(sent.timestamp()),
    )
    return plain._replace(**more)
