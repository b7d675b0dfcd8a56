"""The decision: all rules over all asks, collected, then one fixed rank. Same facts, same policy, same day: same bytes.

The order of rules picks only which reason is told first. Nothing here reads a clock, a file or a model.
"""

from datetime import date, timedelta
from decimal import Decimal

from pipeline.policy.evaluate import trace, words
from pipeline.policy.facts import BY_NAME, Owner
from pipeline.policy.offers import SLOT, THREE, menu, terms_of
from pipeline.policy.resolve import Facts, Resolved, resolve
from pipeline.types.business import Business
from pipeline.types.decision import Action, AskDecision, Decision, Question, Reason, Result, RuleTrace
from pipeline.types.message import Message
from pipeline.types.policy import IfUnknown, Rule
from pipeline.types.quantities import Day, Duration
from pipeline.types.request import Request, State

STALE = "stale"
"""The code of a mail whose every deadline has long passed: a draft about a day long gone is noise."""

_PATIENCE = 14  # days behind a deadline, unless the policy's setting ``stale_after`` says otherwise
_DAYS: dict[str, Decimal | int] = {
    "hours": Decimal(1) / 24,
    "days": 1,
    "working_days": 1,
    "weeks": 7,
    "months": 30,
    "years": 365,
}


def decide(message: Message, request: Request, business: Business, today: date) -> Decision:
    """What to do with this mail, and every reason for it."""
    if request.cannot_tell:
        return Decision(
            action=Action.ESCALATE, code="cannot_tell", private=(request.cannot_tell,), policy=business.policy.hash
        )
    resolved = resolve(message, request, business, today)
    asks = tuple(_ask(number, facts, resolved, business) for number, facts in resolved.asks.items())
    if not request.asks and asks[0].action is Action.ACCEPT:
        return Decision(action=Action.SKIP, code="no_ask", asks=asks, policy=business.policy.hash)
    action = max((a.action for a in asks), key=lambda a: a.rank)
    if action.rank <= Action.DECLINE.rank and (gone := _gone(message, resolved, business)):
        note = f"wanted by {gone.isoformat()}, a day long gone"
        return Decision(action=Action.SKIP, code=STALE, asks=asks, private=(note,), policy=business.policy.hash)
    return _offered(_told(action, asks, resolved, business), resolved, business)


def _gone(message: Message, resolved: Resolved, business: Business) -> date | None:
    """The last day that anything was wanted by, if that is long past; None if any is not, or none is known.

    A day that was already past when the client wrote is no deadline that a draft would come too late for.
    """
    facts = (ask.get("deadline") for ask in resolved.asks.values())
    days = [fact.value.day for fact in facts if fact and isinstance(fact.value, Day)]
    after = business.policy.settings.get("stale_after")
    patience = int(after.number * _DAYS[after.unit]) if isinstance(after, Duration) else _PATIENCE
    written = message.sent.date() if message.sent else None
    if not days or (written and min(days) < written):
        return None
    return max(days) if resolved.day0.today - max(days) > timedelta(patience) else None


def _ask(number: int, facts: Facts, resolved: Resolved, business: Business) -> AskDecision:
    rules = business.policy.rules
    traces = tuple(trace(rule, facts, resolved.dormant, resolved.day0.today) for rule in rules)
    fired = [r for r, t in zip(rules, traces, strict=True) if t.result is Result.FIRED]
    unknown = [r for r, t in zip(rules, traces, strict=True) if t.result is Result.UNKNOWN]
    low = max((r.decide for r in fired), key=lambda a: a.rank, default=Action.ACCEPT)
    action = low if low.rank >= Action.DECLINE.rank else _doubtful(low, unknown, facts)
    return AskDecision(
        ask=number,
        action=action,
        lead=next((r.id for r in fired if r.decide is action), ""),
        fired=tuple(r.id for r in fired),
        unknown=tuple(r.id for r in unknown),
        facts=tuple(f for f in facts.values() if f.state is not State.ABSENT),
        trace=traces,
    )


def _doubtful(low: Action, unknown: list[Rule], facts: Facts) -> Action:
    """With nothing sure against it: what the rules that could not be read make of the ask."""
    mattering = [r for r in unknown if _would_outrank(r, low)]
    if not mattering:
        return low
    askable = all(r.if_unknown is IfUnknown.ASK and _askable(r, facts) for r in mattering)
    return Action.ASK if askable else Action.ESCALATE


def _unknown_facts(rule: Rule, facts: Facts) -> list[str]:
    return [c.fact for c in rule.conditions if facts[c.fact].state is State.UNKNOWN]


def _askable(rule: Rule, facts: Facts) -> bool:
    """Only what the client can know is asked: never their tier, never whether they threatened us."""
    specs = [BY_NAME[name] for name in _unknown_facts(rule, facts)]
    return all(spec.owner is Owner.CLIENT and spec.question for spec in specs)


def _told(action: Action, asks: tuple[AskDecision, ...], resolved: Resolved, business: Business) -> Decision:
    """The decision with its reasons and questions, still without offers."""
    lead = next(a for a in asks if a.action is action)
    return Decision(
        action=action,
        code=lead.lead or ("no_objection" if action is Action.ACCEPT else "unknown_fact"),
        asks=asks,
        reasons=_reasons(asks, resolved, business),
        private=_private(asks, resolved, business),
        questions=_questions(asks, resolved, business),
        doubts=_doubts(action, asks, business),
        facts=tuple(f for f in resolved.asks[lead.ask].values() if f.state is not State.ABSENT),
        policy=business.policy.hash,
    )


def _doubts(action: Action, asks: tuple[AskDecision, ...], business: Business) -> tuple[str, ...]:
    unread = {rule for ask in asks for rule in ask.unknown}
    return tuple(rule.id for rule in business.policy.rules if rule.id in unread and _would_outrank(rule, action))


def _would_outrank(unread: Rule, action: Action) -> bool:
    """Whether a rule that could not be read matters beside ``action``."""
    return unread.decide.rank > action.rank and unread.if_unknown is not IfUnknown.IGNORE


def _reasons(asks: tuple[AskDecision, ...], resolved: Resolved, business: Business) -> tuple[Reason, ...]:
    """The one reason told for each refused ask: its lead, in file order. Others that fired stay in the trace."""
    refused = [a for a in asks if a.action in {Action.DECLINE, Action.END}]
    reasons = []
    for rule in business.policy.rules:
        hit = tuple(a.ask for a in refused if rule.id == a.lead)
        if hit and rule.public:
            terms = terms_of(rule.public, resolved.asks[hit[0]], business, resolved.day0)
            if terms is not None:
                reasons.append(Reason(rule=rule.id, text=rule.public, terms=terms, asks=hit))
    return tuple(reasons)


def _private(asks: tuple[AskDecision, ...], resolved: Resolved, business: Business) -> tuple[str, ...]:
    """What only the reviewer reads, with values filled in."""
    lines = []
    for rule in business.policy.rules:
        ask = next((a for a in asks if rule.id in a.fired), None)
        if rule.private and ask:
            facts = resolved.asks[ask.ask]
            lines.append(_filled(rule.private, facts))
    return tuple(lines)


def _filled(text: str, facts: Facts) -> str:
    return SLOT.sub(lambda m: words(facts[m[1]]) if m[1] in facts else m[0], text)


def _questions(asks: tuple[AskDecision, ...], resolved: Resolved, business: Business) -> tuple[Question, ...]:
    """What must be asked: facts of fired ask rules, and unknown facts that would decide."""
    rules = {r.id: r for r in business.policy.rules}
    found: dict[str, Question] = {}
    for ask in asks:
        if ask.action is not Action.ASK:
            continue
        facts = resolved.asks[ask.ask]
        names = [name for t in ask.trace if t.result is Result.FIRED for name in _holding(t)]
        names += [name for rule in ask.unknown for name in _unknown_facts(rules[rule], facts)]
        for name in names:
            key = BY_NAME[name].question
            if key and key in business.policy.questions:
                found.setdefault(key, Question(id=key, text=business.policy.questions[key], ask=ask.ask))
    return tuple(found.values())


def _holding(told: RuleTrace) -> list[str]:
    return [c.fact for c in told.conditions if c.holds]


def _offered(decision: Decision, resolved: Resolved, business: Business) -> Decision:
    """Add the offers; a decline that can't offer three kinds, or give a reason, is a person's."""
    if decision.action is Action.ASK and not decision.questions:
        return decision.model_copy(update={"action": Action.ESCALATE, "code": "no_question"})
    if decision.action not in {Action.DECLINE, Action.END}:
        return decision
    offers, kinds = menu(decision.action, decision.asks, resolved.asks, business, resolved.day0)
    if decision.action is Action.DECLINE and not decision.reasons:
        return decision.model_copy(update={"action": Action.ESCALATE, "code": "no_public_reason"})
    if decision.action is Action.DECLINE and kinds < THREE:
        return decision.model_copy(update={"action": Action.ESCALATE, "code": "too_few_offers", "offers": offers})
    return decision.model_copy(update={"offers": offers})
