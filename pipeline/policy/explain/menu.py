"""What may be offered, with its values filled in, and what fell away."""

from collections.abc import Iterable

from pipeline.policy.explain.account import Alternatives, Offered
from pipeline.policy.explain.excluded import excluded
from pipeline.policy.resolve import Resolved
from pipeline.policy.terms import SLOT
from pipeline.types.decision import Action, Decision, Term, Text
from pipeline.values.write import write


def alternatives(decision: Decision, resolved: Resolved) -> Alternatives:
    """For the strongest refusal among the asks, even where a person decides in the end."""
    refusals = {a.action for a in decision.asks} & {Action.DECLINE, Action.END}
    if decision.action not in {Action.DECLINE, Action.END} and decision.code != "too_few_offers":
        return Alternatives()
    eligible = tuple(Offered(id=o.id, kind=o.kind, text=filled(o.text, o.terms), asks=o.asks) for o in decision.offers)
    return Alternatives(
        eligible=eligible, excluded=excluded(max(refusals, key=lambda action: action.rank), decision.asks, resolved)
    )


def filled(text: Text, terms: Iterable[Term]) -> str:
    """The text in English, each slot with its value."""
    values = {term.name: write(term.value, "en") for term in terms}
    return SLOT.sub(lambda m: values.get(m[1], m[0]), text.pick("en"))
