"""Past outcomes as one row for each ask: who wanted what, when, and what became of it. All counts start from here.

A no is an ask that was refused in a mail that was answered with a no or with a parting; an ask beside one that went to
a person counts with that mail, not as a no. The day of a row is the day on which the client wrote.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pipeline.types.answered import Answered, AskSeen, FactSeen
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.request import State

REFUSED = frozenset({Action.DECLINE, Action.END})


class Row(NamedTuple):
    """One ask. ``client`` is the id of the record, or the address of a stranger; ``known`` tells which."""

    mail: str
    on: date
    client: str
    name: str
    known: bool
    language: str
    kind: str
    ended: Action
    ask: AskSeen
    facts: Mapping[str, FactSeen]

    @property
    def refused(self) -> bool:
        """Whether it is a no."""
        return self.ended in REFUSED and self.ask.action in REFUSED


def newest(past: Iterable[Answered]) -> tuple[Answered, ...]:
    """Each mail once: of several outcomes of one mail, as copies and several runs leave them, the one decided last."""
    found: dict[str, Answered] = {}
    for each in past:
        key = each.message.key if each.message else each.key
        if key not in found or _weight(found[key]) <= _weight(each):
            found[key] = each
    return tuple(found.values())


def _weight(each: Answered) -> tuple[bool, date]:
    """A mail that was passed over, such as a copy, never stands in the place of one that was decided."""
    return each.decision is not None, each.today


def rows(past: Iterable[Answered], business: Business) -> Iterator[Row]:
    """The asks of all mails that were decided, in the order in which they were written."""
    decided = (each for each in past if each.message and each.decision and each.decision.asks)
    for each in sorted(decided, key=day_of):
        yield from _asks(each, business)


def day_of(each: Answered) -> date:
    """The day on which the client wrote; the day of the run where the mail has none, or one that lies ahead."""
    sent = each.message.sent.date() if each.message and each.message.sent else each.today
    return min(sent, each.today)


def _asks(each: Answered, business: Business) -> Iterator[Row]:
    message, decision = each.message, each.decision
    assert message is not None
    assert decision is not None
    client = business.client_of(message.sender)
    kinds = {ask.number: ask.kind.value for ask in each.request.asks} if each.request else {}
    for ask in decision.asks:
        if ask.ask:  # 0 stands for a mail that asks nothing
            yield Row(
                mail=message.key,
                on=day_of(each),
                client=client.id if client else message.sender.address,
                name=client.name if client else message.sender.address,
                known=client is not None,
                language=message.language,
                kind=kinds.get(ask.ask, ""),
                ended=each.action,
                ask=ask,
                facts={fact.name: fact for fact in ask.facts if fact.state is not State.ABSENT},
            )
