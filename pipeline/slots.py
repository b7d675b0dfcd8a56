"""The slots of a draft: every value that the text may state, by name, with the words that code puts there.

Slots are ``{ask.1.quote}``, ``{ask.1.deadline}``, ``{offer.later.earliest_date}``, ``{rule.discount.max_discount}``,
``{aim.quote}``, ``{client.first_name}``, ``{us.name}``, ``{example.menus}`` and ``{person.name}``. Nothing private
can be one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pipeline.addressee import client_name
from pipeline.policy.catalogue.spec import Type
from pipeline.policy.facts import BY_NAME
from pipeline.sums import sums
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision
from pipeline.types.message import Message
from pipeline.types.quantities import Quantity, Words
from pipeline.types.request import Quote, Request, State
from pipeline.values.scan import contacts
from pipeline.values.text import visible
from pipeline.values.write import write
from pipeline.voice.manner import Manner, manner_of

SLOT = re.compile(r"\{([a-z0-9_.]+)\}")
_MEASURES = {Type.MONEY, Type.PERCENT, Type.DURATION, Type.DAY, Type.COUNT, Type.WORDS}
_QUOTE = 160  # characters; longer quotes are no slots, since nobody quotes a paragraph back
_REMARK = re.compile(r"\s*\([^()]*\)|;.*")


class Slot(NamedTuple):
    """A name, the quantity it stands for, and its words in the draft's language."""

    name: str
    value: Quantity
    words: str


@dataclass(frozen=True)
class Letter:
    """All that a draft is made of, whoever words it: the mail, what was read and decided, and every slot by name."""

    message: Message
    request: Request
    decision: Decision
    business: Business
    slots: dict[str, Slot]

    @cached_property
    def manner(self) -> Manner:
        """How it is to be written, greeting and sign-off included."""
        message, business = self.message, self.business
        client = business.client_of(message.sender)
        return manner_of(business.profile.voice, client, message.body, self.request.language)


def letter_of(message: Message, request: Request, decision: Decision, business: Business, today: date) -> Letter:
    """The letter with all slots of this mail."""
    language = request.language
    named = [*_asks(request, today), *_ours(decision, language, today), *_names(message, business)]
    named += _approved(decision, business, language)
    if request.accepted and decision.action is Action.CONFIRM:
        named += _quoted("accepted.quote", request.accepted.quote)
    if request.aim:
        named += _quoted("aim.quote", request.aim)
    return Letter(message, request, decision, business, {slot.name: slot for slot in named})


def fill(template: str, known: dict[str, Slot]) -> str:
    """``template`` with every known slot filled; an unknown one stays, for the guard to find."""
    return SLOT.sub(lambda m: known[m[1]].words if m[1] in known else m[0], template)


def _asks(request: Request, today: date) -> Iterator[Slot]:
    for ask in request.asks:
        yield from _quoted(f"ask.{ask.number}.quote", ask.quote)
        for fact in ask.facts:
            if fact.state is State.KNOWN and fact.value and BY_NAME[fact.name].type in _MEASURES:
                words = write(fact.value, request.language, today)
                if not contacts(words):
                    yield Slot(f"ask.{ask.number}.{fact.name}", fact.value, words)


def _ours(decision: Decision, language: str, today: date) -> Iterator[Slot]:
    for reason in decision.reasons:
        for term in reason.terms:
            yield _slot(f"rule.{reason.rule}.{term.name}", term.value, language, today)
    for offer in decision.offers:
        for term in offer.terms:
            yield _slot(f"offer.{offer.id}.{term.name}", term.value, language, today)
        for name, sum_ in sums(offer, decision):
            yield _slot(f"offer.{offer.id}.{name}", sum_, language, today)


def _slot(name: str, value: Quantity, language: str, today: date) -> Slot:
    """A value of ours; of a note in our records, what it says, without where and when it was noted."""
    said = Words(text=_REMARK.sub("", value.text).strip()) if isinstance(value, Words) else value
    return Slot(name, said, write(said, language, today))


def _names(message: Message, business: Business) -> Iterator[Slot]:
    first, _ = client_name(message, business)
    for name, words in (("client.first_name", first), ("us.name", business.profile.name)):
        if words:
            yield Slot(name, Words(text=words), words)


def _approved(decision: Decision, business: Business, language: str) -> Iterator[Slot]:
    """The one example, and the one person, that the business has for a reason that is told."""
    told = {reason.rule for reason in decision.reasons}
    for example in [each for each in business.profile.examples if told & set(each.for_)][:1]:
        if words := example.text.by_language.get(language):
            yield Slot(f"example.{example.id}", Words(text=words), words)
    for person in [each for each in business.profile.people if told & set(each.for_)][:1]:
        if role := person.role.by_language.get(language):
            yield Slot("person.name", Words(text=person.name), person.name)
            yield Slot("person.role", Words(text=role), role)


def _quoted(name: str, quote: Quote) -> list[Slot]:
    """A client's own words, unless they are long or carry an address that we'd repeat."""
    words = " ".join(visible(quote.text).split()).strip(" .,;:!?\"'“”„«»")
    short = 0 < len(words) <= _QUOTE and not contacts(words) and "{" not in words
    return [Slot(name, Words(text=words), words)] if short else []
