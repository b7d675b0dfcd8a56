"""Where the rules of a policy fire, and where they can't be read, on one day: regions of the space of all facts.

A mail with two asks has each fact of an ask twice; facts of the whole mail are the same for both. What no record of the
business fills never speaks, so a rule that reads it has no region.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import islice, product

from pipeline.policy.cases.table import of_the_mail
from pipeline.policy.facts import BY_NAME
from pipeline.policy.lint.solve import Box, both, outside, plainest
from pipeline.policy.lint.space import Space
from pipeline.types.policy import Condition, Policy, Rule
from pipeline.types.quantities import Choice
from pipeline.types.request import Fact, State

SECOND = "@2"
Regions = tuple[Box, ...]
Point = Mapping[str, Fact]
_FEW, _MANY = 4, 400  # points of one box that are looked at, and that are tried for it


class Atlas:
    """All regions of a policy on ``today``; ``dormant``: the facts that no record fills."""

    def __init__(self, policy: Policy, space: Space, dormant: frozenset[str], today: date) -> None:
        self.rules = policy.rules
        self.today = today
        self._space = space
        self._dormant = dormant
        twice = {second(name): cells for name, cells in space.full.items()}
        self._full = {**space.full, **twice}

    @cached_property
    def fires(self) -> dict[str, Regions]:
        """By rule, where it fires."""
        return {rule.id: self.fired(rule) for rule in self.rules}

    def fired(self, rule: Rule) -> Regions:
        """Where a rule fires, be it one of the policy or a changed one."""
        return self._space.fires(rule) if self._awake(rule) else ()

    def unread(self, rule: Rule, askable: frozenset[str] | None = None, *, plainly: bool = False) -> Regions:
        """Where a rule fires or can't be read.

        With ``askable`` only where nothing but those facts is unknown; ``plainly`` without values that are known and
        still can't be compared.
        """
        if not self._awake(rule):
            return ()
        found = [self._met((c.fact, self._not_false(c)) for c in (*rule.when, *box)) for box in rule.any_ or ((),)]
        for exception in rule.unless:
            ways = [{c.fact: self._not_true(c)} for c in exception]
            found = [met for box in found if box for way in ways if (met := both(box, way)) is not None]
        told = {} if askable is None else {c.fact: self._told(c.fact) for c in rule.conditions if c.fact not in askable}
        held = (both(box, told) for box in found if box is not None)
        return tuple(self._plain(box, rule) if plainly else box for box in held if box is not None)

    def stuck(self, rule: Rule, askable: frozenset[str]) -> Regions:
        """Where a rule surely can't be read, for a fact that is not ``askable``; of plain rules without exceptions."""
        if not self._awake(rule) or rule.any_ or rule.unless:
            return ()
        silent = (c for c in rule.when if c.fact not in askable)
        found = (
            self._met((c.fact, self._unknown(c) if c is not_read else self._space.where(c)) for c in rule.when)
            for not_read in silent
        )
        return tuple(box for box in found if box is not None)

    def _unknown(self, cell: Condition) -> int:
        return self._space.states(cell.fact, State.UNKNOWN)

    def _plain(self, box: Box, rule: Rule) -> Box:
        names = {c.fact: self._space.states(c.fact, State.UNKNOWN) | self._sure(c) for c in rule.conditions}
        return {name: cells & names[name] or cells for name, cells in box.items()}

    def where(self, cells: Iterable[Condition]) -> Regions:
        """Where all of the conditions hold."""
        met = self._space.meet(cells)
        return (met,) if all(met.values()) else ()

    def fails(self, cell: Condition) -> Regions:
        """Where a condition does not hold, known or not."""
        return ({cell.fact: cells},) if (cells := self._not_true(cell)) else ()

    @cached_property
    def elsewhere(self) -> Regions:
        """Where someone else must do it, so that a partner can be named; nowhere if no rule reads it."""
        trade = Choice(name="not_offered")
        found = enumerate(self._space.cells.get("expertise", ()))
        return tuple({"expertise": 1 << n} for n, cell in found if cell.fact.value == trade)

    def yes(self, name: str) -> Regions:
        """Where a flag is up; nowhere for one that no rule reads."""
        return ({name: self._space.states(name, State.KNOWN)},) if name in self._space.full else ()

    def points(self, region: Iterable[Box], holes: Iterable[Box]) -> Iterator[Point]:
        """A few points of a region outside of the holes; none if, and only if, there is none that can be.

        Each is told twice: by the facts that make the region, then with all others that are not at their default.
        """
        outer = [*holes, *self._space.impossible]
        for box in region:
            twice = any(name.endswith(SECOND) for name in box)
            near = [*outer, *map(doubled, self._space.impossible)] if twice else outer
            found = list(islice(self._plain_points(box, near), _FEW))
            if not found and outside(box, near, self._full) is not None:
                names = {name: self._full[name] for each in (box, *near) for name in each}
                found = [plainest(box, near, names)]
            for point in found:
                facts = {name: self._fact(name, bit) for name, bit in point.items() if name in box or bit != 1}
                core = {name: fact for name, fact in facts.items() if name in box}
                yield from (core, facts) if core != facts else (core,)

    def _plain_points(self, box: Box, holes: list[Box]) -> Iterator[dict[str, int]]:
        """Points that are as a mail is by default in all that the box leaves free, among the first of the box."""
        names = list(box)
        for bits in islice(product(*(_bits(box[name]) for name in names)), _MANY):
            point = {**self._default, **dict(zip(names, bits, strict=True))}
            if not any(all(point.get(name, 1) & cells for name, cells in hole.items()) for hole in holes):
                yield point

    @cached_property
    def _default(self) -> Mapping[str, int]:
        """A mail of which nothing is said, where the first cells of all facts don't go together."""
        plain = plainest({}, self._space.impossible, self._space.full)
        said = {name: bit for name, bit in plain.items() if bit != 1}
        return {**said, **doubled(said)}

    def _fact(self, name: str, bit: int) -> Fact:
        return self._space.cells[name.removesuffix(SECOND)][bit.bit_length() - 1].fact

    def _awake(self, rule: Rule) -> bool:
        begun = rule.from_ is None or rule.from_ <= self.today
        ended = rule.until is not None and rule.until < self.today
        return begun and not ended and not any(c.fact in self._dormant for c in rule.conditions)

    def _met(self, cells: Iterable[tuple[str, int]]) -> Box | None:
        met: Box | None = {}
        for name, allowed in cells:
            met = both(met, {name: allowed}) if met is not None and allowed else None
        return met

    def _sure(self, cell: Condition) -> int:
        return self._space.where(cell) | self._space.where(cell, holding=False)

    def _not_false(self, cell: Condition) -> int:
        return self._space.full[cell.fact] & ~self._space.where(cell, holding=False)

    def _not_true(self, cell: Condition) -> int:
        return self._space.full[cell.fact] & ~self._space.where(cell)

    def _told(self, name: str) -> int:
        return self._space.full[name] & ~self._space.states(name, State.UNKNOWN)


def _bits(cells: int) -> list[int]:
    return [1 << n for n in range(cells.bit_length()) if cells >> n & 1]


def second(name: str) -> str:
    """The same fact of the second ask; a fact of the whole mail is the same fact."""
    return name if of_the_mail(BY_NAME[name]) else f"{name}{SECOND}"


def doubled(box: Box) -> Box:
    """The same region for the second ask."""
    return {second(name): cells for name, cells in box.items()}


def overlap(one: Iterable[Box], other: Iterable[Box]) -> Regions:
    """What lies in both."""
    others = tuple(other)
    return tuple(met for left in one for right in others if (met := both(left, right)) is not None)
