"""A fact as a row states it, read from and written in the words of a cell: ``12%``, ``3 working days``, ``unknown``.

A fact that names an entry of a record (``agreed``, ``waits_for``) takes the entry's own words, or yes; ``item`` takes
an entry of the price list, with a number before it: ``60 x buffet``.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.errors import PolicyError
from pipeline.policy.catalogue.spec import FactSpec, Type
from pipeline.policy.cells import nearest, setting, value
from pipeline.policy.facts import BY_NAME
from pipeline.policy.vocabulary import entries
from pipeline.types.business import Business
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Order, Percent, Quantity, Words
from pipeline.types.records import Client
from pipeline.types.request import Fact, Source, State
from pipeline.yamltree import Node

UNKNOWN, UNSAID = "unknown", "not said"
_COUNTED = re.compile(r"(\d+) x (.+)", re.DOTALL)
_SOURCES = {"record": Source.CLIENT, "derived": Source.DERIVED}


def spec_of(name: str, cell: Node, also: tuple[str, ...]) -> FactSpec:
    """The catalogue's entry.

    Raises:
        PolicyError: there is no such fact; ``also`` may be meant as well.
    """
    if name not in BY_NAME:
        raise cell.fault(f"unknown fact '{name}'{nearest(name, [*BY_NAME, *also])}", PolicyError)
    return BY_NAME[name]


def facts(spec: FactSpec, cell: Node, business: Business, client: Client | None) -> Iterator[Fact]:
    """The fact that a cell states; of the price list one for each item.

    Raises:
        PolicyError: a value that is not of the fact's type, or no entry of the record it is about.
    """
    words = [(node.text or "").strip() for node in (cell.items if cell.items and spec.type is Type.ORDER else (cell,))]
    if words == [UNKNOWN]:
        yield fact(spec, State.UNKNOWN)
    elif words == [UNSAID]:
        yield fact(spec, State.ABSENT, Flag(yes=False) if spec.type is Type.FLAG else None)
    elif spec.type is Type.ORDER:
        for text in words:
            counted = _COUNTED.fullmatch(text)
            item = _entry(counted[2] if counted else text, spec, cell, _listed(spec, business, client))
            number = Decimal(counted[1]) if counted else Decimal(1)
            yield fact(spec, State.KNOWN, Order(item=item, number=number), item)
    elif spec.entry and words[0] not in {"yes", "no"}:
        yield fact(spec, State.KNOWN, Flag(yes=True), _entry(words[0], spec, cell, _listed(spec, business, client)))
    else:
        yield fact(spec, State.KNOWN, _said(spec, cell) or value(spec, cell, business.policy.settings))


def _said(spec: FactSpec, cell: Node) -> Quantity | None:
    """A length of time in any unit: a client may speak of working days where a cell of a policy counts in days."""
    if spec.type is not Type.DURATION or spec.level != "ask" or cell.text is None:
        return None
    said = setting(cell)
    return said if isinstance(said, Duration) else None


def fact(spec: FactSpec, state: State, stated: Quantity | None = None, note: str = "") -> Fact:
    """A fact that a row states. What a mail does not claim is absent: there is no known no among its flags."""
    if spec.level in {"ask", "mail"} and stated == Flag(yes=False):
        state = State.ABSENT
    return Fact(name=spec.name, state=state, value=stated, source=_SOURCES.get(spec.level, Source.MAIL), note=note)


def written(stated: Fact) -> str:
    """The fact as a cell has it; reading it again gives the same."""
    if stated.state is State.UNKNOWN:
        return UNKNOWN
    match stated.value:
        case _ if stated.note and BY_NAME[stated.name].entry and not isinstance(stated.value, Order):
            return stated.note
        case None:
            return UNSAID
        case Flag(yes=yes):
            return "yes" if yes else "no"
        case known:
            return cell_of(known)


def cell_of(known: Quantity) -> str:
    """A quantity as a cell has it."""
    match known:
        case Percent():
            return f"{_plain(known.number)}%"
        case Money():
            return f"{_plain(known.amount)} {known.currency or ''}".strip()
        case Duration():
            unit = known.unit.replace("_", " ")
            return f"{_plain(known.number)} {unit[:-1] if known.number == 1 else unit}"
        case Day():
            return known.day.isoformat()
        case Count():
            return str(known.number)
        case Choice():
            return known.name
        case Words():
            return known.text
        case Order():
            return f"{_plain(known.number)} x {known.item}"
        case Flag():
            return "yes" if known.yes else "no"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _listed(spec: FactSpec, business: Business, client: Client | None) -> tuple[str, ...]:
    lists = entries(business, client)
    return tuple(entry for need in spec.needs for entry in lists.get(need, ()))


def _entry(words: str, spec: FactSpec, cell: Node, listed: tuple[str, ...]) -> str:
    if words in listed:
        return words
    if not listed:
        raise cell.fault(f"'{spec.name}' names an entry of a record, and this client has none", PolicyError)
    hint = nearest(words, list(listed)) or f"; there is {', '.join(listed)}"
    raise cell.fault(f"'{words}' is no entry that '{spec.name}' can name{hint}", PolicyError)
