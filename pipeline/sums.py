"""What an offer comes to for this client: the price after its discount, one of its equal parts. Exact, or not at all.

Only from the one price that the mail itself states for what is asked, since a sum that is reckoned from a guess would
bind us. Left out: prices of our own list, taxes, and rounding.
"""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.types.decision import Decision, Offer
from pipeline.types.quantities import Count, Money, Percent
from pipeline.types.request import State

PRICE_AFTER, EACH_PART = "price_after", "each_part"
"""The names of the slots that hold a sum."""

_PRICE = "price_before"


def sums(offer: Offer, decision: Decision) -> Iterator[tuple[str, Money]]:
    """The sums of ``offer``, each with its name; none where the price is not known or a cent would be left over."""
    price = _price(offer, decision)
    if price is None:
        return
    for term in offer.terms:
        if isinstance(term.value, Percent):
            yield from _exact(PRICE_AFTER, price, price.amount * (100 - term.value.number) / 100)
        elif isinstance(term.value, Count) and term.name == "instalments" and term.value.number > 0:
            yield from _exact(EACH_PART, price, price.amount / term.value.number)


def _price(offer: Offer, decision: Decision) -> Money | None:
    """The price that the asks of this offer start from, if there is one and no other."""
    stated = {
        fact.value
        for ask in decision.asks
        if ask.ask in offer.asks
        for fact in ask.facts
        if fact.name == _PRICE and fact.state is State.KNOWN and isinstance(fact.value, Money)
    }
    return stated.pop() if len(stated) == 1 else None


def _exact(name: str, price: Money, amount: Decimal) -> Iterator[tuple[str, Money]]:
    cents = amount * 100
    if amount > 0 and cents == cents.to_integral_value():
        yield name, Money(amount=amount.normalize() + 0, currency=price.currency)
