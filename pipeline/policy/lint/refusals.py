"""Would the policy refuse what it offers? Once an ask has become what an alternative offers, which rules still fire.

An offer leaves most facts as they are; what it makes of the others stands in ``turns``. What this leaves out: an offer
that changes nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.solve import Box, both
from pipeline.policy.lint.turns import Turn, turn
from pipeline.policy.resolve import OF_TIME
from pipeline.types.decision import Action
from pipeline.types.policy import Alternative, Instead, Rule
from pipeline.types.quantities import Flag, Quantity


class Refusal(NamedTuple):
    """A rule that fires on the offer itself, where the facts it leaves alone lie in ``box``.

    ``sure``: it does whatever else is so. ``told``: the file alone tells what the offer sets there. ``by``: the facts
    worked out anew that it reads.
    """

    rule: str
    box: Box
    sure: bool
    told: bool
    by: tuple[str, ...]


def refusals(alternative: Alternative, ground: Ground) -> Iterator[Refusal]:
    """Every way in which a rule refuses this alternative, or may."""
    lines, rules = alternative.instead, ground.rules
    if not lines:
        if not alternative.states_a_day:
            return
        lines = (Instead(fact="deadline", term="earliest_date"),)
        rules = tuple(r for r in rules if any(c.fact in OF_TIME for c in r.conditions))
    made = turn(lines, ground)
    for rule in rules:
        if rule.decide.rank >= Action.DECLINE.rank:
            yield from _of(rule, made, ground)


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


def _of(rule: Rule, made: Turn, ground: Ground) -> Iterator[Refusal]:
    space = ground.space
    for box in ground.fires[rule.id]:
        after = {name: cells for name, cells in box.items() if name in made.anew}
        kept = {name: cells for name, cells in box.items() if name not in made.anew}
        where = both(kept, made.before(after, space))
        if where is None or not all(made.cells(name, space) & cells for name, cells in after.items()):
            continue
        usual = all(made.firm.get(name, cells) & cells for name, cells in after.items())
        yield Refusal(
            rule=rule.id,
            box=where,
            sure=usual and all(not made.cells(name, space) & ~cells for name, cells in after.items()),
            told=usual and bool(after) and all(name in made.firm for name in after),
            by=tuple(after),
        )
