"""The only place that reads headers: every value decoded, collapsed to one clean line, and never an exception.

``read_head`` is the quick pass over a whole inbox: what threads, copies and screening need, and no more.
``read_header`` gives what a ``Message`` shows. Ids are taken by their form and nothing else passes as an id. Left out:
trusting any of it. A header is a sender's claim, but for those that stand above all that the mail brought: whoever
keeps our mail put them there. In an export whose program adds nothing on top, a sender's own may still pass for such.
"""

import hashlib
from calendar import timegm
from datetime import UTC, datetime
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

from pipeline.errors import UnreadableError
from pipeline.inbox import addresses, charsets, limits, mime, screen
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.sources.labels import shelf_of_labels
from pipeline.types.base import Value
from pipeline.types.message import Address, Skip
from pipeline.values.text import visible

_SUBJECT = EmailPolicy().header_factory
_LONGEST_SUBJECT = 1_000  # characters
_LONGEST_DATE = 60  # characters that are read the short way
_LONGEST_ID = 240  # characters on each side of its ``@``
_PLACED = frozenset({"x-gmail-labels", "x-gm-thrid", "x-mozilla-status"})
_BESIDE = frozenset({"x-account-key", "x-uidl", "x-mozilla-status2", "x-mozilla-keys"})  # what else stands there
_TOPMOST = 20  # lines in which they stand
_SHOWN = frozenset({"from", "sender", "reply-to", "to", "cc", "date", "received", "message-id", "references"})
_SHOWN |= {"in-reply-to", "subject"}
_PASS = _SHOWN | screen.READ | _PLACED
_DAY = 86_400  # seconds that a clock may be wrong before we ask the server that took the mail in
_FIRST, _LAST = -62_135_596_800, 253_370_764_799  # seconds of the years 1 to 9998; a zone leads beyond the next one
_EXPUNGED = 0x0008  # X-Mozilla-Status: deleted, and still in the file
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}


class Head(NamedTuple):
    """What the pass over an inbox keeps of one mail; addresses are plain, ``recipients`` are those of To and Cc.

    ``sent`` counts seconds from 1970, UTC. ``references`` come oldest first, without the mail's own id. ``tag`` is the
    name in brackets before the subject, if a mail goes to an address of that name.
    """

    seq: int
    message_id: str  # ``<...@id.invalid>`` if the mail brings none
    body_hash: str  # SHA-256 (hex) of the bytes behind the head
    references: tuple[str, ...] = ()
    sender: str = ""
    others: tuple[str, ...] = ()  # who From names beside the sender
    reply_to: str = ""
    recipients: tuple[str, ...] = ()
    sent: int | None = None
    list_id: bool = False
    bulk: bool = False  # a list or newsletter, by its headers
    tag: str = ""
    machine: Skip | None = None
    unsent: bool = False  # a draft, ours or of a mail program: ``X-Unsent: 1``
    shelf: Shelf | None = None
    gmail_thread: str = ""  # digits


class Header(Value):
    """What the head of one mail says to its reader. ``sent`` is UTC; it and ``references`` are as in ``Head``."""

    message_id: str
    references: tuple[str, ...] = ()
    sender: Address | None = None
    senders: int = 0
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    sent: datetime | None = None


def read_head(raw: Raw) -> Head:
    """Read what the pass needs from the head of ``raw``: linear in its bytes, and nothing is decoded for show.

    Raises:
        UnreadableError: the mail is empty or over a limit, or its source could not give its bytes.
    """
    fields, rest = _opened(raw, _PASS)
    plain = {name: line(fields.first(name)) for name in fields.among(screen.READ)}
    sender, *others = fields.plain_addresses("from") or fields.plain_addresses("sender") or ("",)
    reply_to = next(iter(fields.plain_addresses("reply-to")), "")
    recipients = (*fields.plain_addresses("to"), *fields.plain_addresses("cc"))
    message_id, references = fields.ids(raw.data)
    return Head(
        seq=raw.seq,
        message_id=message_id,
        body_hash=hashlib.sha256(rest).hexdigest(),
        references=references,
        sender=sender,
        others=tuple(others),
        reply_to=reply_to,
        recipients=recipients,
        sent=fields.sent(),
        list_id="list-id" in plain,
        bulk=screen.bulk(plain),
        tag=fields.tag(recipients),
        machine=screen.machine(plain, sender, reply_to),
        unsent=plain.get("x-unsent") == "1",
        shelf=raw.shelf or _shelf(fields),
        gmail_thread=_gmail_thread(fields),
    )


def read_header(raw: Raw) -> Header:
    """Read what a reader sees in the head of ``raw``.

    Raises:
        UnreadableError: as ``read_head``.
    """
    fields, _ = _opened(raw, _SHOWN)
    senders = fields.addresses("from") or fields.addresses("sender")
    message_id, references = fields.ids(raw.data)
    seconds = fields.sent()
    return Header(
        message_id=message_id,
        references=references,
        sender=senders[0] if senders else None,
        senders=len({s.address for s in senders}),
        reply_to=next(iter(fields.addresses("reply-to")), None),
        to=fields.addresses("to"),
        cc=fields.addresses("cc"),
        subject=decoded(fields.first("subject"))[:_LONGEST_SUBJECT],
        sent=None if seconds is None else datetime.fromtimestamp(seconds, UTC),
    )


def _opened(raw: Raw, wanted: frozenset[str]) -> "tuple[_Fields, memoryview]":
    """The headers of a mail, and the bytes behind them."""
    if raw.problem:
        raise UnreadableError(raw.problem)
    head, rest = limits.check(raw.data)
    return _Fields(head, mime.parse_head(head, wanted)), rest


class _Fields:
    """The headers of one mail by name in lower case, unfolded, foreign bytes decoded."""

    def __init__(self, head: bytes, values: dict[str, list[bytes]]) -> None:
        self._head = head
        self._values = values  # in the order of the mail

    def first(self, name: str) -> str:
        """The first value under ``name``, or an empty string."""
        if (values := self._values.get(name)) is None:
            return ""
        return values[0].decode() if values[0].isascii() else charsets.decode(values[0])

    def among(self, names: frozenset[str]) -> set[str]:
        """Those of ``names`` that the mail has."""
        return self._values.keys() & names

    def placed(self, name: str) -> str:
        """The first value of a header that a mail program adds, if only headers of its kind stand above it.

        Takeout and Thunderbird put theirs before all others, so that no mail can bring one into that place.
        """
        if name not in self._values:
            return ""
        for line in self._head.split(b"\n", _TOPMOST)[:_TOPMOST]:
            seen = line.partition(b":")[0].decode("latin-1").lower()
            if seen == name:
                return self.first(name)
            if seen not in _PLACED | _BESIDE and not line.startswith((b" ", b"\t", b"From ")):
                break
        return ""

    def sent(self) -> int | None:
        """When the mail was sent: by its Date, or by its topmost Received, our side's, if they are far apart."""
        claimed = _seconds(self.first("date"))
        date, received = (self._values.get(name, [b""])[0] for name in ("date", "received"))
        if received.rpartition(b";")[2].split()[1:4] == date.split()[1:4]:
            return claimed  # the same day: nearly all, and no second date to read
        taken = _seconds(self.first("received").rpartition(";")[2].strip())
        return claimed if taken is None or (claimed is not None and abs(claimed - taken) <= _DAY) else taken

    def tag(self, recipients: tuple[str, ...]) -> str:
        """The name in brackets before the subject, if one of ``recipients`` has it, too."""
        if b"[" not in self._values.get("subject", [b""])[0]:
            return ""
        found = screen.tag(self.first("subject").strip())
        return found if found and any(to.startswith(f"{found}@") for to in recipients) else ""

    def ids(self, data: bytes) -> tuple[str, tuple[str, ...]]:
        """The mail's own id, made up if it has none, and those it refers to."""
        own = next(iter(_ids_in(self.first("message-id"))), "") or _made_up(data)
        parents = _ids_in(self.first("references"))
        answer = self.first("in-reply-to").strip()
        if answer and answer not in parents:
            answered = _ids_in(answer)
            named = self._named()
            parents += tuple(id_ for id_ in answered if id_[1:-1].lower() not in named)
        return own, tuple(id_ for id_ in dict.fromkeys(parents) if id_ != own)

    def _named(self) -> frozenset[str]:
        """Old programs write ``Your mail of Monday, Ann <ann@client.example>`` into In-Reply-To: that is no id."""
        return frozenset(address for name in ("from", "to", "cc") for address in self.plain_addresses(name))

    def addresses(self, name: str) -> tuple[Address, ...]:
        """The mailboxes of all headers under ``name``; decoded when cut apart, as a foreign byte may hide a bracket."""
        return addresses.parse(self._joined(name), _decoded_piece)

    def plain_addresses(self, name: str) -> tuple[str, ...]:
        """Their addresses alone."""
        return addresses.found(self._joined(name), _decoded_piece) if name in self._values else ()

    def _joined(self, name: str) -> str:
        values = self._values.get(name, ())
        return (values[0] if len(values) == 1 else b", ".join(values)).decode("latin-1")


def _decoded_piece(piece: str) -> str:
    return decoded(charsets.decode(piece.encode("latin-1")))


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
    """The message ids in a value, with their brackets: printable ASCII on both sides of an ``@``, of bounded length.

    An id that looks like an encoded word is none.
    """
    found = []
    clean = _clean(value)  # as nearly all are
    for piece in value.split("<")[1:]:
        inside, closed, _ = piece.partition(">")
        if closed and " " not in inside and (clean or _clean(inside)):
            local, _, domain = inside.rpartition("@")
            if 0 < len(local) <= _LONGEST_ID and 0 < len(domain) <= _LONGEST_ID:
                found.append(f"<{inside}>")
    return tuple(found)


def _clean(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text


def _ids_in(value: str) -> tuple[str, ...]:
    """The ids of a header; some programs write long ones as encoded words."""
    return ids(decoded(value) if "=?" in value and "<" not in value else value)


def _shelf(fields: _Fields) -> Shelf | None:
    """Where the program that keeps the mail says that it lies."""
    if labels := fields.placed("x-gmail-labels"):
        return shelf_of_labels(decoded(labels))
    status = fields.placed("x-mozilla-status").strip()
    expunged = mime.guarded(lambda: int(status, 16) & _EXPUNGED, 0) if status else 0
    return Shelf.TRASH if expunged else None


def _gmail_thread(fields: _Fields) -> str:
    number = fields.placed("x-gm-thrid").strip()
    return number if number.isascii() and number.isdigit() else ""


def _mended(text: str) -> str:
    """Surrogates are bytes that the library could not decode; decoded together they make sense more often."""
    if text.isascii():
        return text
    return mime.guarded(
        lambda: charsets.decode(text.encode("utf-8", "surrogateescape")), text.encode("ascii", "replace").decode()
    )


def _seconds(value: str) -> int | None:
    """A date as seconds from 1970, UTC; one without a zone is UTC. None for what is none."""
    if not value:
        return None
    found = mime.guarded(lambda: _usual(value), None) if len(value) <= _LONGEST_DATE else None
    if found is None:
        found = mime.guarded(lambda: timegm(parsedate_to_datetime(value[:200]).utctimetuple()), None)
    return found if found is not None and _FIRST <= found <= _LAST else None


def _usual(value: str) -> int | None:
    """The date in the form that nearly all have, ``Mon, 4 May 2026 11:00:00 +0200``; None for any other."""
    parts = value.split()
    day, month, year, clock, zone = parts[1:6] if parts[0][-1:] == "," else parts[:5]
    hours, minutes, seconds, away = clock[:2], clock[3:5], clock[6:], zone[1:]
    digits = hours + minutes + seconds + away
    if len(digits) != 10 or len(clock) != 8 or not (digits.isascii() and digits.isdigit()):  # noqa: PLR2004 - as above
        return None
    beyond = max(hours, away[:2]) > "23" or max(minutes, seconds, away[2:]) > "59"
    if beyond or clock[2] + clock[5] != "::" or zone[0] not in "+-":
        return None
    offset = int(away[:2]) * 3600 + int(away[2:]) * 60
    time = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return _midnight(day, month, year) + time + (offset if zone[0] == "-" else -offset)


@lru_cache(maxsize=512)
def _midnight(day: str, month: str, year: str) -> int:
    if not (day + year).isdigit() or year < "1000" or len(year) != 4:  # noqa: PLR2004 - as in RFC 5322
        raise ValueError
    return timegm(datetime(int(year), _MONTHS[month.lower()], int(day), tzinfo=UTC).timetuple())


def _made_up(data: bytes) -> str:
    return f"<{hashlib.sha256(data).hexdigest()[:32]}@id.invalid>"
