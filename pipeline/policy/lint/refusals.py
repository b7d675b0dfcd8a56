"""Would the policy refuse what it offers? Once an ask has become what an alternative offers, which rules still fire.

An offer leaves most facts as they are, sets some, and through them those that are derived. What is set is known here as
far as the file tells; of the rest, every value counts as possible. What this leaves out: an offer that changes nothing.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.policy.compare import scale
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.solve import Box
from pipeline.policy.lint.space import Space
from pipeline.policy.resolve import OF_TIME
from pipeline.types.decision import Action
from pipeline.types.policy import Alternative, Instead, Rule
from pipeline.types.quantities import Duration, Flag, Quantity
from pipeline.types.request import Fact, State
from pipeline.yamltree import read_shipped

Cells = dict[str, int]


class Refusal(NamedTuple):
    """A rule that fires on the offer itself, where the facts it leaves alone lie in ``box``.

    ``sure``: it does whatever else is so. ``told``: the file alone tells what the offer sets there.
    """

    rule: str
    box: Box
    sure: bool
    told: bool


def refusals(alternative: Alternative, ground: Ground) -> Iterator[Refusal]:
    """Every way in which a rule refuses this alternative, or may."""
    lines, rules = alternative.instead, ground.rules
    if not lines:
        if not alternative.states_a_day:
            return
        lines = (Instead(fact="deadline", term="earliest_date"),)
        rules = tuple(r for r in rules if any(c.fact in OF_TIME for c in r.conditions))
    anew = {line.fact for line in lines} | {name for line in lines for name in _follows().get(line.fact, ())}
    put: Cells = {}
    for line in lines:
        put |= _put(line, ground)
    for rule in rules:
        if rule.decide.rank >= Action.DECLINE.rank:
            yield from _of(rule, anew, put, ground)


def constants(alternatives: tuple[Alternative, ...], settings: dict[str, Quantity]) -> dict[str, list[Quantity]]:
    """Values that offers set, and that the cells of a fact must tell apart."""
    lines = [line for alternative in alternatives for line in alternative.instead]
    values = [("discount" if line.fact == "discount_asked" else line.fact, line.value) for line in lines]
    values += [("discount_total", line.value) for line in lines if line.fact == "discount_asked"]
    values += [("round", line.value) for line in lines if line.fact == "revision_round"]
    values.append(("lead_days", settings.get("lead_time")))
    found: dict[str, list[Quantity]] = {}
    for name, value in values:
        if value is not None and not isinstance(value, Flag):
            found.setdefault(name, []).append(value)
    return found


def _of(rule: Rule, anew: set[str], put: Cells, ground: Ground) -> Iterator[Refusal]:
    full = ground.space.full
    for box in ground.fires[rule.id]:
        changed = {name: cells for name, cells in box.items() if name in anew}
        if all(put.get(name, full[name]) & cells for name, cells in changed.items()):
            yield Refusal(
                rule=rule.id,
                box={name: cells for name, cells in box.items() if name not in anew},
                sure=all(not put.get(name, full[name]) & ~cells for name, cells in changed.items()),
                told=bool(changed) and all(name in put for name in changed),
            )


def _put(line: Instead, ground: Ground) -> Cells:
    """The cells of the facts that a line sets, itself or through what follows from it."""
    space, value = ground.space, line.value
    if line.term:
        found = _on_the_day(ground) if line.term == "earliest_date" else {}
    elif value is None or (isinstance(value, Flag) and not value.yes):
        found = {line.fact: _cells(line.fact, space, lambda fact: fact.state is State.ABSENT)}
    else:
        found = {line.fact: _cells(line.fact, space, lambda fact: fact.value == value)}
    size = _size(value)
    if line.fact == "discount_asked" and size is not None:
        for name in ("discount", "discount_total"):
            found[name] = _cells(name, space, lambda fact: _size(fact.value) == size)
    if line.fact == "revision_round" and size is not None:
        found["round"] = _cells("round", space, lambda fact: _reaches(fact, size))
    if isinstance(value, Flag) and (line.fact, value.yes) in {("unpaid", False), ("offers_payment", True)}:
        found["goodwill_after"] = _cells("goodwill_after", space, lambda fact: fact.state is State.ABSENT)
    return {name: cells for name, cells in found.items() if name in space.full}


def _on_the_day(ground: Ground) -> Cells:
    """What follows from the computed day: the lead time is kept, and where weeks are on file, so is the room."""
    space, lead = ground.space, ground.policy.settings.get("lead_time")
    least = Decimal(int(lead.number)) if isinstance(lead, Duration) else Decimal(0)
    absent: Callable[[Fact], bool] = lambda fact: fact.state is State.ABSENT  # noqa: E731 - read in three places
    found = {
        "lead_days": _cells("lead_days", space, lambda fact: _reaches(fact, least)),
        "free_hours_after": _cells("free_hours_after", space, lambda fact: (_size(fact.value) or Decimal(0)) >= 0),
        "days_late": _cells("days_late", space, absent),
        "other_work_at_risk": _cells("other_work_at_risk", space, absent),
    }
    return found | ({"before_we_are_free": _cells("before_we_are_free", space, absent)} if least else {})


def _cells(name: str, space: Space, fits: Callable[[Fact], bool]) -> int:
    return sum(1 << n for n, cell in enumerate(space.cells.get(name, ())) if fits(cell.fact))


def _reaches(fact: Fact, least: Decimal) -> bool:
    size = _size(fact.value)
    return size is not None and size >= least


def _size(value: Quantity | None) -> Decimal | None:
    measured = scale(value) if value else None
    return measured[1] if measured else None


@cache
def _follows() -> dict[str, tuple[str, ...]]:
    tree = read_shipped(Path(__file__).parent / "follows.yaml").entries or {}
    return {fact: tuple(item.text or "" for item in node.items or ()) for fact, node in tree.items()}
