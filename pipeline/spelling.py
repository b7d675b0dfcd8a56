"""Sums for which the mail names no currency: in the one that is certain, else in the client's own figures.

Certain is the firm's own currency where other sums of the same mail are in it and none is in another. Left out: sums
that are written in words.
"""

from collections.abc import Iterator
from datetime import date

from pipeline.types.message import MOST_READ, Message
from pipeline.types.quantities import Money, Quantity
from pipeline.types.request import Quote, Request
from pipeline.values.read import read
from pipeline.values.scan import scan
from pipeline.values.write import write


def certain(request: Request, message: Message, own: str, today: date) -> str | None:
    """The currency of sums that name none, where ``own``, the firm's, is the only one that the mail names."""
    named = {sum_.currency for sum_ in _sums(request)}
    if named != {own, None}:
        return None
    text = f"{message.subject}\n{message.body[:MOST_READ]}"
    besides = (each.value.currency for each in scan(text, request.language, today) if isinstance(each.value, Money))
    return own if {own, None}.issuperset(besides) else None


def known(value: Quantity, currency: str | None) -> Quantity:
    """A sum without a currency in the one that is certain; anything else as it is."""
    bare = isinstance(value, Money) and value.currency is None and currency is not None
    return value.model_copy(update={"currency": currency}) if bare else value


def spelled(value: Quantity, language: str, today: date, quote: Quote | None = None) -> str:
    """``value`` in the words of a letter; a sum that stays without a currency in the figures of the client's quote."""
    if not isinstance(value, Money) or value.currency or quote is None:
        return write(value, language, today)
    figures = {found.text for found in scan(quote.text, language, today) if found.kind in {"number", "money"}}
    own = [text for text in figures if any(map(str.isdigit, text)) and read("money", text, language, today) == value]
    return " ".join(own[0].split()).replace(" ", "\u00a0") if len(own) == 1 else write(value, language, today)


def _sums(request: Request) -> Iterator[Money]:
    facts = (*request.facts, *(fact for ask in request.asks for fact in ask.facts))
    return (fact.value for fact in facts if isinstance(fact.value, Money))
