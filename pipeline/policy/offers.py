"""Which alternatives may be offered: those that answer the reason, that no rule forbids, and that policy would accept.

An alternative that says what the ask becomes (``instead``) is put to the policy like any mail; one with a computed
date is put to the rules about time. What the policy would refuse is never offered.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.policy.derive.ground import Facts, day
from pipeline.policy.evaluate import holds, verdict
from pipeline.policy.resolve import OF_TIME, Resolved
from pipeline.policy.terms import slots, term, terms_of
from pipeline.types.decision import Action, AskDecision, Offer, Result
from pipeline.types.policy import Alternative, Instead, Rule
from pipeline.types.quantities import Day, Flag
from pipeline.types.request import Fact, State

THREE = 3


class Menu(NamedTuple):
    """The eligible offers, distinct kinds first; ``kinds`` counts how many kinds there are."""

    offers: tuple[Offer, ...]
    kinds: int


def menu(action: Action, asks: Iterable[AskDecision], resolved: Resolved, reply_round: int = 1) -> Menu:
    """Every alternative that answers the reason told for a refused ask and contradicts no rule that fired anywhere."""
    refused = [a for a in asks if a.action is action]
    fired = {rule for a in refused for rule in a.fired}
    offers = [
        offer
        for alternative in resolved.ground.business.policy.alternatives
        if action in alternative.on and alternative.round <= reply_round and not fired.intersection(alternative.not_for)
        if (offer := _offer(alternative, refused, resolved))
    ]
    ordered = sorted(offers, key=lambda o: _repeats(o, offers))  # otherwise in file order
    return Menu(offers=tuple(ordered), kinds=len({o.kind for o in offers}))


def _offer(alternative: Alternative, refused: Iterable[AskDecision], resolved: Resolved) -> Offer | None:
    fitting = [a.ask for a in refused if fits(alternative, a, resolved.asks[a.ask])]
    fitting = [n for n in fitting if not lacking(alternative, resolved.asks[n], resolved)]
    fitting = [number for number in fitting if not refusing(alternative, number, resolved)]
    fitting = [number for number in fitting if not too_late(alternative, resolved.asks[number], resolved)]
    terms = terms_of(alternative.offer, resolved.asks[fitting[0]], resolved) if fitting else None
    if terms is None:
        return None
    return Offer(id=alternative.id, kind=alternative.kind, text=alternative.offer, terms=terms, asks=tuple(fitting))


def too_late(alternative: Alternative, facts: Facts, resolved: Resolved) -> tuple[str, ...]:
    """The days that it names after the occasion which the ask is for."""
    occasion = day(facts.get("event_day"))
    named = ((name, term(name, facts, resolved)) for name in slots(alternative.offer))
    return tuple(name for name, value in named if occasion and isinstance(value, Day) and value.day > occasion)


def fits(alternative: Alternative, ask: AskDecision, facts: Facts) -> bool:
    """Whether it answers the reason told for this ask, and its own conditions hold."""
    meant = not alternative.for_ or ask.lead in alternative.for_
    return meant and all(holds(c, facts[c.fact]) is True for c in alternative.when)


def lacking(alternative: Alternative, facts: Facts, resolved: Resolved) -> tuple[str, ...]:
    """The values without which it can't be made: those that its text states, and the days that the ask would get."""
    days = (line.term for line in alternative.instead if line.term)
    return tuple(n for n in dict.fromkeys((*slots(alternative.offer), *days)) if term(n, facts, resolved) is None)


def refusing(alternative: Alternative, number: int, resolved: Resolved) -> tuple[str, ...]:
    """The rules that would refuse ask ``number`` once it has become what this alternative offers."""
    lines, rules = alternative.instead, resolved.ground.business.policy.rules
    if not lines:
        if not alternative.states_a_day:
            return ()
        lines = (Instead(fact="deadline", term="earliest_date"),)
        rules = tuple(r for r in rules if any(c.fact in OF_TIME for c in r.conditions))
    facts = resolved.asks[number]
    changed = resolved.if_asked(number, {line.fact: _changed(line, facts, resolved) for line in lines})
    return tuple(r.id for r in rules if _refuses(r, changed, resolved))


def _refuses(rule: Rule, facts: Facts, resolved: Resolved) -> bool:
    outranks = rule.decide.rank >= Action.DECLINE.rank
    return outranks and verdict(rule, facts, resolved.dormant, resolved.day0.today) is Result.FIRED


def _changed(line: Instead, facts: Facts, resolved: Resolved) -> Fact:
    value = term(line.term, facts, resolved) if line.term else line.value
    unsaid = value is None or (isinstance(value, Flag) and not value.yes)
    return Fact(name=line.fact, state=State.ABSENT if unsaid else State.KNOWN, value=value)


def _repeats(offer: Offer, offers: list[Offer]) -> bool:
    return next(o for o in offers if o.kind == offer.kind).id != offer.id
