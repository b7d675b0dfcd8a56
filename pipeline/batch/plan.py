"""The first pass over an inbox: heads only, to settle what each message is and under which key its row stands.

What this leaves out: bodies. The runner reads them one at a time, in a second pass.
"""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, Protocol

from pipeline.batch.job import Days
from pipeline.batch.stop import Stop
from pipeline.errors import InboxError, UnreadableError
from pipeline.inbox.headers import Header, read_header
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw, Source
from pipeline.inbox.threads import Fate, Own, screen
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome


class Flow(Protocol):
    """The way of one message, with business, prompts and models already chosen."""

    def key(self, message: str, thread: str, today: date) -> str:
        """The key of the outcome of the message whose bytes have the SHA-256 ``message`` (hex)."""
        ...

    async def reply(self, message: Message, key: str, today: date) -> Outcome:
        """The outcome, under ``key``.

        Raises:
            PendingError: the model's reply is not here yet.
            EndpointError: no further call can succeed.
        """
        ...


class Inbox(NamedTuple):
    """What is read, which of it is the business's own, and the days it is answered on."""

    source: Source
    own: Own
    days: Days


class Planned(NamedTuple):
    """One message to come. ``fate`` is what the whole inbox settles of it, or why its head cannot be read."""

    seq: int
    origin: str
    key: str
    today: date
    fate: Fate | UnreadableError

    def message(self, raw: Raw) -> Message:
        """The message itself.

        Raises:
            UnreadableError: it cannot be read.
        """
        if isinstance(self.fate, UnreadableError):
            raise self.fate
        return read(raw, self.fate)


async def plan(inbox: Inbox, flow: Flow, stop: Stop) -> list[Planned]:
    """Every message of ``inbox`` in order; shorter when someone asks to stop meanwhile.

    Raises:
        InboxError: the inbox can no longer be read.
    """
    heads: list[tuple[str, Header]] = []
    planned: list[Planned] = []
    for raw in _mails(inbox.source):
        await asyncio.sleep(0)  # signals are heard between messages
        if stop.asked:
            break
        digest = hashlib.sha256(raw.data).hexdigest()
        try:
            heads.append((digest, read_header(raw)))
        except UnreadableError as error:
            today = inbox.days.today
            key = _digest(flow.key(digest, "", today), raw.origin)
            planned.append(Planned(raw.seq, raw.origin, key, today, error))
    fates = screen([header for _, header in heads], inbox.own)
    planned += (_planned(digest, header, fates[header.seq], flow, inbox.days) for digest, header in heads)
    return sorted(planned, key=lambda one: one.seq)


def paired(inbox: Inbox, planned: list[Planned]) -> Iterator[tuple[Raw, Planned]]:
    """The messages again, each with its plan. What came in since the first pass waits for the next run.

    Raises:
        InboxError: the inbox is no longer the one that was planned.
    """
    for raw, known in zip(_mails(inbox.source), planned, strict=False):
        if (raw.seq, raw.origin) != (known.seq, known.origin):
            raise InboxError("the inbox changed while it was read; run again")
        yield raw, known


def _planned(digest: str, header: Header, fate: Fate, flow: Flow, days: Days) -> Planned:
    today = days.of(header.sent)
    key = flow.key(digest, fate.thread, today)
    # The rest of the mailbox decides too: whether it makes this mail one to skip, and whether we answered before.
    # Copies of one mail have the same bytes and are each a row, so the place where they stand tells them apart.
    if fate.skip or fate.earlier_own:
        key = _digest(key, str(fate.skip), str(fate.earlier_own), header.origin if fate.skip else "")
    return Planned(header.seq, header.origin, key, today, fate)


def _mails(source: Source) -> Iterator[Raw]:
    try:
        yield from source
    except OSError as error:
        raise InboxError(f"the inbox can no longer be read: {error.strerror or error}") from None


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
