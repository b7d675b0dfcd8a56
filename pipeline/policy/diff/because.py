"""Why a mail comes out otherwise: rules whose result changed, with the conditions that differ; what we owe; offers.

What this leaves out: rules that say the same in both, however they are worded now.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.policy.diff.difference import Because
from pipeline.policy.explain.account import Cell, RuleTold
from pipeline.policy.explain.excluded import fallen
from pipeline.policy.explain.rules import rule_told
from pipeline.policy.explain.why import why_mail
from pipeline.policy.resolve import Resolved
from pipeline.types.decision import Action, AskDecision, Decision
from pipeline.types.policy import Policy, Rule
from pipeline.types.quantities import Flag
from pipeline.types.request import Fact, State

_ABSENT = "not in the file"


class Decided(NamedTuple):
    """A decision and the facts it was made on."""

    decision: Decision
    facts: Resolved

    @property
    def policy(self) -> Policy:
        """By which it was made."""
        return self.facts.ground.business.policy


def because(before: Decided, after: Decided) -> tuple[Because, ...]:
    """What differs between two decisions on one mail: rules and duties first, then offers, else what is told of it."""
    pairs = list(zip(before.decision.asks, after.decision.asks, strict=False))
    rules = [each for old, new in pairs for each in (*_rules(before, old, after, new), *_duty(before, old, after, new))]
    one, other = ([(ask.action, ask.lead) for ask in each.decision.asks] for each in (before, after))
    passed_over = Action.SKIP in {before.decision.action, after.decision.action}  # then nothing is offered anyway
    same = one == other and not passed_over  # another reason has other offers anyway
    found = (*rules, *(_offers(before, after) if same else ()))
    return found or tuple(_told(before.decision, after.decision))


def _rules(before: Decided, old: AskDecision, after: Decided, new: AskDecision) -> Iterator[Because]:
    """Of one ask."""
    olds, news = ({rule.id: rule for rule in each.policy.rules} for each in (before, after))
    for name in dict.fromkeys((*news, *olds)):
        said, says = _said(olds.get(name), old), _said(news.get(name), new)
        if said != says and {said, says} != {_ABSENT, "not fired"}:
            one = rule_told(olds[name], old.ask, before.facts) if name in olds else None
            other = rule_told(news[name], new.ask, after.facts) if name in news else None
            yield Because(ask=new.ask, name=name, before=said, after=says, what=tuple(_what(one, other)))
    if old.lead != new.lead and set(old.fired) == set(new.fired) and old.action is new.action:
        what = ("the order of the file has changed",)
        yield Because(ask=new.ask, name=new.lead, before=f"{old.lead} led", after=f"{new.lead} leads", what=what)


def _duty(before: Decided, old: AskDecision, after: Decided, new: AskDecision) -> Iterator[Because]:
    """Whether we owe it, where that turns a no into a person's matter, or back, although the rules say the same."""
    one, other = (side.facts.asks[ask.ask]["obliged"] for side, ask in ((before, old), (after, new)))
    if old.action is new.action or (one.value, one.state) == (other.value, other.state):
        return
    notes = dict.fromkeys(note for note in (one.note, other.note) if note)
    refusing = [rule.id for rule in after.policy.rules if rule.id in new.fired and rule.decide is Action.DECLINE]
    if refusing:
        said = f"{', '.join(refusing)} would decline; what we are obliged to do goes to a person"
        yield Because(ask=new.ask, name="obliged", before=_owed(one), after=_owed(other), what=(*notes, said))


def _owed(obliged: Fact) -> str:
    if obliged.state is State.UNKNOWN:
        return "unknown"
    return "yes" if obliged.value == Flag(yes=True) else "no"


def _told(before: Decision, after: Decision) -> Iterator[Because]:
    """The code that stands for the mail as a whole, where nothing smaller says why."""
    if before.code != after.code:
        what = dict.fromkeys(said for said in map(why_mail, (before, after)) if said)
        yield Because(ask=0, name="the mail", before=before.code, after=after.code, what=tuple(what))


def _said(rule: Rule | None, ask: AskDecision) -> str:
    if rule is None:
        return _ABSENT
    result = "fired" if rule.id in ask.fired else "unknown" if rule.id in ask.unknown else ""
    return f"{result} ({rule.decide})" if result else "not fired"


def _what(one: RuleTold | None, other: RuleTold | None) -> Iterator[str]:
    """The conditions that differ; of a rule that only one file has, those that hold or are unknown."""
    if one is None or other is None:
        only = one or other
        assert only
        yield from (f"{_name(c)} is {c.value}, must be {c.must}" for c in only.conditions if c.holds is not False)
        return
    yield from dict.fromkeys(rule.note for rule in (one, other) if rule.note)
    old, new = ({(c.part, c.fact): c for c in rule.conditions} for rule in (one, other))
    for place in dict.fromkeys((*old, *new)):
        if moved := _moved(old.get(place), new.get(place)):
            yield moved


def _moved(before: Cell | None, after: Cell | None) -> str:
    if before is None or after is None:
        only, when = (after, "now") if after else (before, "no longer")
        assert only
        return f"{when} asks that {_name(only)} be {only.must}; it is {only.value}"
    if (before.must, before.value) == (after.must, after.value):
        return ""
    value = after.value if before.value == after.value else f"{after.value} (was {before.value})"
    must = after.must if before.must == after.must else f"{after.must} (was {before.must})"
    return f"{_name(after)} is {value}, must be {must}"


def _name(cell: Cell) -> str:
    return cell.fact.replace("_", " ")


def _offers(before: Decided, after: Decided) -> Iterator[Because]:
    """Alternatives that only one side offers, with the reason why the other does not."""
    offered, ours = ({o.id: o for o in each.decision.offers} for each in (before, after))
    for name in [name for name in offered if name not in ours]:
        yield Because(
            ask=offered[name].asks[0], name=name, before="offered", after="not offered", what=_why(name, after)
        )
    for name in [name for name in ours if name not in offered]:
        yield Because(ask=ours[name].asks[0], name=name, before="not offered", after="offered", what=_why(name, before))


def _why(name: str, side: Decided) -> tuple[str, ...]:
    known = next((a for a in side.policy.alternatives if a.id == name), None)
    told = known and fallen(known, side.decision.action, side.decision.asks, side.facts)
    return told.because if told else (_ABSENT,)
