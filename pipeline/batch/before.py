"""The noes that we drafted before, and which of them a mail answers: by its id, else by its sentences in the thread.

Known at the start of a run and the same to its end, so that no run depends on its own order. Only noes to the same
client are looked at: by their record, else by their address. Left out: a no that was sent so much changed that neither
tells, and one that neither the client quotes nor our sent mail holds; of these only the mail itself can speak.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline.batch.store import Store
from pipeline.earlier import ENOUGH, earlier_of, quoted
from pipeline.types.business import Business
from pipeline.types.earlier import Earlier
from pipeline.types.message import Address, Message
from pipeline.types.outcome import Outcome

_MOST = 30  # of the latest noes to one client whose text is looked at


class Before:
    """The noes of some output folders, which stay open as long as this is asked."""

    def __init__(self, stores: Iterable[Store], business: Business) -> None:
        self._who = cache(lambda address: _client(address, business))
        self._noes: dict[str, list[tuple[str, str, str, Store]]] = defaultdict(list)  # by client: id, key, mail, place
        self._found: dict[str, tuple[str, Store] | None] = {}  # where the no lies that a mail answers
        for store in stores:
            for id_, key, mail, sender in store.noes():
                self._noes[self._who(sender)].append((id_, key, mail, store))

    def may_know(self, sender: str) -> bool:
        """Whether this client was ever told a no."""
        return bool(self._noes) and self._who(sender) in self._noes

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
        noes = [no for no in self._noes[self._who(message.sender.address)] if no[2] != message.key]
        ids = {id_: (key, store) for id_, key, _, store in noes}
        for reference in reversed(message.references):
            if reference in ids and _earlier(*ids[reference]):
                return ids[reference]
        texts = [text for text in (message.history, *(mail.body for mail in ours[-_MOST:])) if text]
        places = [(key, store) for _, key, _, store in noes[-_MOST:]] if texts else []
        outcomes = [(outcome, place) for place in places if (outcome := place[1].outcome(place[0]))]
        shares = [
            (max(_share(outcome, text) for text in texts), number) for number, (outcome, _) in enumerate(outcomes)
        ]
        best = max(shares, default=(0.0, 0))  # of equal ones, the latest
        return outcomes[best[1]][1] if best[0] >= ENOUGH and earlier_of(outcomes[best[1]][0]) else None


def _earlier(key: str, store: Store) -> Earlier | None:
    outcome = store.outcome(key)
    return earlier_of(outcome) if outcome else None


def _share(outcome: Outcome, text: str) -> float:
    return quoted(outcome.draft, text) if outcome.draft else 0.0


def _client(address: str, business: Business) -> str:
    client = business.client_of(Address(address=address))
    return f"client {client.id}" if client else address
