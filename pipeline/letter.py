"""A letter before it is worded: the mail, what was read and decided, how it is to be written, and its slots.

What this leaves out: the wording, and what the guard may let through of it (``allowance``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.addressee import client_name, greeting
from pipeline.slots import Slot, of_asks, of_ours, quoted
from pipeline.spelling import certain
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision
from pipeline.types.message import Message
from pipeline.types.quantities import Words
from pipeline.types.request import Request
from pipeline.voice.manner import Manner, manner_of


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

    @property
    def greeting(self) -> str:
        """In the language and the register of the letter, by the name that they sign with."""
        return greeting(self.message, self.business, self.manner, self.request.language)

    @property
    def signoff(self) -> str:
        """Likewise, with the firm's signature."""
        return f"{self.manner.signoff}\n{self.business.profile.signature}"


def letter_of(message: Message, request: Request, decision: Decision, business: Business, today: date) -> Letter:
    """The letter with all slots of this mail."""
    language = request.language
    currency = certain(request, message, business.profile.currency, today)
    named = [*of_asks(request, today, currency), *of_ours(decision, language, today, currency)]
    named += _names(message, business)
    named += _approved(decision, business, language)
    if request.accepted and decision.action is Action.CONFIRM:
        named += quoted("accepted.quote", request.accepted.quote)
    if request.aim:
        named += quoted("aim.quote", request.aim)
    return Letter(message, request, decision, business, {slot.name: slot for slot in named})


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
