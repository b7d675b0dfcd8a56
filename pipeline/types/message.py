"""A mail as Candor reads it: headers cleaned, newest visible text, quoted history and signature apart."""

from datetime import datetime
from enum import StrEnum

from pipeline.types.base import Value

MOST_READ = 8_000
"""Characters of the newest text that a model is shown; what lies beyond is told to the reviewer."""


class Address(Value):
    """A mailbox: ``address`` in lower case, ``name`` as displayed (never trusted for identity)."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part behind the last ``@``, or an empty string."""
        return self.address.rpartition("@")[2]


class Skip(StrEnum):
    """Why a message needs no answer. Each becomes a visible row."""

    MACHINE = "machine"  # bounce, auto-reply, calendar reply
    LIST = "list"  # newsletter or mailing list
    OWN = "own"  # written by the business itself
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"  # a newer mail of the same sender in the thread
    ANSWERED = "answered"  # the business wrote the latest mail of the thread
    NO_ASK = "no_ask"  # a person wrote, but asks nothing
    STALE = "stale"  # older than the business looks back
    DISCARDED = "discarded"  # lies among trash, spam or chats


class Message(Value):
    """One mail. ``key`` is the SHA-256 (hex) of the canonical bytes; ``origin`` says where it was read."""

    key: str
    origin: str
    message_id: str
    references: tuple[str, ...] = ()
    thread: str
    sender: Address
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str
    sent: datetime | None = None
    body: str
    history: str = ""
    signature: str = ""
    language: str = "und"
    attachments: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # for the reviewer: hidden text, foreign Reply-To, unread attachments
    skip: Skip | None = None  # what the headers and form alone already settle
