"""Each rule of an ask with what it read, where that comes from, and what would turn it round; and what it lacked."""

from collections.abc import Iterator

from pipeline.policy.evaluate import trace
from pipeline.policy.explain.account import Cell, Missing, RuleTold
from pipeline.policy.explain.flip import cell_flip, rule_flip
from pipeline.policy.explain.uncomputed import uncomputed, unkept
from pipeline.policy.facts import BY_NAME
from pipeline.policy.resolve import Resolved
from pipeline.types.decision import AskDecision, ConditionTrace, Result, RuleTrace
from pipeline.types.policy import Condition, Rule
from pipeline.types.request import Fact, Source, State


def rules_told(asked: AskDecision, resolved: Resolved) -> tuple[RuleTold, ...]:
    """All rules over one ask, as they were traced."""
    rules = {rule.id: rule for rule in resolved.ground.business.policy.rules}
    return tuple(_rule(rules[told.rule], told, resolved.asks[asked.ask], resolved) for told in asked.trace)


def rule_told(rule: Rule, number: int, resolved: Resolved) -> RuleTold:
    """One rule alone, over the facts of ask ``number``."""
    facts = resolved.asks[number]
    return _rule(rule, trace(rule, facts, resolved.dormant, resolved.day0.today), facts, resolved)


def _rule(rule: Rule, told: RuleTrace, facts: dict[str, Fact], resolved: Resolved) -> RuleTold:
    read = zip(_parts(rule), rule.conditions, told.conditions, strict=False)
    return RuleTold(
        id=rule.id,
        line=rule.line,
        decide=rule.decide,
        result=told.result,
        conditions=tuple(_cell(part, cell, trace, facts, resolved) for part, cell, trace in read),
        flip=rule_flip(rule, told.result, facts) if told.conditions else "",
        note=_note(rule, told.result, resolved),
    )


def _parts(rule: Rule) -> Iterator[str]:
    """Where each cell of the rule stands, in the order of ``rule.conditions``."""
    yield from ("when" for _ in rule.when)
    for name, boxes in (("any", rule.any_), ("unless", rule.unless)):
        for number, box in enumerate(boxes, 1):
            yield from (f"{name} {number}" for _ in box)


def _cell(part: str, cell: Condition, told: ConditionTrace, facts: dict[str, Fact], resolved: Resolved) -> Cell:
    because = uncomputed(cell.fact, facts, resolved)
    never = because and facts[cell.fact].value is None
    return Cell(
        part=part,
        fact=told.fact,
        value="not worked out" if never else told.value,
        must=told.must,
        holds=told.holds,
        source=_source(facts[told.fact]),
        quote=told.quote,
        because=because,
        private=BY_NAME[told.fact].private,
        flip=cell_flip(cell, facts),
    )


def _source(fact: Fact) -> str:
    """Who told it: ``mail:112-131``, ``client``, ``business``, ``derived``, or derived from words of the mail."""
    if fact.quote is None:
        return fact.source.value
    part = "" if fact.quote.part == "body" else f" {fact.quote.part}"
    where = f"mail{part}:{fact.quote.start}-{fact.quote.end}"
    return where if fact.source is Source.MAIL else f"{fact.source.value} from {where}"


def _note(rule: Rule, result: Result, resolved: Resolved) -> str:
    """Why the rule was not looked at, if it was not."""
    today = resolved.day0.today
    if rule.from_ and today < rule.from_:
        return f"in force from {rule.from_}"
    if rule.until and today > rule.until:
        return f"in force until {rule.until}"
    if result is not Result.DORMANT:
        return ""
    asleep = dict.fromkeys(c.fact for c in rule.conditions if c.fact in resolved.dormant)
    return "; ".join(f"{name.replace('_', ' ')} is never worked out, as {unkept(name, resolved)}" for name in asleep)


def missing(asked: AskDecision, resolved: Resolved) -> Iterator[Missing]:
    """What could not be read of one ask and some rule needs."""
    policy, facts = resolved.ground.business.policy, resolved.asks[asked.ask]
    rules = {rule.id: rule for rule in policy.rules}
    for name in dict.fromkeys(c.fact for rule in asked.unknown for c in rules[rule].conditions):
        if facts[name].state is State.UNKNOWN:
            spec = BY_NAME[name]
            question = policy.questions[spec.question].pick("en") if spec.question in policy.questions else ""
            because = facts[name].note
            yield Missing(ask=asked.ask, fact=name, owner=spec.owner.value, question=question, because=because)
