"""The reason for a decision in one sentence: which rule leads and why it and not another.

The rank accept < ask < decline < escalate < end settles what happens; the order of the file only which rule is told.
"""

from collections.abc import Iterable, Mapping

from pipeline.policy.decide import OBLIGED, STALE
from pipeline.policy.derive.ground import Facts
from pipeline.types.decision import Action, AskDecision, Decision
from pipeline.types.policy import IfUnknown, Rule
from pipeline.types.request import State

_CODES = {
    "cannot_tell": "whoever read the mail could not tell what it asks, so no rule was looked at and a person decides",
    "no_ask": "the mail asks for nothing, so there is nothing to refuse",
    STALE: "every day that anything was wanted by is long gone",
    "no_question": "something must be asked first, and there is no question for it, so a person decides",
    "no_public_reason": "it is a no, but no reason may be told to the client, so a person decides",
    OBLIGED: "what the agreement or our own mistake obliges us to do is not ours to refuse",
}


def why_mail(decision: Decision) -> str:
    """The sentence for the mail as a whole."""
    if decision.code == "too_few_offers":
        kinds = list(dict.fromkeys(o.kind for o in decision.offers))
        there = f"{len(kinds)} ({', '.join(kinds)})" if kinds else "none"
        return f"it is a no, and a no offers three kinds of alternatives; there is {there}, so a person decides"
    if decision.code in _CODES:
        return _CODES[decision.code]
    deciding = [str(a.ask) for a in decision.asks if a.action is decision.action]
    if len(decision.asks) == 1:
        return ""
    who = f"ask {deciding[0]} decides" if len(deciding) == 1 else f"asks {' and '.join(deciding)} decide"
    return f"{who}: of several asks the strongest decision holds for the mail"


def why_ask(asked: AskDecision, rules: Mapping[str, Rule], facts: Facts) -> str:
    """The sentence for one ask."""
    fired, owed = [rules[name] for name in asked.fired], facts["obliged"]
    if asked.lead:
        return _led(rules[asked.lead], fired)
    if asked.action is Action.ESCALATE and owed.state is State.UNKNOWN:
        return f"whether we owe it is not clear{f' ({owed.note})' if owed.note else ''}, so a person decides"
    refusing = next((rule for rule in fired if rule.decide in {Action.DECLINE, Action.END}), None)
    if refusing:
        clause = f" ({owed.note})" if owed.note else ""
        return f"{refusing.id} would {refusing.decide}, but we are obliged to do it{clause}"
    if asked.action is Action.ACCEPT:
        ignored = [name for name in asked.unknown if rules[name].if_unknown is IfUnknown.IGNORE]
        return "no rule fired" + (f"; {_list(ignored)} could not be read, which is ignored" if ignored else "")
    return _unsettled(asked, rules, facts)


def _led(lead: Rule, fired: list[Rule]) -> str:
    same = [rule.id for rule in fired if rule.decide is lead.decide and rule is not lead]
    weaker = [f"{rule.id} ({rule.decide})" for rule in fired if rule.decide.rank < lead.decide.rank]
    said = f"{lead.id} says {lead.decide}" + (", the strongest of what fired" if weaker else "")
    said += f", and stands before {_list(same)} in the file" if same else ""
    return said + (f"; weaker: {_list(weaker)}" if weaker else "")


def _unsettled(asked: AskDecision, rules: Mapping[str, Rule], facts: Facts) -> str:
    """Nothing sure stands against it, and a rule that might could not be read."""
    unread = [rules[name] for name in asked.unknown if rules[name].if_unknown is not IfUnknown.IGNORE]
    names = dict.fromkeys(c.fact for r in unread for c in r.conditions if facts[c.fact].state is State.UNKNOWN)
    who = "the client can tell it" if asked.action is Action.ASK else "it is not for the client to tell"
    lacking = _list(name.replace("_", " ") for name in names) or "something that can't be compared"
    return f"no rule surely refuses it, but {_list(r.id for r in unread)} might: {lacking} is unknown, and {who}"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
