"""From a request to the account of its decision. It decides as ``pipeline.policy.decide`` does, and tells all of it."""

import hashlib
import json
from datetime import date

from pipeline import __version__
from pipeline.policy.decide import decide, decide_on
from pipeline.policy.explain.account import Account, AskTold, PublicText
from pipeline.policy.explain.menu import alternatives, filled
from pipeline.policy.explain.rules import missing, rules_told
from pipeline.policy.explain.why import why_ask, why_mail
from pipeline.policy.resolve import Resolved, resolve
from pipeline.types.business import Business
from pipeline.types.decision import Action, AskDecision, Decision
from pipeline.types.message import Message
from pipeline.types.request import Request, State

_ID = 16  # hex digits of a decision's id


def explain(message: Message, request: Request, business: Business, today: date) -> Account:
    """Decide on what was read of a mail, and tell why. The same arguments give the same bytes."""
    facts = resolve(message, request, business, today)
    if request.cannot_tell:
        return account(decide(message, request, business, today), facts)
    return account(decide_on(facts, message.sent.date() if message.sent else None), facts)


def account(decision: Decision, resolved: Resolved) -> Account:
    """The account of a decision that was made on these facts."""
    asks = tuple(_ask(asked, resolved) for asked in decision.asks)
    low = max((ask.low for ask in asks), key=_rank, default=decision.action)
    high = max((ask.high for ask in asks), key=_rank, default=decision.action)
    return Account(
        decision_id=_id(decision, resolved),
        policy=f"sha256:{decision.policy}",
        today=resolved.day0.today.isoformat(),
        engine=__version__,
        decision=decision.action,
        code=decision.code,
        why=why_mail(decision),
        range=(low, high),
        asks=asks,
        public=tuple(PublicText(rule=r.rule, text=filled(r.text, r.terms)) for r in decision.reasons),
        private=decision.private,
        missing=tuple(each for asked in decision.asks for each in missing(asked, resolved)),
        questions=tuple(q.text.pick("en") for q in decision.questions),
        alternatives=alternatives(decision, resolved),
    )


def _rank(action: Action) -> int:
    return action.rank


def _id(decision: Decision, resolved: Resolved) -> str:
    """Over the policy, the day and every fact that is there."""
    facts = {
        str(number): [f.model_dump(mode="json") for _, f in sorted(each.items()) if f.state is not State.ABSENT]
        for number, each in resolved.asks.items()
    }
    parts = [decision.policy, resolved.day0.today.isoformat(), resolved.request.cannot_tell, facts]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:_ID]


def _ask(asked: AskDecision, resolved: Resolved) -> AskTold:
    facts, policy = resolved.asks[asked.ask], resolved.ground.business.policy
    rules = {rule.id: rule for rule in policy.rules}
    known = {ask.number: ask for ask in resolved.request.asks}
    ask = known.get(asked.ask)
    low = max((rules[name].decide for name in asked.fired), key=_rank, default=Action.ACCEPT)
    return AskTold(
        ask=asked.ask,
        kind=ask.kind.value if ask else "",
        quote=ask.quote.text if ask else "",
        decision=asked.action,
        low=low,
        high=max((low, *(rules[name].decide for name in asked.unknown)), key=_rank),
        lead=asked.lead,
        why=why_ask(asked, rules, facts),
        fired=asked.fired,
        unknown=asked.unknown,
        rules=rules_told(asked, resolved),
    )
