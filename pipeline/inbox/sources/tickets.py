"""Rows of a help desk's export to the bytes of mails, so that all that follows has one form of mail to read.

Every value is collapsed to one line and encoded before it becomes a header, so that no cell can add one. A ticket's
mails refer to one made-up id, which makes them a thread. Left out: dates in a form that two countries read differently
(they count as none), and attachments.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime, parsedate_to_datetime

import re2

from pipeline.errors import UnreadableError
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.sources.columns import Book, Row, folded
from pipeline.values.text import visible

_ADDRESS = re2.compile(r"[^\s\"'<>(),:;@\[\]\\]{1,64}@[^\s\"'<>(),:;@\[\]\\]{1,255}")
_ID = re2.compile(r"^<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>$")
_MARKUP = re2.compile(r"(?i)<(?:p|div|br|html|body|span|table|ul)\b[^>]*>")
_LONGEST = 1_000  # characters of a header
_EARLIEST = 100_000_000  # seconds: 1973
_MILLISECONDS = 100_000_000_000  # a number of seconds above it is one of milliseconds
_SHOWN = 20  # characters of a cell that a problem names
US = "us@helpdesk.invalid"
"""The sender of an answer whose writer the export does not name."""


class Tickets:
    """Reads the rows of one export in order; remembers of the row before whose ticket it was."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._before = ("", "")  # thread, client's address

    def mails(self, row: Row) -> Iterator[Raw]:
        """The mails in a row: itself, and its parts; a part without a text is an event and no mail."""
        parts = [part for part in self._book.parts(row) if self._text(part)]
        if not parts or self._text(row):
            yield self._mail(row, row)
        for part in parts:
            yield self._mail(part, row)

    def _mail(self, row: Row, ticket: Row) -> Raw:
        try:
            return self._built(row, ticket)
        except UnreadableError as error:
            return Raw(0, "", b"", problem=str(error))

    def _built(self, row: Row, ticket: Row) -> Raw:
        text = self._text(row)
        if not text:
            raise UnreadableError("the row has no text")
        shelf = self._shelf(row, ticket)
        thread = self._first("thread", row, ticket) or self._first("id", ticket)
        sender, receiver = self._between(row, ticket, thread, shelf)
        headers = {
            "From": sender,
            "To": receiver,
            "Reply-To": _address(self._first("reply_to", row, ticket)),
            "Subject": _encoded(self._first("subject", row, ticket)),
            "Date": _date(self._first("date", row, ticket)),
            "References": _reference(thread),
        }
        return Raw(0, "", _letter(headers, text, self._first("id", row)), shelf)

    def _between(self, row: Row, ticket: Row, thread: str, shelf: Shelf | None) -> tuple[str, str]:
        """Who writes to whom, as header values."""
        client = next(self._addresses("from", ticket), "")
        writer = next(self._addresses("from", row, ticket), "")
        to = next(self._addresses("to", row, ticket), "")
        if not writer and shelf is None:
            raise UnreadableError("the row names no sender's address")
        if shelf in {Shelf.SENT, Shelf.DRAFT}:
            known = client if row is not ticket else self._before[1] if self._before[0] == thread else ""
            return (writer if writer and writer != known else US), to or known
        self._before = (thread, writer)
        names = (name for name in self._texts("name", row, ticket) if "@" not in name)
        return _mailbox(next(names, ""), writer), to

    def _shelf(self, row: Row, ticket: Row) -> Shelf | None:
        book = self._book
        said = set(map(folded, self._texts("direction", row)))
        author, client = self._first("author", row), self._first("client", row, ticket)
        private, public = self._says("private", row), self._says("public", row)
        if private or public is False or said & book.internal:
            return Shelf.DRAFT  # written among us, sent to nobody
        if said & book.ours or (author and client and author != client):
            return Shelf.SENT
        return Shelf.SPAM if self._says("spam", row, ticket) else None

    def _says(self, field: str, *rows: Row) -> bool | None:
        """What a column of yes and no says, or None if nothing.

        Raises:
            UnreadableError: it says something else, which might mean either.
        """
        said = self._first(field, *rows)
        word = folded(said)
        if not word:
            return None
        if word in self._book.yes | self._book.no:
            return word in self._book.yes
        raise UnreadableError(f"the row's column for '{field}' says '{said[:_SHOWN]}', which is neither yes nor no")

    def _text(self, row: Row) -> tuple[str, str] | None:
        """The text of a row and its subtype."""
        for field, subtype in (("body", "plain"), ("html", "html")):
            for text in self._book.cells(row, field):
                said = _plain(text)
                if said.strip():
                    return said, "html" if _MARKUP.search(said) else subtype
        return None

    def _texts(self, field: str, *rows: Row) -> Iterator[str]:
        for row in rows[:1] if rows[0] is rows[-1] else rows:
            yield from (text for value in self._book.cells(row, field) if (text := _line(_plain(value))))

    def _first(self, field: str, *rows: Row) -> str:
        return next(self._texts(field, *rows), "")

    def _addresses(self, field: str, *rows: Row) -> Iterator[str]:
        return filter(None, map(_address, self._texts(field, *rows)))


def _plain(value: object, within: int = 8) -> str:
    """A cell as text; of an object its address or name, of a list its items, of what is nested deeper nothing."""
    if isinstance(value, Mapping | list) and not within:
        return ""
    if isinstance(value, Mapping):
        inner = (_plain(value.get(key), within - 1) for key in ("email", "address", "name"))
        return next(filter(None, inner), "")
    if isinstance(value, list):
        return ", ".join(_plain(item, within - 1) for item in value[:100])
    said = str(value) if isinstance(value, str | int | float) else ""
    return said.encode("utf-8", "replace").decode("utf-8")  # JSON can spell half a character


def _line(text: str) -> str:
    return " ".join(visible(text[: 4 * _LONGEST].replace("\r", " ")).split())[:_LONGEST]


def _address(text: str) -> str:
    found = _ADDRESS.search(text)
    address = found[0].strip(".") if found else ""
    return address if address.isascii() else ""


def _mailbox(name: str, address: str) -> str:
    return f"{_encoded(name[:200], phrase=True)} <{address}>" if name else address


def _encoded(line: str, *, phrase: bool = False) -> str:
    """A header's value, encoded where a parser could read more into it than its letters."""
    if not line.isascii() or "=?" in line or len(line) > 200:  # noqa: PLR2004 - a long line is folded by its encoding
        return Header(line.encode("utf-8", "replace"), "utf-8", maxlinelen=76).encode()
    return '"' + line.replace("\\", "").replace('"', "'") + '"' if phrase else line


def _date(text: str) -> str:
    """A date as mail writes it, or nothing when it cannot be read for certain."""
    for read in (_seconds, _iso, _mail_date):
        try:
            found = read(text)
            return format_datetime((found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC))
        except (ValueError, OverflowError, OSError, TypeError, IndexError):
            continue
    return ""


def _seconds(text: str) -> datetime:
    number = float(text)
    if number < _EARLIEST:
        raise ValueError("a year, or a day without dashes")
    return datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, UTC)


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix(" UTC").replace(" +", "+", 1))


def _mail_date(text: str) -> datetime:
    if not any(char.isalpha() for char in text):
        raise ValueError("month and day cannot be told apart")
    return parsedate_to_datetime(text)


def _reference(thread: str) -> str:
    if not thread or _ID.match(thread):
        return thread
    return f"<{hashlib.sha256(thread.encode('utf-8', 'replace')).hexdigest()[:32]}@id.invalid>"


def _letter(headers: dict[str, str], text: tuple[str, str], own_id: str) -> bytes:
    said, subtype = text
    head = "".join(f"{name}: {value}\n" for name, value in headers.items() if value)
    body = said.replace("\0", "").replace("\r\n", "\n").encode("utf-8", "replace")
    digest = hashlib.sha256(f"{own_id}\n{head}\n".encode("utf-8", "replace") + body).hexdigest()[:32]
    id_ = own_id if _ID.match(own_id) else f"<{digest}@id.invalid>"
    head += f"Message-ID: {id_}\nMIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n"
    return f"{head}Content-Type: text/{subtype}; charset=utf-8\n\n".encode() + body
