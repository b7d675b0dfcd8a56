"""The slots of a draft: every value that the text may state, by name, with the words that code puts there.

Slots are ``{ask.1.quote}``, ``{ask.1.deadline}``, ``{offer.later.earliest_date}``, ``{rule.discount.max_discount}``,
``{aim.quote}``, ``{client.first_name}`` and ``{us.name}``. Nothing private can be one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.guard.permit import Permit
from pipeline.policy.catalogue.spec import Type
from pipeline.policy.facts import BY_NAME
from pipeline.types.business import Business
from pipeline.types.decision import Decision
from pipeline.types.message import Message
from pipeline.types.quantities import Quantity, Words
from pipeline.types.request import Quote, Request, State
from pipeline.values.scan import contacts
from pipeline.values.text import visible
from pipeline.values.write import write

SLOT = re.compile(r"\{([a-z0-9_.]+)\}")
_MEASURES = {Type.MONEY, Type.PERCENT, Type.DURATION, Type.DAY, Type.COUNT, Type.WORDS}
_QUOTE = 160  # characters; longer quotes are no slots, since nobody quotes a paragraph back
_NAME = re.compile(r"[^\W\d_][\w'’.-]{0,24}(?:[ -][^\W\d_][\w'’.-]{0,24}){0,2}")  # noqa: RUF001 - both apostrophes are met in names


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


def letter_of(message: Message, request: Request, decision: Decision, business: Business, today: date) -> Letter:
    """The letter with all slots of this mail."""
    named = [*_asks(request, today), *_ours(decision, request.language, today), *_names(message, business)]
    if request.aim:
        named += _quoted("aim.quote", request.aim)
    return Letter(message, request, decision, business, {slot.name: slot for slot in named})


def fill(template: str, known: dict[str, Slot]) -> str:
    """``template`` with every known slot filled; an unknown one stays, for the guard to find."""
    return SLOT.sub(lambda m: known[m[1]].words if m[1] in known else m[0], template)


def permit(letter: Letter, today: date) -> Permit:
    """What the guard lets through: exactly the slots and names, and never a private string."""
    profile, known = letter.business.profile, letter.slots
    names = [known["client.first_name"].words] if "client.first_name" in known else []
    names += [profile.name, *profile.signature.splitlines(), *(p.name for p in profile.partners)]
    return Permit(
        language=letter.request.language,
        today=today,
        slots={slot.name: slot.words for slot in known.values()},
        values=tuple(slot.value for slot in known.values()),
        names=tuple(name for name in names if name.strip()),
        private=tuple(_private(letter.message, letter.decision, letter.business)),
    )


def client_name(message: Message, business: Business) -> tuple[str, str]:
    """First name and full name to greet with; empty when the sender shows nothing that reads like a name.

    A record's first name belongs to its addresses: someone else of the same firm is greeted by their own name.
    """
    shown = " ".join(visible(message.sender.name).split())
    first, full = (shown.split()[0], shown) if _NAME.fullmatch(shown) else ("", "")
    client = business.client_of(message.sender)
    if client and client.first_name and message.sender.address in client.addresses:
        return client.first_name, full or client.first_name
    return first, full


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
            yield Slot(f"rule.{reason.rule}.{term.name}", term.value, write(term.value, language, today))
    for offer in decision.offers:
        for term in offer.terms:
            yield Slot(f"offer.{offer.id}.{term.name}", term.value, write(term.value, language, today))


def _names(message: Message, business: Business) -> Iterator[Slot]:
    first, _ = client_name(message, business)
    for name, words in (("client.first_name", first), ("us.name", business.profile.name)):
        if words:
            yield Slot(name, Words(text=words), words)


def _quoted(name: str, quote: Quote) -> list[Slot]:
    """A client's own words, unless they are long or carry an address that we'd repeat."""
    words = " ".join(visible(quote.text).split()).strip(" .,;:!?\"'“”„«»")
    short = 0 < len(words) <= _QUOTE and not contacts(words) and "{" not in words
    return [Slot(name, Words(text=words), words)] if short else []


def _private(message: Message, decision: Decision, business: Business) -> Iterator[str]:
    """Private notes and reasons, and everything that names another client, unless the mail itself names it."""
    mine = business.client_of(message.sender)
    yield from decision.private
    seen = f"{message.subject}\n{message.body}\n{message.history}".casefold()
    for client in business.clients:
        yield from client.private_notes
        if client is not mine:
            words = (client.name, *client.addresses, *client.domains)
            yield from (word for word in words if word.casefold() not in seen)
