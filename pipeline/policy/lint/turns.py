"""What an offer turns the facts of an ask into: the cells that a fact then has, or may have.

An offer sets some facts, and through them those that are derived. ``firm`` are the cells that these have as a rule;
``rare`` are further ones, in a mail of several asks or where the records leave no room. A fact that is worked out anew
and stands in neither may have any value.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.policy.catalogue.spec import Need
from pipeline.policy.compare import scale
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.space import Space
from pipeline.policy.vocabulary import kept
from pipeline.types.policy import Instead
from pipeline.types.quantities import Duration, Flag, Quantity
from pipeline.types.request import Fact, State
from pipeline.yamltree import read_shipped

Cells = dict[str, int]
_ROOM = ("free_hours_after", "other_work_at_risk")
_PRICES = {"price_wanted", "price_offered"}


class Turn(NamedTuple):
    """What some lines make of an ask: the facts worked out ``anew``, with their cells."""

    anew: frozenset[str]
    firm: Cells
    rare: Cells
    roomless: int  # the cells of free_hours_after in which the weeks on file may be full
    counted: bool  # whether the ask stays one for a discount, so that as many are counted as before

    def cells(self, name: str, space: Space) -> int:
        """All that a fact may be after the offer."""
        return self.firm[name] | self.rare.get(name, 0) if name in self.firm else space.full[name]

    def before(self, after: Cells, space: Space) -> Cells:
        """Where other facts must have lain before the offer, for these to lie in ``after`` once it is made."""
        found: Cells = {}
        if self.roomless and any(n in after and not self.firm.get(n, after[n]) & after[n] for n in _ROOM):
            found["free_hours_after"] = self.roomless
        if self.counted and "discounts_after" in after:
            found["discounts_after"] = after["discounts_after"] | space.states("discounts_after", State.ABSENT)
        return found


def turn(lines: tuple[Instead, ...], ground: Ground) -> Turn:
    """What these lines make of an ask."""
    space, changed = ground.space, {line.fact for line in lines}
    firm: Cells = {}
    rare: Cells = {}
    for line in lines:
        firm |= _firm(line, ground)
        rare |= _rare(line, changed, ground)
    full = space.full
    return Turn(
        anew=frozenset(changed | {name for line in lines for name in _table("follows").get(line.fact, ())}),
        firm={name: cells for name, cells in firm.items() if name in full},
        rare={name: cells for name, cells in rare.items() if name in full},
        roomless=full.get("free_hours_after", 0) & ~_sized("free_hours_after", space, lambda hours: hours >= 0),
        counted=any(line.fact == "discount_asked" and _size(line.value) for line in lines),
    )


def _firm(line: Instead, ground: Ground) -> Cells:
    """The cells of the facts that a line sets, itself or through what follows from it."""
    space, value = ground.space, line.value
    size = _size(value)
    if line.term:
        return _on_the_day(ground) if line.term == "earliest_date" else {}
    if value is None or (isinstance(value, Flag) and not value.yes):
        return {name: _absent(name, space) for name in (line.fact, *_table("cleared").get(line.fact, ()))}
    found = {line.fact: _cells(line.fact, space, lambda fact: fact.value == value)}
    if line.fact == "discount_asked" and size is not None:
        found |= {name: _sized(name, space, lambda much: much == size) for name in ("discount", "discount_total")}
    if line.fact == "revision_round" and size is not None:
        found["round"] = _sized("round", space, lambda much: much >= size)
    if line.fact == "offers_payment":
        found["goodwill_after"] = _absent("goodwill_after", space)
    return found


def _on_the_day(ground: Ground) -> Cells:
    """What follows from the computed day: the lead time is kept, and where weeks are on file, so is the room."""
    space, least = ground.space, _lead_time(ground)
    room = _absent("free_hours_after", space) | _sized("free_hours_after", space, lambda hours: hours >= 0)
    found = {"lead_days": _sized("lead_days", space, lambda days: days >= least), "free_hours_after": room}
    found |= {name: _absent(name, space) for name in ("days_late", "other_work_at_risk")}
    return found | ({"before_we_are_free": _absent("before_we_are_free", space)} if least else {})


def _rare(line: Instead, changed: set[str], ground: Ground) -> Cells:
    """What else may come of a line: other asks count too, or what remains of this one does."""
    space, records, size = ground.space, kept(ground.business), _size(line.value)
    found: Cells = {}
    if line.fact == "discount_asked" and size is not None:
        found["discount_total"] = _sized("discount_total", space, lambda much: much > size)
        if Need.PRICES in records and not changed >= _PRICES:
            found["discount"] = _sized("discount", space, lambda much: much > size)
    if line.term == "earliest_date" and Need.WEEKS in records:
        found["free_hours_after"] = _sized("free_hours_after", space, lambda hours: hours < 0)
        if "takes_from" not in changed:
            found["other_work_at_risk"] = space.full.get("other_work_at_risk", 0)
    if line.term == "earliest_date" and Need.WAITING in records and "part_by" not in changed:
        found["lead_days"] = _sized("lead_days", space, lambda days: days < _lead_time(ground))
    return found


def _lead_time(ground: Ground) -> Decimal:
    lead = ground.policy.settings.get("lead_time")
    return Decimal(int(lead.number)) if isinstance(lead, Duration) else Decimal(0)


def _cells(name: str, space: Space, fits: Callable[[Fact], bool]) -> int:
    return sum(1 << n for n, cell in enumerate(space.cells.get(name, ())) if fits(cell.fact))


def _absent(name: str, space: Space) -> int:
    return _cells(name, space, lambda fact: fact.state is State.ABSENT)


def _sized(name: str, space: Space, fits: Callable[[Decimal], bool]) -> int:
    """The cells whose value is of such a size."""
    sizes = ((n, _size(cell.fact.value)) for n, cell in enumerate(space.cells.get(name, ())))
    return sum(1 << n for n, size in sizes if size is not None and fits(size))


def _size(value: Quantity | None) -> Decimal | None:
    measured = scale(value) if value else None
    return measured[1] if measured else None


@cache
def _table(name: str) -> dict[str, tuple[str, ...]]:
    tree = read_shipped(Path(__file__).parent / f"{name}.yaml").entries or {}
    return {fact: tuple(item.text or "" for item in node.items or ()) for fact, node in tree.items()}
