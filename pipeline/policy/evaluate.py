"""Rules over the facts of one ask, in Kleene's three values, with every condition told.

A rule never sees another rule's result, and all rules are always evaluated: the trace shows why each did or didn't
fire. Rules are made ready once, so that thousands of mails cost little more than plain comparisons; words are only
written where a trace is told.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pydantic import TypeAdapter

from pipeline.policy.compare import test
from pipeline.policy.derive.ground import Facts
from pipeline.policy.ready import Line, Truths, ready
from pipeline.types.decision import ConditionTrace, Result, RuleTrace
from pipeline.types.policy import Condition, Operator, Rule
from pipeline.types.quantities import Quantity
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
_QUANTITY: TypeAdapter[Quantity] = TypeAdapter(Quantity)


class Reading(NamedTuple):
    """What all rules say of one ask, every condition read: the whole trace, before anybody asks for it in words."""

    lines: tuple[Line, ...]
    truths: Truths
    results: tuple[Result, ...]

    def rules(self, result: Result) -> list[Rule]:
        """The rules with this result, in the order of the file."""
        return [line.rule for line, found in zip(self.lines, self.results, strict=True) if found is result]

    def traces(self, facts: Facts) -> tuple[RuleTrace, ...]:
        """All of it in words."""
        return tuple(
            _trace(line, result, self.truths, facts) for line, result in zip(self.lines, self.results, strict=True)
        )


def read(rules: tuple[Rule, ...] | Rule, facts: Facts, dormant: frozenset[str], today: date) -> Reading:
    """Read the rules over the facts of one ask."""
    made = ready(rules, dormant, today)
    truths = made.truths(facts)
    return Reading(made.lines, truths, made.results(truths))


def verdict(rule: Rule, facts: Facts, dormant: frozenset[str], today: date) -> Result:
    """The bare result of one rule."""
    return read(rule, facts, dormant, today).results[0]


def trace(rule: Rule, facts: Facts, dormant: frozenset[str], today: date) -> RuleTrace:
    """What one rule says of the facts of one ask, in words."""
    return read(rule, facts, dormant, today).traces(facts)[0]


def holds(condition: Condition, fact: Fact) -> bool | None:
    """Whether a cell is true of a fact; None when the fact is unknown or the units can't be compared."""
    return test(condition)(fact)


def _trace(line: Line, result: Result, truths: Truths, facts: Facts) -> RuleTrace:
    rule = line.rule
    cells = () if line.silent else zip(rule.conditions, line.cells, strict=True)  # none is read where it can't fire
    return RuleTrace(
        rule=rule.id,
        line=rule.line,
        result=result,
        conditions=tuple(_told(cell, facts[cell.fact], holding=truths.of(bit)) for cell, bit in cells),
        flip=_flip(rule, facts) if result is Result.FIRED else "",
    )


def words(fact: Fact) -> str:
    """The fact's value for a person: what it is, or why there is none."""
    if fact.state is State.UNKNOWN:
        return f"unknown ({fact.note})" if fact.note else "unknown"
    value = fact.value
    if value is None:
        return "not mentioned"
    if value.type == "flag":
        return "yes" if value.yes else "no"
    return value.name if value.type == "choice" else _written(value)


def _written(value: Quantity) -> str:
    """In the reviewer's language. Kept by the value's own digits: 10 and 10.0 are equal, and not written alike."""
    return _kept(value.model_dump_json())


@lru_cache(maxsize=1024)
def _kept(value: str) -> str:
    return write(_QUANTITY.validate_json(value), "en")


def _told(condition: Condition, fact: Fact, *, holding: bool | None) -> ConditionTrace:
    must = condition.words
    if condition.setting:
        must = f"{must} ({_written(condition.values[0])})"
    return _cell(condition.fact, must, words(fact), fact.source.value, fact.quote.text if fact.quote else "", holding)


@lru_cache(maxsize=4096)  # most facts of most mails are unsaid, and told alike
def _cell(fact: str, must: str, value: str, source: str, quote: str, holds: bool | None) -> ConditionTrace:  # noqa: FBT001, PLR0913, PLR0917 - a row
    return ConditionTrace(fact=fact, must=must, value=value, source=source, quote=quote, holds=holds)


def _flip(rule: Rule, facts: Facts) -> str:
    """What would have to differ for the rule not to fire: any one line of ``when``, or every case that holds."""
    cases = [" or ".join(map(_negated, box)) for box in rule.any_ if all(holds(c, facts[c.fact]) for c in box)]
    return " or ".join([*map(_negated, rule.when), *([" and ".join(cases)] if cases else [])])


def _negated(condition: Condition) -> str:
    name = condition.fact.replace("_", " ")
    first = condition.values[0]
    if first.type == "flag":
        return f"{name}: {'no' if first.yes else 'yes'}"
    what = ", ".join(v.name if v.type == "choice" else _written(v) for v in condition.values)
    return f"{name} {_OPPOSITE[condition.operator]} {what}".replace("  ", " ")
