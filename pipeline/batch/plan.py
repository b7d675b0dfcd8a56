"""The first pass over an inbox: heads only, to settle what each message is and under which key its row stands.

What this leaves out: bodies. The runner reads them one at a time, in a second pass.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pipeline.batch.heads import Heads, Kept
from pipeline.batch.job import CHOSEN, EVERYTHING, Choice, Days
from pipeline.batch.said import Said
from pipeline.errors import InboxError, UnreadableError, UsageError
from pipeline.inbox.headers import Head, read_head
from pipeline.inbox.source import Raw, Source
from pipeline.inbox.threads import Fate, Own
from pipeline.types.earlier import Earlier
from pipeline.types.message import Message, Skip
from pipeline.types.outcome import Outcome

if TYPE_CHECKING:
    from pipeline.batch.stop import Stop

_DEAF = 0.05  # seconds between two looks at what else happens


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


class Noes(Protocol):
    """The noes that we drafted before."""

    def may_know(self, sender: str) -> bool:
        """Whether who writes from this address was ever told one."""
        ...

    def answered_by(self, message: Message, ours: Sequence[Message] = ()) -> Earlier | None:
        """The one that this mail answers, where ``ours`` are our own mails of its thread."""
        ...


class Inbox(NamedTuple):
    """What is read, which of it is the business's own, the days it is answered on, and how many days it looks back.

    ``stale_after`` 0 is for ever, as are mails that are answered on their own day. ``name`` is where it lies. Its mails
    may answer a no of ours from ``before``. A run works on ``choice`` alone; ``suits`` tells what of it a head decides.
    """

    source: Source
    own: Own
    days: Days
    stale_after: int = 0
    name: str = ""
    before: Noes | None = None
    choice: Choice = EVERYTHING
    suits: Callable[[Head], bool] | None = None


class Planned(NamedTuple):
    """One message to come. ``fate`` is what the whole inbox settles of it, or why its head cannot be read."""

    seq: int
    origin: str
    digest: str  # SHA-256 (hex) of its bytes
    key: str
    today: date
    fate: Fate | UnreadableError


class Hearing:
    """Lets a loop that waits for nothing hear signals, and others go on, now and then."""

    def __init__(self) -> None:
        self._heard = time.monotonic()

    async def pause(self) -> None:
        """Give way, if it was long ago."""
        if time.monotonic() - self._heard > _DEAF:
            await asyncio.sleep(0)
            self._heard = time.monotonic()


Paired = tuple[Raw, Planned]
"""A message and what is planned for it."""


class Known(Protocol):
    """What is known of outcomes, by their keys."""

    def done(self, key: str) -> bool:
        """Whether it is stored and need not be tried again."""
        ...

    def failed(self, key: str) -> bool:
        """Whether it is stored and is a failure."""
        ...


class Chosen(NamedTuple):
    """What a run works on, in mails: ``todo`` of them, ``by_model`` with a model and the rest without.

    ``others`` are to do as well and were not chosen; ``marks`` is 1 for each that was, by its ``seq``.
    """

    todo: int = 0
    by_model: int = 0
    others: int = 0
    marks: bytes | bytearray = b""

    def has(self, one: Planned) -> bool:
        """Whether the run works on this mail."""
        return bool(self.marks[one.seq])


class Plan:
    """Every message of an inbox in order, kept on disk until ``close``.

    Raises:
        InboxError: from ``make`` and ``paired``, when the inbox can no longer be read or is another one.
    """

    def __init__(self, inbox: Inbox, flow: Flow) -> None:
        self._inbox, self._flow = inbox, flow
        self._heads = Heads(inbox.own)
        self._asked: set[int] = set()  # mails, by ``seq``, of clients who were told a no before
        self._answers: dict[int, str] = {}  # the outcome whose no they answer
        self._suiting = bytearray()  # by ``seq``, where not every mail does

    def close(self) -> None:
        """Forget it."""
        self._heads.close()

    def __len__(self) -> int:
        """How many messages there are."""
        return len(self._heads)

    @property
    def foreign(self) -> tuple[str, ...]:
        """Addresses that the business's sent mail is from and that its profile does not name."""
        return tuple(self._heads.foreign)

    async def make(self, stop: "Stop") -> None:
        """The first pass. When someone asks to stop meanwhile, the plan is only begun and must not be used."""
        hearing = Hearing()
        for raw in _mails(self._inbox.source):
            await hearing.pause()
            if stop.asked:
                return
            digest = hashlib.sha256(raw.data).digest()
            try:
                head = read_head(raw)
                self._heads.add(raw, digest, head)
                self._note(raw.seq, head)
                if self._inbox.before and self._inbox.before.may_know(head.sender):
                    self._asked.add(raw.seq)
            except UnreadableError as error:
                self._heads.refuse(raw, digest, str(error))
        self._heads.settle()

    async def relate(self, read: Callable[[Raw, Fate], Awaitable[Message]], stop: "Stop") -> None:
        """Between the passes: which no of ours a mail answers. Only threads of clients who were told one are read."""
        before = self._inbox.before
        if before is None or not self._asked:
            return
        threads = {one.fate.thread for one in self if self._answering(one) and isinstance(one.fate, Fate)}
        with closing(Said()) as said:
            for raw, one in self.paired():
                if stop.asked:
                    return
                if isinstance(one.fate, UnreadableError) or one.fate.thread not in threads:
                    continue
                if self._answering(one) or one.fate.skip is Skip.OWN:
                    try:
                        said.add(one.seq, await read(raw, one.fate), ours=bool(one.fate.skip))
                    except UsageError:
                        raise
                    except Exception:  # noqa: BLE001, S112 - the second pass meets it again, and its row will say so
                        continue
            for thread in said.threads():
                found = ((seq, before.answered_by(message, thread.ours)) for seq, message in thread.theirs)
                self._answers |= {seq: no.key for seq, no in found if no}

    def remembered(self, chosen: Chosen) -> dict[str, str]:
        """What was chosen, as a setting of the output folder that ``chosen_before`` reads."""
        keys = (one.key for one in self if chosen.has(one))
        return {CHOSEN: "" if self._inbox.choice == EVERYTHING else " ".join([CHOSEN, *keys])}

    def choose(self, known: Known) -> Chosen:
        """Apply the choice. Mails that need no model take nothing of its limit, and are chosen until it is reached."""
        choice, marks = self._inbox.choice, bytearray()
        todo = by_model = others = 0
        for one in self:
            marks.extend(bytes(one.seq + 1 - len(marks)))
            done = known.done(one.key)
            wanted = known.failed(one.key) if choice.failed else not done
            if wanted and by_model != choice.limit and self._suits(one):
                marks[one.seq] = 1
                todo += 1
                by_model += isinstance(one.fate, Fate) and not one.fate.skip
            elif not done:
                others += 1
        return Chosen(todo, by_model, others, marks)

    def _suits(self, one: Planned) -> bool:
        """Whether the mail is what the run is after; of one whose head cannot be read, only its key can tell."""
        keys = self._inbox.choice.keys
        if keys is not None and one.key not in keys:
            return False
        return self._inbox.suits is None or (one.seq < len(self._suiting) and bool(self._suiting[one.seq]))

    def _note(self, seq: int, head: Head) -> None:
        if self._inbox.suits:
            self._suiting.extend(bytes(seq + 1 - len(self._suiting)))
            self._suiting[seq] = self._inbox.suits(head)

    def _answering(self, one: Planned) -> bool:
        """Whether it waits for an answer, and is of a client who was told a no before."""
        return one.seq in self._asked and isinstance(one.fate, Fate) and not one.fate.skip

    def __iter__(self) -> Iterator[Planned]:
        """All messages, in order; each iteration reads them anew."""
        return map(self._planned, self._heads)

    def paired(self) -> Iterator[Paired]:
        """The messages again, each with its plan. What came in since the first pass waits for the next run."""
        for raw, known in zip(_mails(self._inbox.source), self, strict=False):
            found = raw.seq, raw.origin, hashlib.sha256(raw.data).hexdigest()
            if found != (known.seq, known.origin, known.digest):
                raise InboxError("the inbox changed while it was read; run again")
            yield raw, known

    def _planned(self, kept: Kept) -> Planned:
        if isinstance(kept.fate, str):
            today = self._inbox.days.today
            key = _digest(self._flow.key(kept.digest, "", today), kept.origin)
            return Planned(kept.seq, kept.origin, kept.digest, key, today, UnreadableError(kept.fate))
        sent = None if kept.sent is None else datetime.fromtimestamp(kept.sent, UTC)
        today = self._inbox.days.of(sent)
        fate = kept.fate._replace(skip=kept.fate.skip or self._stale(sent))
        key = self._flow.key(kept.digest, fate.thread, today)
        # The rest of the mailbox decides too: whether it makes this mail one to skip, and whether we answered before.
        # Copies of one mail have the same bytes and are each a row, so the place where they stand tells them apart.
        if fate.skip or fate.earlier_own:
            key = _digest(key, str(fate.skip), str(fate.earlier_own), kept.origin if fate.skip else "")
        if kept.seq in self._answers and not fate.skip:
            key = _digest(key, self._answers[kept.seq])
        return Planned(kept.seq, kept.origin, kept.digest, key, today, fate)

    def _stale(self, sent: datetime | None) -> Skip | None:
        days, most = self._inbox.days, self._inbox.stale_after
        old = most and sent and not days.by_mail and (days.today - sent.date()).days > most
        return Skip.STALE if old else None


def _mails(source: Source) -> Iterator[Raw]:
    try:
        yield from source
    except OSError as error:
        raise InboxError(f"the inbox can no longer be read: {error.strerror or error}") from None


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
