"""The noes that we drafted before, and which of them a mail answers: by its id, else by its sentences in the thread.

Known at the start of a run and the same to its end, so that no run depends on its own order. Only noes to the same
client are looked at: by their record, else by their address. Left out: a no that was sent so much changed that neither
tells, and one that neither the client quotes nor our sent mail holds; of these only the mail itself can speak.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from pipeline.batch.store import Store
from pipeline.earlier import ENOUGH, earlier_of, quoted
from pipeline.types.business import Business
from pipeline.types.earlier import Earlier
from pipeline.types.message import Address, Message
from pipeline.types.outcome import Outcome

_MOST = 30  # of the latest noes to one client whose text is looked at
_REMEMBERED = 4096  # addresses whose client is not sought again


class _Told(NamedTuple):
    """An address that was told a no in a store, whose ``last`` no was this one when the run began."""

    sender: str
    store: Store
    last: int


class Before:
    """The noes of some output folders, which stay open as long as this is asked."""

    def __init__(self, stores: Iterable[Store], business: Business) -> None:
        self._who = lru_cache(_REMEMBERED)(lambda address: _client(address, business))
        self._told: dict[str, list[_Told]] = defaultdict(list)  # by client
        self._found: dict[str, tuple[str, Store] | None] = {}  # where the no lies that a mail answers
        for store in stores:
            last = store.last_no()
            for sender in store.told():
                self._told[self._who(sender)].append(_Told(sender, store, last))

    def may_know(self, sender: str) -> bool:
        """Whether this client was ever told a no."""
        return bool(self._told) and self._who(sender) in self._told

    def answered_by(self, message: Message, ours: Sequence[Message] = ()) -> Earlier | None:
        """The no that this mail answers: the last one that it refers to, else the one that most of its thread is of.

        ``ours`` are our own mails of the thread; whoever asks again need not know them.

        Raises:
            OutputError: a folder can no longer be read.
        """
        if not self.may_know(message.sender.address):
            return None
        if message.key not in self._found:
            self._found[message.key] = self._sought(message, ours)
        return self.found(message.key)

    def found(self, mail: str) -> Earlier | None:
        """What ``answered_by`` gave for the mail of this key, if it was asked."""
        found = self._found.get(mail)
        return _earlier(*found) if found else None

    def _sought(self, message: Message, ours: Sequence[Message]) -> tuple[str, Store] | None:
        noes = list(self._noes(message))
        ids = {id_: (key, store) for id_, key, store in noes}
        for reference in reversed(message.references):
            if reference in ids and _earlier(*ids[reference]):
                return ids[reference]
        texts = [text for text in (message.history, *(mail.body for mail in ours[-_MOST:])) if text]
        places = [(key, store) for _, key, store in noes[-_MOST:]] if texts else []
        outcomes = [(outcome, place) for place in places if (outcome := place[1].outcome(place[0]))]
        shares = [
            (max(_share(outcome, text) for text in texts), number) for number, (outcome, _) in enumerate(outcomes)
        ]
        best = max(shares, default=(0.0, 0))  # of equal ones, the latest
        return outcomes[best[1]][1] if best[0] >= ENOUGH and earlier_of(outcomes[best[1]][0]) else None

    def _noes(self, message: Message) -> Iterator[tuple[str, str, Store]]:
        """What its client was told before, in order: id, key, place."""
        told = self._told[self._who(message.sender.address)]
        for store, some in groupby(told, attrgetter("store")):
            known = list(some)
            for id_, key, mail in store.noes([one.sender for one in known], known[0].last):
                if mail != message.key:
                    yield id_, key, store


def _earlier(key: str, store: Store) -> Earlier | None:
    outcome = store.outcome(key)
    return earlier_of(outcome) if outcome else None


def _share(outcome: Outcome, text: str) -> float:
    return quoted(outcome.draft, text) if outcome.draft else 0.0


def _client(address: str, business: Business) -> str:
    client = business.client_of(Address(address=address))
    return f"client {client.id}" if client else address
