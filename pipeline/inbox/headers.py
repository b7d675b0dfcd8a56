"""The only place that reads headers: every value decoded, collapsed to one clean line, and never an exception.

One quick pass over the head alone, for threads, duplicates and screening; ``read`` uses the same ``Header`` later. Ids
are taken by pattern and nothing else passes as an id. Left out: trusting any of it. A header is a sender's claim.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime

import re2

from pipeline.inbox import addresses, charsets, limits, mime, screen
from pipeline.inbox.source import Raw
from pipeline.types.base import Value
from pipeline.types.message import Address, Skip
from pipeline.values.text import visible

_ID = re2.compile(r"<([!-;=?-~]{1,240}@[!-;=?A-~]{1,240})>")  # printable ASCII without <, > and a second @
_SUBJECT = EmailPolicy().header_factory
_LONGEST_SUBJECT = 1_000  # characters


class Header(Value):
    """What the head of one mail says. ``sent`` is UTC; ``references`` oldest first, without the mail's own id."""

    seq: int
    origin: str
    message_id: str  # ``<...@id.invalid>`` if the mail brings none
    references: tuple[str, ...] = ()
    sender: Address | None = None
    senders: int = 0
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    sent: datetime | None = None
    body_hash: str  # SHA-256 (hex) of the bytes behind the head
    list_id: bool = False
    bulk: bool = False  # a list or newsletter, by its headers
    machine: Skip | None = None
    unsent: bool = False  # a draft, ours or of a mail program: ``X-Unsent: 1``


def read_header(raw: Raw) -> Header:
    """Read the head of ``raw``.

    Raises:
        UnreadableError: the mail is empty or over a limit.
    """
    limits.check(raw.data)
    head, rest = limits.split(raw.data)
    fields = _Fields(mime.parse_head(head))
    senders = fields.addresses("from") or fields.addresses("sender")
    sender = senders[0] if senders else None
    own_id = next(iter(ids(fields.first("message-id"))), "") or _made_up(raw.data)
    parents = (*ids(fields.first("references")), *ids(fields.first("in-reply-to")))
    plain = {name: line(fields.first(name)) for name in fields.names & screen.READ}
    return Header(
        seq=raw.seq,
        origin=raw.origin,
        message_id=own_id,
        references=tuple(id_ for id_ in dict.fromkeys(parents) if id_ != own_id),
        sender=sender,
        senders=len({s.address for s in senders}),
        reply_to=next(iter(fields.addresses("reply-to")), None),
        to=fields.addresses("to"),
        cc=fields.addresses("cc"),
        subject=decoded(fields.first("subject"))[:_LONGEST_SUBJECT],
        sent=_instant(fields.first("date")),
        body_hash=hashlib.sha256(rest).hexdigest(),
        list_id="list-id" in plain,
        bulk=screen.bulk(plain),
        machine=screen.machine(plain, sender.address if sender else ""),
        unsent=plain.get("x-unsent") == "1",
    )


class _Fields:
    """The headers of one mail by name in lower case, unfolded, foreign bytes decoded."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def first(self, name: str) -> str:
        """The first value under ``name``, or an empty string."""
        return _unfolded(self._values.get(name, [""])[0])

    @property
    def names(self) -> frozenset[str]:
        """The names, in lower case."""
        return frozenset(self._values)

    def addresses(self, name: str) -> tuple[Address, ...]:
        """The mailboxes of all headers under ``name``; decoded when cut apart, as a foreign byte may hide a bracket."""
        raw = ", ".join(self._values.get(name, ())).replace("\r", "").replace("\n", "")
        as_bytes = raw.encode("utf-8", "surrogateescape").decode("latin-1")
        return addresses.parse(as_bytes, lambda piece: decoded(charsets.decode(piece.encode("latin-1"))))


def decoded(value: str) -> str:
    """A raw header value as one clean line: encoded words decoded, line breaks and hidden characters gone."""
    value = _mended(value)
    if "=?" in value:
        value = _mended(mime.guarded(lambda: str(_SUBJECT("subject", value)), value))
    return line(value)


def line(text: str) -> str:
    """``text`` on one line, as a person sees it."""
    seen = text if text.isascii() and text.isprintable() else visible(text.replace("\r", " "))
    return " ".join(seen.split())


def ids(value: str) -> tuple[str, ...]:
    """The message ids in a value, with their brackets. An id that looks like an encoded word is none."""
    return tuple(f"<{found}>" for found in _ID.findall(value) if "=?" not in found) if "<" in value else ()


def _unfolded(value: str) -> str:
    return _mended(value.replace("\r", "").replace("\n", ""))


def _mended(text: str) -> str:
    """Surrogates are bytes that the library could not decode; decoded together they make sense more often."""
    if text.isascii():
        return text
    return mime.guarded(
        lambda: charsets.decode(text.encode("utf-8", "surrogateescape")), text.encode("ascii", "replace").decode()
    )


def _instant(value: str) -> datetime | None:
    def read() -> datetime:
        found = parsedate_to_datetime(value[:200])
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)

    return mime.guarded(read, None)


def _made_up(data: bytes) -> str:
    return f"<{hashlib.sha256(data).hexdigest()[:32]}@id.invalid>"
