"""Rules that can never fire, and rules that can never decide anything because others always stand before them."""

from collections.abc import Iterator

from pipeline.policy.lint.findings import Finding, Places, several
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.solve import Box, both, outside
from pipeline.types.policy import Condition, Rule


def unreachable(ground: Ground, places: Places) -> Iterator[Finding]:
    """Rules, cases of ``any`` and exceptions that no mail can meet."""
    for rule in ground.rules:
        if not _possible(ground.fires[rule.id], ground):
            yield places.error(
                "unreachable", places.rule(rule.id), f"'{rule.id}' can never fire: {_why(rule, ground)}", _MEND
            )
            continue
        yield from _dead_cases(rule, ground, places)
        yield from _dead_exceptions(rule, ground, places)


_MEND = "Mend the cells, or delete the rule."


def _possible(boxes: tuple[Box, ...], ground: Ground) -> bool:
    return any(outside(box, ground.space.impossible, ground.space.full) is not None for box in boxes)


def _why(rule: Rule, ground: Ground) -> str:
    for box in rule.any_ or ((),):
        cells = (*rule.when, *box)
        if (clash := _clash(cells, ground)) is not None:
            return clash
    if rule.unless:
        return "wherever 'when' holds, 'unless' holds, too"
    return "its cells never hold together, by how these facts are derived or by 'impossible'"


def _clash(cells: tuple[Condition, ...], ground: Ground) -> str | None:
    for n, cell in enumerate(cells):
        if not ground.space.where(cell):
            return f"{cell.fact} is never '{cell.words}'"
        for other in cells[:n]:
            if other.fact == cell.fact and not ground.space.where(cell) & ground.space.where(other):
                return f"{cell.fact} can't be both '{other.words}' and '{cell.words}'"
    return None


def _dead_cases(rule: Rule, ground: Ground, places: Places) -> Iterator[Finding]:
    for n, box in enumerate(rule.any_):
        alone = rule.model_copy(update={"any_": (box,)})
        if len(rule.any_) > 1 and not _possible(ground.space.fires(alone), ground):
            says = f"case {n + 1} of 'any' in '{rule.id}' can never hold: {_why(alone, ground)}"
            yield places.warning("dead_case", places.rule(rule.id, "any", n), says, "Mend its cells, or delete it.")


def _dead_exceptions(rule: Rule, ground: Ground, places: Places) -> Iterator[Finding]:
    bare = ground.space.fires(rule.model_copy(update={"unless": ()}))
    for exception in rule.unless:
        met = ground.space.meet(exception)
        cut = (both(box, met) for box in bare) if all(met.values()) else ()
        if not _possible(tuple(box for box in cut if box is not None), ground):
            says = f"an exception of '{rule.id}' never applies: 'when' and 'unless' can't hold together"
            yield places.warning(
                "dead_exception", places.rule(rule.id, "unless"), says, "Mend its cells, or delete it."
            )


def never_leading(ground: Ground) -> dict[str, tuple[str, ...]]:
    """Rules that fire but never decide, each with the rules that take its place: one that covers it, or several."""
    found = {}
    for rule in ground.rules:
        if _possible(ground.fires[rule.id], ground) and not ground.leads(rule):
            found[rule.id] = _covering(rule, ground)
    return found


def _covering(rule: Rule, ground: Ground) -> tuple[str, ...]:
    before = list(ground.before[rule.id])
    for other in before:
        if _covered(rule, [other], ground):
            return (other.id,)
    for other in list(before):
        rest = [each for each in before if each is not other]
        if _covered(rule, rest, ground):
            before = rest
    return tuple(other.id for other in before)


def _covered(rule: Rule, others: list[Rule], ground: Ground) -> bool:
    holes = [*(box for other in others for box in ground.fires[other.id]), *ground.space.impossible]
    return all(outside(box, holes, ground.space.full) is None for box in ground.fires[rule.id])


def covered(rule: Rule, by: tuple[str, ...], ground: Ground, places: Places) -> Finding:
    """What to say of a rule that never decides."""
    if not by:
        says = f"'{rule.id}' can never decide: the agreement obliges you wherever it fires"
        return places.warning("subsumed", places.rule(rule.id), says, _MEND)
    others = [other for other in ground.rules if other.id in by]
    same = len(others) == 1 and others[0].decide is rule.decide and _covered(others[0], [rule], ground)
    lines = ", ".join(str(other.line) for other in others)
    where = f"{several(by)} (line{'s' if len(others) > 1 else ''} {lines})"
    if same:
        says = f"'{rule.id}' fires exactly where {where} does and decides the same"
        return places.warning("duplicate", places.rule(rule.id), says, "Delete one of the two.")
    stronger = all(other.decide.rank > rule.decide.rank for other in others)
    how = "and is stronger" if stronger else "and stands before it"
    says = f"'{rule.id}' can never decide anything: wherever it fires, {where} fires, too, {how}"
    return places.warning(
        "subsumed", places.rule(rule.id), says, "Delete it, or put the narrower rule first." if not stronger else _MEND
    )
