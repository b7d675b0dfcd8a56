"""The slots of a draft: every value that the text may state, by name, with the words that code puts there.

Slots are ``{ask.1.quote}``, ``{ask.1.deadline}``, ``{offer.later.earliest_date}``, ``{rule.discount.max_discount}``,
``{aim.quote}``, ``{client.first_name}``, ``{us.name}``, ``{example.menus}`` and ``{person.name}``. Nothing private
can be one. Left out: which of them a letter has (``letter``).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.policy.catalogue.spec import Type
from pipeline.policy.facts import BY_NAME
from pipeline.spelling import known, spelled
from pipeline.sums import sums
from pipeline.types.decision import Decision
from pipeline.types.quantities import Quantity, Words
from pipeline.types.request import Quote, Request, State
from pipeline.values.scan import contacts
from pipeline.values.text import visible

SLOT = re.compile(r"\{([a-z0-9_.]+)\}")
_MEASURES = {Type.MONEY, Type.PERCENT, Type.DURATION, Type.DAY, Type.COUNT, Type.WORDS}
_QUOTE = 160  # characters; longer quotes are no slots, since nobody quotes a paragraph back
_REMARK = re.compile(r"\s*\([^()]*\)|;.*")


class Slot(NamedTuple):
    """A name, the quantity it stands for, and its words in the draft's language."""

    name: str
    value: Quantity
    words: str


def fill(template: str, known: dict[str, Slot]) -> str:
    """``template`` with every known slot filled; an unknown one stays, for the guard to find."""
    return SLOT.sub(lambda m: known[m[1]].words if m[1] in known else m[0], template)


def of_asks(request: Request, today: date, currency: str | None = None) -> Iterator[Slot]:
    """What the client says of each ask: its words, and the values in them; ``currency`` is that of sums without one."""
    for ask in request.asks:
        yield from quoted(f"ask.{ask.number}.quote", ask.quote)
        for fact in ask.facts:
            if fact.state is State.KNOWN and fact.value and BY_NAME[fact.name].type in _MEASURES:
                value = known(fact.value, currency)
                words = spelled(value, request.language, today, fact.quote)
                if not contacts(words):
                    yield Slot(f"ask.{ask.number}.{fact.name}", value, words)


def of_ours(decision: Decision, language: str, today: date, currency: str | None = None) -> Iterator[Slot]:
    """The terms of our reasons and offers, and what an offer comes to; ``currency`` as above."""
    for reason in decision.reasons:
        for term in reason.terms:
            yield _slot(f"rule.{reason.rule}.{term.name}", term.value, language, today)
    for offer in decision.offers:
        for term in offer.terms:
            yield _slot(f"offer.{offer.id}.{term.name}", term.value, language, today)
        for name, sum_ in sums(offer, decision):
            yield _slot(f"offer.{offer.id}.{name}", known(sum_, currency), language, today)


def _slot(name: str, value: Quantity, language: str, today: date) -> Slot:
    """A value of ours; of a note in our records, what it says, without where and when it was noted."""
    said = Words(text=_REMARK.sub("", value.text).strip()) if isinstance(value, Words) else value
    return Slot(name, said, spelled(said, language, today))


def quoted(name: str, quote: Quote) -> list[Slot]:
    """A client's own words, unless they are long or carry an address that we'd repeat."""
    words = " ".join(visible(quote.text).split()).strip(" .,;:!?\"'“”„«»")
    short = 0 < len(words) <= _QUOTE and not contacts(words) and "{" not in words
    return [Slot(name, Words(text=words), words)] if short else []
