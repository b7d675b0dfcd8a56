"""What would have to differ for a rule to say something else, in words: one step that is told, not every way there is.

A cell turns round by its opposite. A rule that fired would not with any one cell of ``when`` turned round, with every
case of ``any`` broken, or with an exception complete; one that did not fire would with all that now fails put right.
"""

from collections.abc import Iterable

from pipeline.policy.derive.ground import Facts
from pipeline.policy.evaluate import holds
from pipeline.types.decision import Result
from pipeline.types.policy import Condition, Operator, Rule
from pipeline.types.quantities import Choice, Flag
from pipeline.values.write import write

_OPPOSITE = {
    Operator.OVER: "at most",
    Operator.AT_LEAST: "under",
    Operator.UNDER: "at least",
    Operator.AT_MOST: "over",
    Operator.IS: "not",
    Operator.NOT: "is",
    Operator.ONE_OF: "none of",
}


def cell_flip(cell: Condition, facts: Facts) -> str:
    """What the fact would have to be for the cell to turn round; for an unknown fact, what it must be to hold."""
    return unmet(cell) if holds(cell, facts[cell.fact]) else met(cell)


def rule_flip(rule: Rule, result: Result, facts: Facts) -> str:
    """What would turn a fired rule off, a quiet one on, or settle an unknown one; empty for a dormant rule."""
    match result:
        case Result.FIRED:
            return _off(rule, facts)
        case Result.NO:
            return _on(rule, facts)
        case Result.UNKNOWN:
            unread = dict.fromkeys(c.fact for c in rule.conditions if holds(c, facts[c.fact]) is None)
            return f"to know {_and(name.replace('_', ' ') for name in unread)}"
        case Result.DORMANT:
            return ""


def met(cell: Condition) -> str:
    """The cell as a sentence part: ``lead days under 5 working days``."""
    one = cell.operator is Operator.ONE_OF and len(cell.values) == 1
    return _worded(cell, "is" if one else cell.operator.value, holding=True)


def unmet(cell: Condition) -> str:
    """Its opposite: ``lead days at least 5 working days``."""
    one = cell.operator is Operator.ONE_OF and len(cell.values) == 1
    return _worded(cell, "not" if one else _OPPOSITE[cell.operator], holding=False)


def _worded(cell: Condition, operator: str, *, holding: bool) -> str:
    name, first = cell.fact.replace("_", " "), cell.values[0]
    if isinstance(first, Flag):
        positive = cell.operator is not Operator.NOT
        return f"{name}: {'yes' if first.yes == (positive == holding) else 'no'}"
    values = ", ".join(v.name if isinstance(v, Choice) else write(v, "en") for v in cell.values)
    return f"{name} {operator} {values}".replace("\u00a0", " ")


def _off(rule: Rule, facts: Facts) -> str:
    ways = [unmet(cell) for cell in rule.when]
    held = [box for box in rule.any_ if _whole(box, facts)]
    if held:
        ways.append(_and(_either(map(unmet, box), len(box) > 1 and len(held) > 1) for box in held))
    ways += [_and(met(c) for c in box if not holds(c, facts[c.fact])) for box in rule.unless]
    return ", or ".join(ways)


def _on(rule: Rule, facts: Facts) -> str:
    """All that fails put right; of several cases the one that lacks least, and one cell of each exception broken."""
    lacking = [met(c) for c in rule.when if not holds(c, facts[c.fact])]
    cases = sorted(([met(c) for c in box if not holds(c, facts[c.fact])] for box in rule.any_), key=len)
    lacking += cases[0] if cases else []
    lacking += [_either(map(unmet, box), len(box) > 1) for box in rule.unless if _whole(box, facts)]
    return _and(lacking)


def _whole(box: Iterable[Condition], facts: Facts) -> bool:
    return all(holds(cell, facts[cell.fact]) for cell in box)


def _and(words: Iterable[str]) -> str:
    return " and ".join(dict.fromkeys(words))


def _either(words: Iterable[str], several: bool) -> str:  # noqa: FBT001 - said beside each use
    joined = " or ".join(words)
    return f"({joined})" if several else joined
