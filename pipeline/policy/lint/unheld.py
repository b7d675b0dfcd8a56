"""Offers that state a price and say nothing of what the ask becomes, so that no rule is asked about them.

A setting that a rule compares with is what the rule itself allows, and needs no asking. What this leaves out: prices in
words, and values that are worked out for each mail.
"""

from collections.abc import Iterator

from pipeline.policy.lint.findings import Finding, Places
from pipeline.policy.lint.ground import Ground
from pipeline.policy.terms import slots
from pipeline.types.decision import Text
from pipeline.types.quantities import Money, Percent
from pipeline.values.scan import scan

_INSTEAD = {
    "percent": "{{discount_asked: {}, price_wanted: not said, price_cut: not said}}",
    "money": "{{price_wanted: {}, discount_asked: not said}}",
}


def unheld(ground: Ground, places: Places) -> Iterator[Finding]:
    """One finding for each such offer."""
    for alternative in ground.policy.alternatives:
        stated = next(_stated(alternative.offer, ground), None) if not alternative.instead else None
        if stated:
            kind, name = stated
            says = f"'{alternative.id}' offers {name}; what the wish becomes is not said, so no rule is asked about it"
            line = _INSTEAD[kind].format(name)
            do = f"Say so, for example 'instead: {line}'. What your rules refuse is then left out."
            yield places.warning("unheld_offer", places.offer(alternative.id), says, do)


def _stated(offer: Text, ground: Ground) -> Iterator[tuple[str, str]]:
    """Each percentage or sum of a text, as a cell of the policy would have it, after its kind."""
    limits = {cell.setting for rule in ground.policy.rules for cell in rule.conditions}
    for name in slots(offer):
        value = ground.policy.settings.get(name)
        if isinstance(value, Percent | Money) and name not in limits:
            yield value.type, name
    for language, words in offer.by_language.items():
        for found in scan(words, language, ground.day):
            if isinstance(found.value, Percent | Money) and any(c.isdigit() for c in found.text):
                yield found.value.type, _cell(found.value)


def _cell(value: Percent | Money) -> str:
    if isinstance(value, Percent):
        return f"{value.number:f}%"
    return f"{value.amount:f} {value.currency}" if value.currency else f"{value.amount:f}"
