"""What must be asked before anything can be decided, and what may be: only what the client can know."""

from pipeline.policy.catalogue.spec import Owner
from pipeline.policy.derive.ground import Facts
from pipeline.policy.evaluate import holds
from pipeline.policy.facts import BY_NAME
from pipeline.policy.resolve import Resolved
from pipeline.types.business import Business
from pipeline.types.decision import Action, AskDecision, Question
from pipeline.types.policy import Rule
from pipeline.types.request import State


def questions(asks: tuple[AskDecision, ...], resolved: Resolved, business: Business) -> tuple[Question, ...]:
    """What must be asked: facts of fired ask rules, and unknown facts that would decide."""
    rules = {r.id: r for r in business.policy.rules}
    found: dict[str, Question] = {}
    for ask in asks:
        if ask.action is not Action.ASK:
            continue
        facts = resolved.asks[ask.ask]
        names = [name for rule in ask.fired for name in _holding(rules[rule], facts)]
        names += [name for rule in ask.unknown for name in _unknown_facts(rules[rule], facts)]
        for name in names:
            key = BY_NAME[name].question
            if key and key in business.policy.questions:
                found.setdefault(key, Question(id=key, text=business.policy.questions[key], ask=ask.ask))
    return tuple(found.values())


def askable(rule: Rule, facts: Facts) -> bool:
    """Only what the client can know is asked: never their tier, never whether they threatened us."""
    specs = [BY_NAME[name] for name in _unknown_facts(rule, facts)]
    return all(spec.owner is Owner.CLIENT and spec.question for spec in specs)


def _holding(rule: Rule, facts: Facts) -> list[str]:
    return [c.fact for c in rule.conditions if holds(c, facts[c.fact])]


def _unknown_facts(rule: Rule, facts: Facts) -> list[str]:
    return [c.fact for c in rule.conditions if facts[c.fact].state is State.UNKNOWN]
