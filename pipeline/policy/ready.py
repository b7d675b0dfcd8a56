"""Rules made ready to be read thousands of times: one bit for each cell, and whatever can be known beforehand known.

A cell that several rules share is tested once an ask, and a value that was seen before is not compared again. Most
facts of most mails are unsaid; those are always the same objects (``UNSAID``). What was made is kept by identity:
comparing rules by what is in them would take longer than reading them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from pipeline.policy.compare import Test, test
from pipeline.policy.derive.ground import UNSAID, Facts
from pipeline.types.decision import Result
from pipeline.types.policy import Condition, Rule
from pipeline.types.request import Fact, State

_KEPT = 512  # rules and sets of rules; a test of a policy makes thousands, one after the other
_SEEN = 1024  # values of a fact
_UNREAD, _NO = State.UNKNOWN, Result.NO  # found here sooner than in their classes, and these are looked up most


class Truths(NamedTuple):
    """A bit for each cell: those that hold, and those that may, as it is not known of them. The others don't hold."""

    yes: int
    maybe: int

    def of(self, bit: int) -> bool | None:
        """Whether one cell holds."""
        return True if self.yes & bit else None if self.maybe & bit else False


@dataclass
class Column:
    """A fact, and all cells that read it, each with its bit for "yes" and its bit for "not known"."""

    cells: list[tuple[int, int, Test]] = field(default_factory=list)
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)

    def of(self, fact: Fact) -> int:
        """The bits of what the cells say of the fact."""
        value = fact.value
        if value is None or fact.state is _UNREAD:
            return self._told(fact)
        key = tuple(value.__dict__.values())  # its type, number and unit
        found = self.seen.get(key)
        if found is None:
            if len(self.seen) >= _SEEN:
                self.seen.clear()
            found = self.seen[key] = self._told(fact)
        return found

    def _told(self, fact: Fact) -> int:
        told = [(yes, unread, says(fact)) for yes, unread, says in self.cells]
        return sum(unread if holds is None else yes for yes, unread, holds in told if holds is not False)


class Line(NamedTuple):
    """A rule and the bits of its cells; ``silent`` is its result where that is sure beforehand."""

    rule: Rule
    silent: Result | None  # out of its days, or without a source
    cells: tuple[int, ...]  # in the order of ``rule.conditions``
    when: int
    any_: tuple[int, ...]
    unless: tuple[int, ...]

    def result(self, truths: Truths) -> Result:
        """All of ``when``, one box of ``any``, and no box of ``unless``, in Kleene's three values."""
        if self.silent is not None:
            return self.silent
        yes, maybe = truths
        if self.when & maybe != self.when or not self._allows(maybe, yes):
            return _NO
        return Result.FIRED if self.when & yes == self.when and self._allows(yes, maybe) else Result.UNKNOWN

    def _allows(self, holding: int, excepting: int) -> bool:
        """Whether ``any`` and ``unless`` do, if just these cells hold in the one, and just those in the other."""
        return not (self.any_ and not _one(self.any_, holding)) and not (self.unless and _one(self.unless, excepting))


class Ready(NamedTuple):
    """Rules on one day, and the facts that they read."""

    lines: tuple[Line, ...]
    whens: tuple[tuple[int, Line], ...]  # 0 for those whose result is sure beforehand
    columns: tuple[tuple[str, Fact, int, Callable[[Fact], int]], ...]  # name, the fact unsaid, its bits, bits of others
    width: int  # of the bits for "yes"; those for "not known" stand above them

    def truths(self, facts: Facts) -> Truths:
        """What every cell says of the facts of one ask."""
        bits = 0
        for name, unsaid, usual, of in self.columns:
            fact = facts[name]
            bits |= usual if fact is unsaid else of(fact)
        yes = bits & ((1 << self.width) - 1)
        return Truths(yes, yes | bits >> self.width)

    def results(self, truths: Truths) -> tuple[Result, ...]:
        """What every rule says; a rule with a line of ``when`` that fails, as most have, is not looked at further."""
        maybe = truths.maybe
        return tuple([_NO if when & maybe != when else line.result(truths) for when, line in self.whens])


_READY: dict[tuple[int, frozenset[str], date], tuple[object, Ready]] = {}


def ready(rules: tuple[Rule, ...] | Rule, dormant: frozenset[str], today: date) -> Ready:
    """The rules on a day on which no source fills the ``dormant`` facts: made once for the same tuple, or rule."""
    key = (id(rules), dormant, today)
    found = _READY.get(key)
    if found is None:
        if len(_READY) >= _KEPT:
            _READY.clear()
        made = _made((rules,) if isinstance(rules, Rule) else rules, dormant, today)
        found = _READY[key] = rules, made  # held, so that nothing else takes their identity
    return found[1]


def _made(rules: tuple[Rule, ...], dormant: frozenset[str], today: date) -> Ready:
    bits = _Bits.of(rules)
    lines = tuple(
        Line(
            rule=rule,
            silent=_silent(rule, dormant, today),
            cells=tuple(map(bits.bit, rule.conditions)),
            when=bits.all(rule.when),
            any_=tuple(map(bits.all, rule.any_)),
            unless=tuple(map(bits.all, rule.unless)),
        )
        for rule in rules
    )
    facts = dict.fromkeys(c.fact for rule in rules for c in rule.conditions)
    columns = ((name, UNSAID[name], bits.column(name)) for name in facts)
    return Ready(
        lines=lines,
        whens=tuple((0 if line.silent else line.when, line) for line in lines),
        columns=tuple((name, fact, each.of(fact), each.of) for name, fact, each in columns),
        width=len(bits.places),
    )


@dataclass(frozen=True)
class _Bits:
    """A place for each different cell."""

    places: dict[tuple[object, ...], tuple[int, Condition]]

    @classmethod
    def of(cls, rules: tuple[Rule, ...]) -> "_Bits":
        cells = {_key(cell): cell for rule in rules for cell in rule.conditions}
        return cls({key: (place, cell) for place, (key, cell) in enumerate(cells.items())})

    def bit(self, cell: Condition) -> int:
        return 1 << self.places[_key(cell)][0]

    def all(self, cells: Iterable[Condition]) -> int:
        """The bits of several cells; one may stand among them twice."""
        return reduce(or_, map(self.bit, cells), 0)

    def column(self, fact: str) -> Column:
        """All cells that read a fact."""
        width = len(self.places)
        return Column([(1 << n, 1 << (n + width), test(cell)) for n, cell in self.places.values() if cell.fact == fact])


def _key(cell: Condition) -> tuple[object, ...]:
    return cell.fact, cell.operator, cell.values


def _silent(rule: Rule, dormant: frozenset[str], today: date) -> Result | None:
    if (rule.from_ and today < rule.from_) or (rule.until and today > rule.until):
        return Result.NO
    return Result.DORMANT if any(c.fact in dormant for c in rule.conditions) else None


def _one(boxes: tuple[int, ...], holding: int) -> bool:
    """Whether all cells of at least one box hold."""
    return any(box & holding == box for box in boxes)
