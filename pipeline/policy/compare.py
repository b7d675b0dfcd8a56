"""A cell as a function of its fact, in Kleene's three values: what a policy compares is worked out once, not per mail.

Two values are compared by what they are measured in and how much of that they are. What this leaves out: rules, which
``pipeline.policy.ready`` puts together from cells.
"""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pipeline.types.policy import Condition, Operator
from pipeline.types.quantities import Quantity
from pipeline.types.request import Fact, State

Test = Callable[[Fact], bool | None]
"""Whether a cell holds of a fact; None when the fact is unknown, or when the units can't be compared."""

Measure = tuple[str, Decimal | bool | str]
"""What a value is measured in, and how much of it."""

Order = Callable[[Any, Any], bool]  # of two numbers of one unit

_IN_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_ORDERS: dict[Operator, Order] = {
    Operator.OVER: operator.gt,
    Operator.AT_LEAST: operator.ge,
    Operator.UNDER: operator.lt,
    Operator.AT_MOST: operator.le,
}


def test(condition: Condition) -> Test:
    """The function that a cell stands for."""
    order = _ORDERS.get(condition.operator)
    if order:
        return _ordered(order, *(scale(condition.values[0]) or ("", Decimal())))  # what has no order is like nothing
    wanted = tuple(map(measure, condition.values))
    return _differs(wanted) if condition.operator is Operator.NOT else _is_among(wanted)


def _is_among(wanted: tuple[Measure, ...]) -> Test:
    def among(fact: Fact) -> bool | None:
        if fact.state is State.UNKNOWN:
            return None
        value = fact.value
        return value is not None and measure(value) in wanted

    return among


def _differs(wanted: tuple[Measure, ...]) -> Test:
    def differs(fact: Fact) -> bool | None:
        if fact.state is State.UNKNOWN:
            return None
        value = fact.value  # absent: nothing was said, so it is not this
        return value is None or measure(value) not in wanted

    return differs


def _ordered(order: Order, unit: str, bound: Decimal) -> Test:
    def ordered(fact: Fact) -> bool | None:
        if fact.state is State.UNKNOWN:
            return None
        value = fact.value
        if value is None:
            return False  # absent: nothing was said, so no comparison holds
        measured, much = measure(value)
        return order(much, bound) if measured == unit else None

    return ordered


def scale(value: Quantity) -> tuple[str, Decimal] | None:
    """What a value is measured in, and how much of it; None for what has no order."""
    unit, much = measure(value)
    return (unit, much) if isinstance(much, Decimal) else None


def measure(value: Quantity) -> Measure:
    """The same for every value: two are the same where their measures are."""
    match value.type:
        case "flag":
            return "flag", value.yes
        case "choice":
            return "choice", value.name
        case "percent":
            return "percent", value.number
        case "duration":
            return _time(value.number, value.unit)
        case "count":
            return "count", Decimal(value.number)
        case "money":
            return f"money {value.currency or ''}", value.amount
        case "day":
            return "day", Decimal(value.day.toordinal())
        case "words":
            return "words", value.text
        case "order":
            return "order", f"{value.number.normalize()} {value.item}"


def _time(number: Decimal, unit: str) -> tuple[str, Decimal]:
    if unit == "working_days":
        return "working days", number
    return "days", number / 24 if unit == "hours" else number * _IN_DAYS[unit]
