"""The cells of a fact: finitely many, told apart by the constants a policy compares it with, plus absent and unknown.

Two values in one cell make every condition of the policy come out the same, so one stands for all. The first cell is
what a fact is when nobody speaks of it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import floor
from typing import NamedTuple

from pipeline.policy.catalogue.spec import FactSpec, Type, Unit
from pipeline.policy.compare import scale
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Percent, Quantity, Words
from pipeline.types.request import Fact, State
from pipeline.values.write import write

_WHOLE = frozenset({"lead_days", "overdue_days", "agreement_age", "days_late"})  # counted in whole days
_FROM_ZERO = {Type.COUNT, Type.MONEY}
_ALWAYS_SAID = frozenset({"kind", "tier", "expertise", "threats_total"})
_NEVER_UNKNOWN = frozenset({
    "kind", "threats_total", "discounts_after", "date_is_fixed", "on_closed_day", "partner_too_late",
    "client_part_open", "client_part_too_late", "scope", "other_work_at_risk",
})  # fmt: skip
_USUAL = {"kind": "other", "tier": "standard", "expertise": "offered"}


class Cell(NamedTuple):
    """Values that no condition tells apart: their words, and one fact that stands for them."""

    words: str
    fact: Fact


def cells(spec: FactSpec, constants: Iterable[Quantity]) -> tuple[Cell, ...]:
    """Every cell of a fact, what it is by default first, unknown last."""
    unsaid = Flag(yes=False) if spec.type is Type.FLAG else None
    found = (
        [] if spec.name in _ALWAYS_SAID else [_cell(spec, "no" if unsaid else "not mentioned", unsaid, State.ABSENT)]
    )
    found += [_cell(spec, words, value) for words, value in _said(spec, list(constants))]
    if spec.level != "record" and spec.name not in _NEVER_UNKNOWN:
        found.append(_cell(spec, "unknown", None, State.UNKNOWN))
    return tuple(found)


def _cell(spec: FactSpec, words: str, value: Quantity | None, state: State = State.KNOWN) -> Cell:
    return Cell(words, Fact(name=spec.name, state=state, value=value))


def _said(spec: FactSpec, constants: list[Quantity]) -> Iterator[tuple[str, Quantity]]:
    match spec.type:
        case Type.FLAG:
            yield "yes", Flag(yes=True)
        case Type.CHOICE:
            usual = _USUAL.get(spec.name)
            for name in sorted(spec.choices, key=lambda choice: choice != usual):
                yield name, Choice(name=name)
        case Type.WORDS | Type.ORDER:
            for value in dict.fromkeys(constants):
                yield write(value, "en"), value
            yield "something else", Words(text="\0")
        case _:
            yield from _ordered(spec, constants)


def _ordered(spec: FactSpec, constants: list[Quantity]) -> Iterator[tuple[str, Quantity]]:
    """Below, at, between and above the constants; and a value of a unit that can't be compared with them."""
    for unit, group in _by_unit(constants).items():
        yield from _line(spec, unit, group)
    if not constants:
        yield "known", _value(spec, "", Decimal(1))
    elif spec.type is Type.MONEY:
        # XTS is the code that ISO 4217 keeps for tests
        yield "in another currency", Money(amount=Decimal(1), currency="XTS")
    elif spec.type is Type.DURATION and spec.unit is not Unit.WORKING_DAYS and spec.level == "ask":
        yield "in working days", Duration(number=Decimal(1), unit="working_days")


def _by_unit(constants: list[Quantity]) -> dict[str, dict[Decimal, Quantity]]:
    groups: dict[str, dict[Decimal, Quantity]] = {}
    for value in constants:
        unit, number = scale(value) or ("", Decimal(0))
        groups.setdefault(unit, {}).setdefault(number, value)
    return {unit: dict(sorted(group.items())) for unit, group in groups.items()}


def _line(spec: FactSpec, unit: str, group: dict[Decimal, Quantity]) -> Iterator[tuple[str, Quantity]]:
    points = list(group)
    low, high = group[points[0]], group[points[-1]]
    below = points[0] / 2 if spec.type is Type.MONEY else points[0] - 1
    if not (spec.type in _FROM_ZERO and points[0] <= 0) and _is_there(spec, below):
        yield f"under {write(low, 'en')}", _value(spec, unit, below)
    for left, right in pairwise(points):
        yield write(group[left], "en"), group[left]
        between = Decimal(floor(left) + 1) if _whole(spec) else (left + right) / 2
        if between < right:
            words = f"over {write(group[left], 'en')} and under {write(group[right], 'en')}"
            yield words, _value(spec, unit, between)
    yield write(high, "en"), high
    above = Decimal(floor(points[-1]) + 1)
    if _is_there(spec, above):
        yield f"over {write(high, 'en')}", _value(spec, unit, above)


def _is_there(spec: FactSpec, number: Decimal) -> bool:
    """Whether the calendar has the day, where it is one."""
    return spec.type is not Type.DAY or 1 <= number <= date.max.toordinal()


def _whole(spec: FactSpec) -> bool:
    return spec.type in {Type.COUNT, Type.DAY} or spec.name in _WHOLE


def _value(spec: FactSpec, unit: str, number: Decimal) -> Quantity:
    """A value of the fact's type from its place on the scale."""
    match spec.type:
        case Type.PERCENT:
            return Percent(number=number)
        case Type.COUNT:
            return Count(number=int(number))
        case Type.MONEY:
            return Money(amount=number, currency=unit.removeprefix("money ") or "EUR")
        case Type.DAY:
            return Day(day=date.fromordinal(int(number)))
    if spec.unit is Unit.HOURS:
        return Duration(number=number * 24, unit="hours")
    return Duration(number=number, unit="working_days" if spec.unit is Unit.WORKING_DAYS else "days")
