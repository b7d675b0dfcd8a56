"""The values that a text of the policy may state: dates, limits and names, computed here and never a model's."""

import re

from pipeline.policy.derive.ground import Day0, Facts, day
from pipeline.policy.resolve import Resolved
from pipeline.types.business import Business
from pipeline.types.decision import Term, Text
from pipeline.types.quantities import Day, Order, Quantity, Words
from pipeline.types.request import State

SLOT = re.compile(r"\{([a-z_]+)\}")


def slots(text: Text) -> tuple[str, ...]:
    """The names in braces of a text, in any of its languages."""
    return tuple(dict.fromkeys(name for words in text.by_language.values() for name in SLOT.findall(words)))


def terms_of(text: Text, facts: Facts, resolved: Resolved) -> tuple[Term, ...] | None:
    """The values of all slots that ``text`` names, in any of its languages; None if one of them has no value."""
    terms = [(name, term(name, facts, resolved)) for name in slots(text)]
    if any(value is None for _, value in terms):
        return None
    return tuple(Term(name=name, value=value) for name, value in terms if value is not None)


def term(name: str, facts: Facts, resolved: Resolved) -> Quantity | None:
    """One value by the name of its slot; None when there is none."""
    day0, business = resolved.day0, resolved.ground.business
    match name:
        case "earliest_date":
            return _earliest(facts, day0)
        case "quote_date":
            return Day(day=day0.quote_by)
        case "booked_until":
            booked = business.profile.booked_until
            return Day(day=booked) if booked else None
        case "partner":
            return _partner(facts, business, resolved)
    return business.policy.settings.get(name) or _fact(name, facts)


def _earliest(facts: Facts, day0: Day0) -> Day | None:
    """The lead time, or the week that has the hours; None where the weeks on file are full, and nobody knows when."""
    ready = facts.get("ready_by")
    if ready is not None and ready.state is State.UNKNOWN:
        return None
    return Day(day=max(day(ready) or day0.earliest, day0.earliest))


def _fact(name: str, facts: Facts) -> Quantity | None:
    """A fact's value; of one that names an entry of a record, the entry."""
    fact = facts.get(name)
    if fact is None or fact.state is not State.KNOWN:
        return None
    return Words(text=fact.note) if fact.note and fact.value and fact.value.type == "flag" else fact.value


def _partner(facts: Facts, business: Business, resolved: Resolved) -> Words | None:
    """Someone who agreed to be named for exactly this service, or for an entry of the price list that is asked for."""
    items = {f.value.item for ask in resolved.request.asks for f in ask.facts if isinstance(f.value, Order)}
    wanted = {name.casefold() for name in (facts["expertise"].note, *items) if name}
    for partner in business.profile.partners:
        if wanted & {service.casefold() for service in partner.for_}:
            return Words(text=partner.name)
    return None
