"""What is told of a decision: the reasons that a client may read, and the notes that only the reviewer does."""

import re

from pipeline.policy.derive.ground import Facts, unclear
from pipeline.policy.evaluate import words
from pipeline.policy.facts import BY_NAME
from pipeline.policy.resolve import Resolved
from pipeline.policy.terms import SLOT, terms_of
from pipeline.types.business import Business
from pipeline.types.decision import Action, AskDecision, Reason
from pipeline.values.write import write


def reasons(asks: tuple[AskDecision, ...], resolved: Resolved, business: Business) -> tuple[Reason, ...]:
    """The one reason told for each refused ask: its lead, in file order. Others that fired stay in the trace."""
    refused = [a for a in asks if a.action in {Action.DECLINE, Action.END}]
    found = []
    for rule in business.policy.rules:
        hit = tuple(a.ask for a in refused if rule.id == a.lead)
        if hit and rule.public:
            terms = terms_of(rule.public, resolved.asks[hit[0]], resolved)
            if terms is not None:
                found.append(Reason(rule=rule.id, text=rule.public, terms=terms, asks=hit))
    return tuple(found)


def private_notes(asks: tuple[AskDecision, ...], resolved: Resolved, business: Business) -> tuple[str, ...]:
    """What only the reviewer reads, with values filled in."""
    lines = []
    for rule in business.policy.rules:
        ask = next((a for a in asks if rule.id in a.fired), None)
        if rule.private and ask:
            facts = resolved.asks[ask.ask]
            lines.append(_filled(rule.private, facts, business))
    duties = (resolved.asks[a.ask]["obliged"] for a in asks if a.action is Action.ESCALATE)
    return (*lines, *(f"{_OWED[unclear(duty)]}: {duty.note}." for duty in duties if duty.note))


_OWED = {False: "We are obliged to do it", True: "We may be obliged to do it"}


def _filled(text: str, facts: Facts, business: Business) -> str:
    """A private text with its facts and settings in words; a record's entry as it stands there."""
    settings = business.policy.settings

    def filled(slot: re.Match[str]) -> str:
        fact = facts.get(slot[1])
        if fact is not None:
            return fact.note if fact.note and BY_NAME[fact.name].entry else words(fact)
        return write(settings[slot[1]], "en") if slot[1] in settings else slot[0]

    return SLOT.sub(filled, text)
