"""One rule over one ask, in Kleene's three values, with every condition told.

A rule never sees another rule's result, and all rules are always evaluated: the trace shows why each did or didn't
fire.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pipeline.policy.resolve import Facts
from pipeline.types.decision import ConditionTrace, Result, RuleTrace
from pipeline.types.policy import Condition, Operator, Rule
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Percent, Quantity, Words
from pipeline.types.request import Fact, State
from pipeline.values.write import write

_OPPOSITE = {
    Operator.OVER: "at most",
    Operator.AT_LEAST: "under",
    Operator.UNDER: "at least",
    Operator.AT_MOST: "over",
    Operator.IS: "is not",
    Operator.NOT: "is",
    Operator.ONE_OF: "none of",
}
_IN_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}


def trace(rule: Rule, facts: Facts, dormant: frozenset[str], today: date) -> RuleTrace:
    """What ``rule`` says of the facts of one ask."""
    if (rule.from_ and today < rule.from_) or (rule.until and today > rule.until):
        return RuleTrace(rule=rule.id, line=rule.line, result=Result.NO)
    if any(c.fact in dormant for c in rule.conditions):
        return RuleTrace(rule=rule.id, line=rule.line, result=Result.DORMANT)
    truth = _all((_all(holds(c, facts[c.fact]) for c in rule.when), _boxes(rule, facts), _unless(rule, facts)))
    result = {True: Result.FIRED, False: Result.NO, None: Result.UNKNOWN}[truth]
    told = tuple(_told(c, facts[c.fact]) for c in rule.conditions)
    flip = _flip(rule, facts) if result is Result.FIRED else ""
    return RuleTrace(rule=rule.id, line=rule.line, result=result, conditions=told, flip=flip)


def holds(condition: Condition, fact: Fact) -> bool | None:
    """Whether a cell is true of a fact; None when the fact is unknown or the units can't be compared."""
    if fact.state is State.UNKNOWN:
        return None
    if fact.value is None:  # absent: nothing was said, so no comparison holds
        return condition.operator is Operator.NOT
    if condition.operator in {Operator.IS, Operator.ONE_OF}:
        return any(_same(fact.value, value) for value in condition.values)
    if condition.operator is Operator.NOT:
        return not _same(fact.value, condition.values[0])
    order = _order(fact.value, condition.values[0])
    if order is None:
        return None
    return {
        Operator.OVER: order > 0,
        Operator.AT_LEAST: order >= 0,
        Operator.UNDER: order < 0,
        Operator.AT_MOST: order <= 0,
    }[condition.operator]


def _all(truths: Iterable[bool | None]) -> bool | None:
    seen = list(truths)
    if False in seen:
        return False
    return None if None in seen else True


def _boxes(rule: Rule, facts: Facts) -> bool | None:
    if not rule.any_:
        return True
    boxes = [_all(holds(c, facts[c.fact]) for c in box) for box in rule.any_]
    if True in boxes:
        return True
    return None if None in boxes else False


def _unless(rule: Rule, facts: Facts) -> bool | None:
    if not rule.unless:
        return True
    excepted = _all(holds(c, facts[c.fact]) for c in rule.unless)
    return None if excepted is None else not excepted


def _same(left: Quantity, right: Quantity) -> bool:
    order = _order(left, right)
    return left == right if order is None else order == 0


def _order(left: Quantity, right: Quantity) -> int | None:
    """Below, equal or above zero; None for kinds or units that have no common order."""
    one, other = _scale(left), _scale(right)
    if one is None or other is None or one[0] != other[0]:
        return None
    return (one[1] > other[1]) - (one[1] < other[1])


def _scale(value: Quantity) -> tuple[str, Decimal] | None:
    match value:
        case Percent():
            return "percent", value.number
        case Count():
            return "count", Decimal(value.number)
        case Money():
            return f"money {value.currency or ''}", value.amount
        case Duration(unit="working_days"):
            return "working days", value.number
        case Duration(unit="hours"):
            return "days", value.number / 24
        case Duration():
            return "days", value.number * _IN_DAYS[value.unit]
        case Day():
            return "day", Decimal(value.day.toordinal())
        case Flag() | Choice() | Words():
            return None


def words(fact: Fact) -> str:
    """The fact's value for a person: what it is, or why there is none."""
    if fact.state is State.UNKNOWN:
        return f"unknown ({fact.note})" if fact.note else "unknown"
    match fact.value:
        case None:
            return "not mentioned"
        case Flag(yes=yes):
            return "yes" if yes else "no"
        case Choice(name=name):
            return name
        case value:
            return write(value, "en")


def _told(condition: Condition, fact: Fact) -> ConditionTrace:
    must = condition.words
    if condition.setting:
        must = f"{must} ({write(condition.values[0], 'en')})"
    return ConditionTrace(
        fact=condition.fact,
        must=must,
        value=words(fact),
        source=fact.source.value,
        quote=fact.quote.text if fact.quote else "",
        holds=holds(condition, fact),
    )


def _flip(rule: Rule, facts: Facts) -> str:
    """What would have to differ for the rule not to fire: any one line of ``when``, or every case that holds."""
    cases = [" or ".join(map(_negated, box)) for box in rule.any_ if _all(holds(c, facts[c.fact]) for c in box)]
    return " or ".join([*map(_negated, rule.when), *([" and ".join(cases)] if cases else [])])


def _negated(condition: Condition) -> str:
    name = condition.fact.replace("_", " ")
    first = condition.values[0]
    if isinstance(first, Flag):
        return f"{name}: {'no' if first.yes else 'yes'}"
    what = ", ".join(v.name if isinstance(v, Choice) else write(v, "en") for v in condition.values)
    return f"{name} {_OPPOSITE[condition.operator]} {what}".replace("  ", " ")
