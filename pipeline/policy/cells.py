"""One cell of a policy file: ``over 10%``, ``at least 2``, ``not key``, ``[a, b]``, ``under lead_time``.

A cell compares one fact with constants or with one setting; nothing is computed in it, which keeps every lint exact.
Reading it is strict: a value that does not fit the fact's type is an error with its place.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from pipeline.errors import PolicyError
from pipeline.policy.catalogue.spec import FactSpec, Type, Unit
from pipeline.policy.facts import BY_NAME
from pipeline.policy.nearly import ambiguous, comparison, of_type
from pipeline.types.policy import Condition, Instead, Operator
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Percent, Quantity, Words
from pipeline.yamltree import Node

DAYS = ("earliest_date", "quote_date")
"""Days that code computes, by the name of their slot."""

_WORDED = re.compile(r"(over|at least|under|at most|not)\s+(.+)", re.DOTALL)
_DURATION = re.compile(r"(-?\d{1,5}(?:\.\d{1,4})?) (hour|working day|day|week|month|year)s?")
_MONEY = re.compile(r"(\d+(?:[.]\d+)?) ([A-Z]{3})")
_MOST = 1_000_000  # per cent
_MOST_PATIENCE = 1_000  # of whatever unit: three years in days, and no day that a calendar lacks
_MOST_ROUNDS = 9
_IN_WORKING_DAYS = frozenset({"lead_time", "quote_time"})
_TIMES = {
    Unit.TIME: "a time, e.g. 30 days",
    Unit.WORKING_DAYS: "a number of working days, e.g. 5 working days",
    Unit.HOURS: "a number of hours, e.g. 6 hours",
}
ORDERED = frozenset({Type.MONEY, Type.PERCENT, Type.DURATION, Type.DAY, Type.COUNT})
"""The types that can be over, at least, under or at most something."""


class Settings(dict[str, Quantity]):
    """The settings of a file that is being read, and where each stands: a wrong one is mended there.

    One that has its fault already is taken to be whatever a further cell needs.
    """

    def __init__(self, places: Mapping[str, Node]) -> None:
        """``places`` are the nodes of their values."""
        super().__init__()
        self.places = places
        self.faulty: set[str] = set()


def nearest(word: str, known: list[str]) -> str:
    """``(did you mean 'x'?)`` with a leading space, or nothing."""
    close = get_close_matches(word, known, n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""


def named(name: str, node: Node) -> Quantity:
    """A setting by its name; those that code counts with must be counted as it does.

    Raises:
        PolicyError: the name of a fact, no single value, a lead time that is not in working days, or a patience
            beyond all reason.
    """
    text = (node.text or "").strip()
    if name in BY_NAME:
        raise node.fault(f"'{name}' is a fact; give the setting a name of its own, e.g. our_{name}", PolicyError)
    if name in _IN_WORKING_DAYS and not text.endswith(("working day", "working days")):
        raise node.fault(f"'{name}' is counted in working days, e.g. 5 working days, not '{text}'", PolicyError)
    found = setting(node)
    if name == "stale_after" and not (isinstance(found, Duration) and 0 <= found.number <= _MOST_PATIENCE):
        raise node.fault(f"'{name}' is a time such as 14 days, with a number up to {_MOST_PATIENCE}", PolicyError)
    if name == "last_round" and not (isinstance(found, Count) and 1 <= found.number <= _MOST_ROUNDS):
        raise node.fault(f"'{name}' is a number of rounds from 1 to {_MOST_ROUNDS}", PolicyError)
    return found


def setting(node: Node) -> Quantity:
    """The typed value of a setting: ``10%``, ``5 working days``, ``500 EUR``, ``2``, ``2026-12-24`` or words."""
    text = node.text
    if not text or not text.strip():
        raise node.fault("a setting is one value, e.g. 10% or 5 working days", PolicyError)
    for type_ in (Type.PERCENT, Type.DURATION, Type.MONEY, Type.DAY, Type.COUNT):
        value = _constant(type_, text)
        if value is not None:
            return value
    return Words(text=text)


def condition(fact: str, key: Node, cell: Node, settings: Mapping[str, Quantity]) -> Condition:
    """Read one cell against its fact.

    Raises:
        PolicyError: unknown fact, or a value that is not of the fact's type.
    """
    spec = BY_NAME.get(fact)
    if spec is None:
        raise key.fault(f"unknown fact '{fact}'{nearest(fact, list(BY_NAME))}", PolicyError)
    if cell.items is not None:
        if not cell.items:
            raise cell.fault(f"'{fact}' needs at least one value in its list", PolicyError)
        values = tuple(_value(spec, item, settings)[0] for item in cell.items)
        words = ", ".join(item.text or "" for item in cell.items)
        return Condition(fact=fact, operator=Operator.ONE_OF, values=values, words=words, line=cell.line)
    return _single(spec, cell, settings)


def instead(fact: str, cell: Node, settings: Mapping[str, Quantity]) -> Instead:
    """Read one line of ``instead``: a fact of an ask, and a value, ``not said``, or the day of a computed term.

    Raises:
        PolicyError: no fact of an ask, or a value that is not of the fact's type.
    """
    spec = BY_NAME.get(fact)
    if spec is None or spec.level != "ask":
        known = [s.name for s in BY_NAME.values() if s.level == "ask"]
        raise cell.fault(f"'{fact}' is not a fact of an ask{nearest(fact, known)}", PolicyError)
    text = (cell.text or "").strip()
    if text == "not said":
        return Instead(fact=fact)
    if spec.type is Type.DAY and text in DAYS:
        return Instead(fact=fact, term=text)
    value, name = _value(spec, cell, settings)
    return Instead(fact=fact, value=value, setting=name)


def value(spec: FactSpec, cell: Node, settings: Mapping[str, Quantity]) -> Quantity:
    """What a fact is said to be: a bare value of its type, or a setting of that type.

    Raises:
        PolicyError: a value that is not of the fact's type.
    """
    return _value(spec, cell, settings)[0]


def _single(spec: FactSpec, cell: Node, settings: Mapping[str, Quantity]) -> Condition:
    if cell.text is None:
        raise cell.fault(f"'{spec.name}' needs one value or a list of values", PolicyError)
    worded = _WORDED.fullmatch(cell.text.strip())
    said = worded or spec.type is Type.WORDS or cell.text.strip() in spec.choices
    sign, write = ("", "") if said else comparison(cell.text.strip())
    if sign:
        raise cell.fault(f"'{sign}' is not written here: write '{write}'", PolicyError)
    operator = Operator(worded[1]) if worded else Operator.IS
    if operator not in {Operator.IS, Operator.NOT} and spec.type not in ORDERED:
        raise cell.fault(f"'{spec.name}' is a {spec.type} and can't be '{operator}' anything", PolicyError)
    bare = cell._replace(text=worded[2] if worded else cell.text.strip())
    value, name = _value(spec, bare, settings)
    return Condition(
        fact=spec.name, operator=operator, values=(value,), words=cell.text.strip(), setting=name, line=cell.line
    )


def _value(spec: FactSpec, node: Node, settings: Mapping[str, Quantity]) -> tuple[Quantity, str]:
    """The value and the name of the setting it came from, if any."""
    text = (node.text or "").strip()
    if text in settings and text not in spec.choices:
        value, name = settings[text], text
        _fitting(spec, name, node, settings)
    else:
        constant = _constant(spec.type, text, spec.choices)
        if constant is None:
            raise node.fault(_unfit(spec, text, settings), PolicyError)
        value, name = constant, ""
    if not name and _unit_differs(spec, value):
        raise node.fault(f"'{text}' is not {_expected(spec)}", PolicyError)
    return value, name


def _unfit(spec: FactSpec, text: str, settings: Mapping[str, Quantity]) -> str:
    if write := of_type(spec, text):
        return f"'{text}' is not {_expected(spec).partition(',')[0]}: write {write}"
    return f"'{text}' is not {_expected(spec)}{nearest(text, [*spec.choices, *settings])}"


def _fitting(spec: FactSpec, name: str, cell: Node, settings: Mapping[str, Quantity]) -> None:
    """Raises: PolicyError, at the place of a setting whose value is not of the fact's type."""
    found = settings[name]
    if found.type == spec.type.value and not _unit_differs(spec, found):
        return
    if not isinstance(settings, Settings):
        raise cell.fault(f"'{name}' is not {_expected(spec)}", PolicyError)
    if name not in settings.faulty:
        settings.faulty.add(name)
        place = settings.places[name]
        write = of_type(spec, (place.text or "").strip())
        what = f"write {write}" if write else f"expected {_expected(spec)}"
        said = f"'{name}' is '{place.text}', and line {cell.line} compares '{spec.name}' with it: {what}"
        raise place.fault(said, PolicyError)


def _unit_differs(spec: FactSpec, value: Quantity) -> bool:
    if not isinstance(value, Duration):
        return False
    counted = {Unit.WORKING_DAYS: value.unit == "working_days", Unit.HOURS: value.unit == "hours"}
    return not counted.get(spec.unit, value.unit != "working_days")


def _expected(spec: FactSpec) -> str:
    match spec.type:
        case Type.CHOICE:
            return f"one of {', '.join(spec.choices)}"
        case Type.DURATION:
            return _TIMES[spec.unit]
        case Type.PERCENT:
            return "a percentage, e.g. 10%"
        case Type.MONEY:
            return "an amount, e.g. 500 EUR"
        case Type.FLAG:
            return "yes or no"
        case Type.COUNT:
            return "a whole number"
        case _:
            return f"a {spec.type}"


def _constant(type_: Type, text: str, choices: tuple[str, ...] = ()) -> Quantity | None:
    match type_:
        case Type.PERCENT:
            number = _decimal(text.removesuffix("%").strip()) if text.endswith("%") else None
            return None if number is None or abs(number) > _MOST else Percent(number=number)
        case Type.DURATION:
            found = _DURATION.fullmatch(text)
            return found and Duration.model_validate({"number": found[1], "unit": found[2].replace(" ", "_") + "s"})
        case Type.MONEY:
            found = _MONEY.fullmatch(text)
            return Money(amount=Decimal(found[1]), currency=found[2]) if found and not ambiguous(found[1]) else None
        case Type.DAY:
            return _day(text)
        case Type.COUNT:
            return Count(number=int(text)) if text.isascii() and text.isdigit() else None
        case Type.FLAG:
            return Flag(yes=text == "yes") if text in {"yes", "no"} else None
        case Type.CHOICE:
            return Choice(name=text) if text in choices else None
        case Type.WORDS:
            return Words(text=text)
        case Type.ORDER:
            return None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _day(text: str) -> Day | None:
    try:
        return Day(day=date.fromisoformat(text))
    except ValueError:
        return None
