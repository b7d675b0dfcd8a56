"""Small changes to a policy, each the kind of slip that a good table of tests would notice.

A rule is dropped, or one of its lines; a limit is moved by its boundary, or by a step; yes and no change places; a word
is dropped from a list; the decision moves to its neighbour; an unknown is handled otherwise; a date is dropped. An
alternative loses one reason it answers, one that forbids it, or a condition. A step goes the way that the boundary
doesn't, so that a row just beyond the limit is missed as well. What this leaves out: changes to texts, and to a setting
in all its places at once.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.types.decision import Action
from pipeline.types.policy import Alternative, Condition, IfUnknown, Operator, Policy, Rule
from pipeline.types.quantities import Count, Day, Duration, Money, Percent, Quantity
from pipeline.values.write import write

_DECISIONS = (Action.ASK, Action.DECLINE, Action.ESCALATE, Action.END)
_MOVED = {
    Operator.OVER: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.OVER,
    Operator.UNDER: Operator.AT_MOST,
    Operator.AT_MOST: Operator.UNDER,
    Operator.IS: Operator.NOT,
    Operator.NOT: Operator.IS,
}
_STEPS = {Operator.OVER: 1, Operator.AT_MOST: 1, Operator.AT_LEAST: -1, Operator.UNDER: -1}
Cells = tuple[Condition, ...]


class Mutant(NamedTuple):
    """One change, in ``words``: ``old`` becomes ``new``; None when it is dropped."""

    words: str
    old: Rule | Alternative
    new: Rule | Alternative | None

    @property
    def line(self) -> int:
        """Where the changed rule or alternative stands in the policy file."""
        return self.old.line

    def apply(self, policy: Policy) -> Policy:
        """The policy with this change."""
        return policy.model_copy(
            update={
                "rules": tuple(self._kept(policy.rules)),
                "alternatives": tuple(self._kept(policy.alternatives)),
            }
        )

    def _kept(self, parts: tuple[Rule, ...] | tuple[Alternative, ...]) -> Iterator[Rule | Alternative]:
        for part in parts:
            kept = self.new if part is self.old else part
            if kept is not None:
                yield kept


def mutants(policy: Policy) -> tuple[Mutant, ...]:
    """Every change, by rule in file order, then by alternative."""
    rules = (mutant for rule in policy.rules for mutant in _of_rule(rule))
    return (*rules, *(mutant for alternative in policy.alternatives for mutant in _of_alternative(alternative)))


def _of_rule(rule: Rule) -> Iterator[Mutant]:
    yield Mutant("the rule is dropped", rule, None)
    for words, cells in _changed(rule.when):
        yield Mutant(words, rule, rule.model_copy(update={"when": cells}))
    for words, boxes in _of_boxes(rule.any_, "case"):
        if boxes:
            yield Mutant(words, rule, rule.model_copy(update={"any_": boxes}))
    for words, boxes in _of_boxes(rule.unless, "exception"):
        yield Mutant(words, rule, rule.model_copy(update={"unless": boxes}))
    yield from _of_outcome(rule)


def _of_boxes(boxes: tuple[Cells, ...], what: str) -> Iterator[tuple[str, tuple[Cells, ...]]]:
    """Without one of the boxes, or with one of them changed."""
    for number, box in enumerate(boxes):
        before, after = boxes[:number], boxes[number + 1 :]
        yield f"without the {what} '{_told(box)}'", (*before, *after)
        for words, cells in _changed(box):
            if cells:
                yield f"{what}: {words}", (*before, cells, *after)


def _of_outcome(rule: Rule) -> Iterator[Mutant]:
    place = _DECISIONS.index(rule.decide)
    for decide in (*_DECISIONS[max(0, place - 1) : place], *_DECISIONS[place + 1 : place + 2]):
        yield Mutant(f"it decides {decide} instead of {rule.decide}", rule, rule.model_copy(update={"decide": decide}))
    for word in IfUnknown:
        if word is not rule.if_unknown:
            yield Mutant(
                f"'if_unknown' is {word} instead of {rule.if_unknown}",
                rule,
                rule.model_copy(update={"if_unknown": word}),
            )
    if rule.from_:
        yield Mutant(f"without 'from: {rule.from_}'", rule, rule.model_copy(update={"from_": None}))
    if rule.until:
        yield Mutant(f"without 'until: {rule.until}'", rule, rule.model_copy(update={"until": None}))


def _of_alternative(offer: Alternative) -> Iterator[Mutant]:
    if offer.round > 1:
        return  # a row is a first answer
    for rule in offer.for_:
        left = tuple(r for r in offer.for_ if r != rule)
        words = f"no more for '{rule}'" if left else f"for any reason, not only '{rule}'"
        yield Mutant(words, offer, offer.model_copy(update={"for_": left}))
    for rule in offer.not_for:
        left = tuple(r for r in offer.not_for if r != rule)
        yield Mutant(f"even when '{rule}' fires", offer, offer.model_copy(update={"not_for": left}))
    for condition in offer.when:
        left_cells = tuple(c for c in offer.when if c is not condition)
        yield Mutant(f"without '{_told((condition,))}'", offer, offer.model_copy(update={"when": left_cells}))


def _changed(cells: Cells) -> Iterator[tuple[str, Cells]]:
    """Every change within one group of cells, in words."""
    for number, cell in enumerate(cells):
        before, after = cells[:number], cells[number + 1 :]
        for words, other in _of_cell(cell):
            yield words, (*before, other, *after)
        yield f"without '{_told((cell,))}'", (*before, *after)


def _of_cell(cell: Condition) -> Iterator[tuple[str, Condition]]:
    if cell.operator is Operator.ONE_OF:
        names = cell.words.split(", ")
        for number in range(len(cell.values)) if len(cell.values) > 1 else ():
            values = cell.values[:number] + cell.values[number + 1 :]
            yield f"without {names[number]} in '{cell.fact}'", cell.model_copy(update={"values": values})
        return
    operator = _MOVED[cell.operator]
    bare = cell.words.removeprefix(f"{cell.operator} ")
    words = bare if operator is Operator.IS else f"{operator} {bare}"
    other = cell.model_copy(update={"operator": operator, "words": words})
    yield f"'{cell.fact}: {words}' instead of '{cell.words}'", other
    if stepped := _stepped(cell):
        yield f"'{cell.fact}: {stepped.words}' instead of '{cell.words}'", stepped


def steps(policy: Policy) -> dict[str, list[Quantity]]:
    """The limits that changes move, by fact: values that a search for rows must tell apart."""
    found: dict[str, list[Quantity]] = {}
    for cell in (c for rule in policy.rules for c in rule.conditions):
        if stepped := _stepped(cell):
            found.setdefault(cell.fact, []).extend(stepped.values)
    return found


def _stepped(cell: Condition) -> Condition | None:
    """The cell with its limit a step further; None for one without a limit that can move."""
    value = _moved(cell.values[0], _STEPS[cell.operator]) if cell.operator in _STEPS else None
    if value is None:
        return None
    return cell.model_copy(update={"values": (value,), "words": f"{cell.operator} {_words(value)}", "setting": ""})


def _words(value: Quantity) -> str:
    """As a cell has it."""
    match value:
        case Money(amount=amount, currency=currency):
            return f"{amount.normalize():f} {currency or ''}".rstrip()
        case Day(day=day):
            return day.isoformat()
    return write(value, "en")


def _moved(value: Quantity, step: int) -> Quantity | None:
    match value:
        case Percent(number=number) | Duration(number=number):
            return value.model_copy(update={"number": number + step})
        case Count(number=number):
            return value.model_copy(update={"number": number + step}) if number + step >= 0 else None
        case Money(amount=amount):
            return value.model_copy(update={"amount": amount * (10 + step) / 10})
        case Day(day=day):
            return value.model_copy(update={"day": day + timedelta(step)}) if date.min < day < date.max else None
    return None


def _told(cells: Cells) -> str:
    return ", ".join(
        f"{c.fact}: [{c.words}]" if c.operator is Operator.ONE_OF else f"{c.fact}: {c.words}" for c in cells
    )
