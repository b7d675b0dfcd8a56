"""Fitness: each alternative told helps with what is declined, and none moves a day that can't be moved.

Codes: ``offers.unfit`` and ``offers.unhelped``. A day is fixed when the client names the day of an event. What this
leaves out: whether an alternative is any good for this client, which no code can tell.
"""

from collections.abc import Iterator
from datetime import date

from pipeline.guard.reading import Reading
from pipeline.types.decision import Action, Offer
from pipeline.types.quantities import Day
from pipeline.types.request import Ask, State
from pipeline.types.verdict import Finding

_DELIVERY = {"earliest_date", "date", "delivery_date", "later_date"}  # terms that say when it is done


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings; only a decline leaves something to help with."""
    if reading.decision.action is not Action.DECLINE:
        return
    for offer in reading.told_offers:
        yield from _unfit(reading, offer)
    yield from _unhelped(reading)


def _unfit(reading: Reading, offer: Offer) -> Iterator[Finding]:
    fixed = [day for ask in reading.request.asks if ask.number in offer.asks for day in _event_days(ask)]
    days = [t.value.day for t in offer.terms if t.name in _DELIVERY and isinstance(t.value, Day)]
    if fixed and days and max(days) > max(fixed):
        message = f"The offer {offer.id!r} comes after the day that is fixed; take one that helps before it."
        yield reading.within(reading.offer_lines(offer.id)[0], "offers.unfit", message)


def _event_days(ask: Ask) -> Iterator[date]:
    for fact in ask.facts:
        if fact.name == "event_day" and fact.state is State.KNOWN and isinstance(fact.value, Day):
            yield fact.value.day


def _unhelped(reading: Reading) -> Iterator[Finding]:
    """A declined ask that some permitted offer is about, and none of the offers told."""
    helped = {number for offer in reading.told_offers for number in offer.asks}
    could = {number for offer in reading.decision.offers for number in offer.asks}
    declined = {a.ask for a in reading.decision.asks if a.action is Action.DECLINE}
    for number in sorted((declined & could) - helped):
        about = ", ".join(offer.id for offer in reading.decision.offers if number in offer.asks)
        message = f"Ask {number} is declined and no alternative told is about it: take one of {about}."
        yield reading.finding("offers.unhelped", message)
