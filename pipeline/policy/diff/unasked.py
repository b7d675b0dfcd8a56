"""What the reading model was not asked for when a mail was read, and which facts that leaves unknown now.

A business may keep records now that it did not keep then. Each thing that was not asked for is tried: had the client
named it, which facts would be others? Those are unknown, and stay so through every rule. What this leaves out:
combinations of more than one such thing, but for all of them together.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from pipeline.policy.catalogue.spec import FactSpec, Type
from pipeline.policy.derive.ground import Facts, Ground
from pipeline.policy.resolve import Resolved, resolved
from pipeline.types.quantities import Day, Duration, Flag, Money, Order, Quantity
from pipeline.types.request import Fact, Request, Source, State

NOTE = "was not asked for when the mail was read"
"""How the note of every such fact ends."""

_TRIED = 3  # entries of a record
_MANY, _LATER = Decimal(1000), timedelta(days=60)


def with_unasked(base: Resolved, specs: tuple[FactSpec, ...]) -> Resolved:
    """The same facts, those unknown that might be others had these things been asked for."""
    if not specs:
        return base
    given = {number: _unknown(base, number, specs) for number in base.asks}
    return resolved(base.request, base.ground, given)


def _unknown(base: Resolved, number: int, specs: tuple[FactSpec, ...]) -> Facts:
    found: Facts = {}
    for trial in _trials(specs, base.ground):
        tried = resolved(_claiming(base.request, number, trial), base.ground, {}).asks[number]
        lacking = " and ".join(spec.name for spec, _ in trial)
        for name, fact in tried.items():
            if _other(fact, base.asks[number][name]):
                note = NOTE if name == lacking else f"needs {lacking}, which {NOTE}"
                found.setdefault(name, Fact(name=name, state=State.UNKNOWN, source=Source.DERIVED, note=note))
    return found


def _other(fact: Fact, base: Fact) -> bool:
    return fact.value != base.value or (fact.state is State.UNKNOWN) != (base.state is State.UNKNOWN)


def _trials(specs: tuple[FactSpec, ...], ground: Ground) -> Iterator[tuple[tuple[FactSpec, Fact], ...]]:
    """Each claim by itself, then the first of each together."""
    each = [[(spec, _fact(spec, entry, ground)) for entry in spec.choices[:_TRIED] or ("",)] for spec in specs]
    for claims in each:
        yield from ((claim,) for claim in claims)
    if len(each) > 1:
        yield tuple(claims[0] for claims in each)


def _fact(spec: FactSpec, entry: str, ground: Ground) -> Fact:
    note = entry if spec.entry else ""
    return Fact(name=spec.name, state=State.KNOWN, value=_value(spec, entry, ground), note=note)


def _value(spec: FactSpec, entry: str, ground: Ground) -> Quantity:
    match spec.type:
        case Type.ORDER:
            return Order(item=entry, number=_MANY)
        case Type.DAY:
            return Day(day=ground.today + _LATER)
        case Type.MONEY:
            return Money(amount=_MANY)
        case Type.DURATION:
            return Duration(number=_MANY, unit="hours")
        case _:
            return Flag(yes=True)


def _claiming(request: Request, number: int, claims: tuple[tuple[FactSpec, Fact], ...]) -> Request:
    own = tuple(fact for spec, fact in claims if spec.level == "ask")
    whole = tuple(fact for spec, fact in claims if spec.level == "mail")
    asks = tuple(a.model_copy(update={"facts": (*a.facts, *own)}) if a.number == number else a for a in request.asks)
    return request.model_copy(update={"asks": asks, "facts": (*request.facts, *whole)})
