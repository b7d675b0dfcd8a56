"""All facts that a policy reads, each with its cells; conditions as sets of cells, rules as boxes where they fire.

Facts are independent of each other, except where they can't be: what ``relations.yaml`` says of how facts are derived,
and what the owner calls ``impossible``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from pipeline.errors import PolicyError
from pipeline.policy.cells import condition
from pipeline.policy.evaluate import holds
from pipeline.policy.facts import BY_NAME
from pipeline.policy.lint.domain import Cell, cells
from pipeline.policy.lint.solve import Box, both, inside
from pipeline.types.policy import Condition, Policy, Rule
from pipeline.types.quantities import Quantity
from pipeline.types.request import State
from pipeline.yamltree import Node, read_shipped

_STATES = {
    "said": {State.KNOWN, State.UNKNOWN},
    "unsaid": {State.ABSENT},
    "known": {State.KNOWN},
    "unknown": {State.UNKNOWN},
}


@dataclass
class Space:
    """Where the rules of a policy live."""

    cells: Mapping[str, tuple[Cell, ...]]
    impossible: tuple[Box, ...] = ()
    _truths: dict[tuple[Condition, bool], int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, policy: Policy, more: Mapping[str, Iterable[Quantity]] | None = None, silent: Iterable[str] = ()
    ) -> "Space":
        """The space of a policy; ``more``: further facts and values to be told apart, ``silent``: facts never said."""
        relations = list(_relations(policy.settings))
        used = [*_conditions(policy), *(c for box in policy.impossible for c in box)]
        told: dict[str, list[Quantity]] = {c.fact: [] for c in used} | {
            name: list(v) for name, v in (more or {}).items()
        }
        fitting = [line for line in relations if all(name in told for name in line)]
        for cell in (
            *used,
            *(c for line in fitting for each in line.values() for c in each if isinstance(c, Condition)),
        ):
            told[cell.fact] += cell.values
        space = cls({name: cells(BY_NAME[name], values) for name, values in told.items()})
        space.cells = {name: found[:1] if name in silent else found for name, found in space.cells.items()}
        owner = (space.meet(box) for box in policy.impossible)
        space.impossible = tuple(
            box for box in (*(space._related(line) for line in fitting), *owner) if box and all(box.values())
        )
        return space

    @cached_property
    def full(self) -> dict[str, int]:
        """All cells, by fact."""
        return {name: (1 << len(found)) - 1 for name, found in self.cells.items()}

    def where(self, cell: Condition, *, holding: bool = True) -> int:
        """The cells of its fact where a condition holds, or where it surely doesn't."""
        key = (cell, holding)
        if key not in self._truths:
            found = enumerate(self.cells[cell.fact])
            self._truths[key] = sum(1 << n for n, each in found if holds(cell, each.fact) is holding)
        return self._truths[key]

    def states(self, name: str, *states: State) -> int:
        """The cells of a fact in these states."""
        return sum(1 << n for n, each in enumerate(self.cells[name]) if each.fact.state in states)

    def meet(self, cells_: Iterable[Condition]) -> dict[str, int]:
        """Where all of the conditions hold; a fact without any cell left has 0."""
        met: dict[str, int] = {}
        for cell in cells_:
            met[cell.fact] = met.get(cell.fact, self.full[cell.fact]) & self.where(cell)
        return met

    def fires(self, rule: Rule) -> tuple[Box, ...]:
        """The boxes in which a rule fires; none for a rule that never does."""
        boxes: list[Box] = [self.meet((*rule.when, *box)) for box in rule.any_ or ((),)]
        boxes = [box for box in boxes if all(box.values())]
        for exception in rule.unless:
            refuted = [{cell.fact: self.where(cell, holding=False)} for cell in exception]
            met = (both(box, way) for box in boxes for way in refuted if all(way.values()))
            boxes = [box for box in met if box is not None]
        return _widest(boxes)

    def _related(self, line: "_Line") -> dict[str, int]:
        return {name: self._any_of(name, words) for name, words in line.items()}

    def _any_of(self, name: str, words: "list[Condition | str]") -> int:
        found = 0
        for word in words:
            found |= self.where(word) if isinstance(word, Condition) else self.states(name, *_STATES[word])
        return found


_Line = dict[str, list[Condition | str]]


def _conditions(policy: Policy) -> Iterable[Condition]:
    for rule in policy.rules:
        yield from rule.conditions
    for alternative in policy.alternatives:
        yield from alternative.when


def _widest(boxes: list[Box]) -> tuple[Box, ...]:
    """Without boxes that lie in another one."""
    kept: list[Box] = []
    for box in boxes:
        if not any(inside(box, other) for other in kept):
            kept = [other for other in kept if not inside(other, box)] + [box]
    return tuple(kept)


@cache
def _lines() -> tuple[Node, ...]:
    return read_shipped(Path(__file__).parent / "relations.yaml").items or ()


def _relations(settings: dict[str, Quantity]) -> Iterable[_Line]:
    """The lines of ``relations.yaml`` that can be read under these settings."""
    for line in _lines():
        try:
            yield {
                name: [_word(name, item, settings) for item in (cell.items if cell.items is not None else (cell,))]
                for name, cell in (line.entries or {}).items()
            }
        except PolicyError:
            continue  # it names a setting that this policy doesn't have, or has as something else


def _word(name: str, node: Node, settings: dict[str, Quantity]) -> Condition | str:
    return node.text if node.text in _STATES else condition(name, node, node, settings)
