"""Which alternatives may be offered, and with which terms: dates, limits and names are computed, never a model's."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.policy.evaluate import holds
from pipeline.policy.resolve import Day0, Facts
from pipeline.types.business import Business
from pipeline.types.decision import Action, AskDecision, Offer, Term, Text
from pipeline.types.policy import Alternative
from pipeline.types.quantities import Day, Quantity, Words
from pipeline.types.request import State

SLOT = re.compile(r"\{([a-z_]+)\}")
THREE = 3


class Menu(NamedTuple):
    """The eligible offers, distinct kinds first; ``kinds`` counts how many kinds there are."""

    offers: tuple[Offer, ...]
    kinds: int


def menu(
    action: Action, asks: Iterable[AskDecision], facts: Mapping[int, Facts], business: Business, day0: Day0
) -> Menu:
    """Every alternative that answers the reason told for a refused ask and contradicts no rule that fired anywhere."""
    refused = [a for a in asks if a.action is action]
    fired = {rule for a in refused for rule in a.fired}
    offers = [
        offer
        for alternative in business.policy.alternatives
        if action in alternative.on and alternative.round == 1 and not fired.intersection(alternative.not_for)
        if (offer := _offer(alternative, refused, facts, business, day0))
    ]
    ordered = sorted(offers, key=lambda o: _repeats(o, offers))  # otherwise in file order
    return Menu(offers=tuple(ordered), kinds=len({o.kind for o in offers}))


def terms_of(text: Text, facts: Facts, business: Business, day0: Day0) -> tuple[Term, ...] | None:
    """The values of all slots that ``text`` names, in any of its languages; None if one of them has no value."""
    names = dict.fromkeys(name for words in text.by_language.values() for name in SLOT.findall(words))
    terms = [(name, _term(name, facts, business, day0)) for name in names]
    if any(value is None for _, value in terms):
        return None
    return tuple(Term(name=name, value=value) for name, value in terms if value is not None)


def _offer(
    alternative: Alternative,
    refused: Iterable[AskDecision],
    facts: Mapping[int, Facts],
    business: Business,
    day0: Day0,
) -> Offer | None:
    fitting = [a.ask for a in refused if _fits(alternative, a, facts[a.ask])]
    if not fitting:
        return None
    terms = terms_of(alternative.offer, facts[fitting[0]], business, day0)
    if terms is None:
        return None
    return Offer(id=alternative.id, kind=alternative.kind, text=alternative.offer, terms=terms, asks=tuple(fitting))


def _fits(alternative: Alternative, ask: AskDecision, facts: Facts) -> bool:
    meant = not alternative.for_ or ask.lead in alternative.for_
    return meant and all(holds(c, facts[c.fact]) is True for c in alternative.when)


def _repeats(offer: Offer, offers: list[Offer]) -> bool:
    return next(o for o in offers if o.kind == offer.kind).id != offer.id


def _term(name: str, facts: Facts, business: Business, day0: Day0) -> Quantity | None:
    if name == "earliest_date":
        return Day(day=day0.earliest)
    if name == "quote_date":
        return Day(day=day0.quote_by)
    if name == "booked_until":
        booked = business.profile.booked_until
        return Day(day=booked) if booked else None
    if name == "partner":
        return _partner(facts, business)
    if name in business.policy.settings:
        return business.policy.settings[name]
    fact = facts.get(name)
    return fact.value if fact and fact.state is State.KNOWN else None


def _partner(facts: Facts, business: Business) -> Words | None:
    """Someone who agreed to be named for exactly this service."""
    wanted = facts["expertise"].note.casefold()
    for partner in business.profile.partners:
        if wanted and wanted in {service.casefold() for service in partner.for_}:
            return Words(text=partner.name)
    return None
