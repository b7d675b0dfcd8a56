"""What makes a rule wrong by itself, although every word of it can be read.

The judgement that something is unreasonable is a model's alone, with no figure or record behind it: a rule may ask or
call a person on it, but never say no.
"""

from collections.abc import Iterator

from pipeline.policy.facts import BY_NAME
from pipeline.types.decision import Action
from pipeline.types.policy import Condition, Operator, Rule
from pipeline.types.quantities import Flag
from pipeline.types.replies import MailFact

_JUDGED = MailFact.UNREASONABLE.value
_WHO_AND_WHAT = frozenset({_JUDGED, "kind", "tier", "client_known"})  # always known, so no evidence of anything


def rule_faults(rule: Rule) -> Iterator[tuple[str, str]]:
    """Each fault with the key it stands under."""
    if rule.from_ and rule.until and rule.from_ > rule.until:
        yield "until", f"'until' is before 'from' ({rule.from_}), so no day is between them"
    if rule.decide in {Action.DECLINE, Action.END} and any(_bare(box) for box in _boxes(rule)):
        message = f"'{_JUDGED}' alone can't {rule.decide}: nobody could check it. Add a figure or a record, or escalate"
        yield "decide", message


def _boxes(rule: Rule) -> list[tuple[Condition, ...]]:
    return [(*rule.when, *box) for box in rule.any_ or ((),)]


def _bare(box: tuple[Condition, ...]) -> bool:
    """Whether the judgement holds up this box alone."""
    judged = any(c.fact == _JUDGED and not _quiet(c) for c in box)
    return judged and all(c.fact in _WHO_AND_WHAT or _quiet(c) for c in box)


def _quiet(cell: Condition) -> bool:
    """Whether the cell holds where nothing was said, so that it is no evidence."""
    unsaid = Flag(yes=False) if BY_NAME[cell.fact].type == "flag" else None
    if cell.operator is Operator.NOT:
        return unsaid not in cell.values
    return unsaid is not None and unsaid in cell.values
