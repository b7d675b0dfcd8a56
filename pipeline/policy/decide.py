"""The decision: all rules over all asks, collected, then one fixed rank. Same facts, same policy, same day: same bytes.

The order of rules picks only which reason is told first. Nothing here reads a clock, a file or a model.
"""

from datetime import date, timedelta
from decimal import Decimal

from pipeline.policy.asking import askable, questions
from pipeline.policy.derive.ground import Facts, says_yes, unclear
from pipeline.policy.evaluate import read
from pipeline.policy.offers import THREE, menu
from pipeline.policy.resolve import Resolved, resolve
from pipeline.policy.telling import private_notes, reasons
from pipeline.types.business import Business
from pipeline.types.decision import TOO_FEW, Action, AskDecision, Decision, Result
from pipeline.types.message import Message
from pipeline.types.policy import IfUnknown, Rule
from pipeline.types.quantities import Day, Duration
from pipeline.types.request import Request, State

STALE = "stale"
"""The code of a mail whose every deadline has long passed: a draft about a day long gone is noise."""

OBLIGED = "obliged"
"""The code of what the agreement, or our own mistake, obliges us to do: no rule may refuse it."""

_PATIENCE = 14  # days behind a deadline, unless the policy's setting ``stale_after`` says otherwise
_DAYS: dict[str, Decimal | int] = {
    "hours": Decimal(1) / 24,
    "days": 1,
    "working_days": 1,
    "weeks": 7,
    "months": 30,
    "years": 365,
}


def decide(message: Message, request: Request, business: Business, today: date, *, reply_round: int = 1) -> Decision:
    """What to do with this mail, and every reason for it; ``reply_round`` 2 and later unlock offers kept for them."""
    if request.cannot_tell:
        return Decision(
            action=Action.ESCALATE, code="cannot_tell", private=(request.cannot_tell,), policy=business.policy.hash
        )
    written = message.sent.date() if message.sent else None
    return decide_on(resolve(message, request, business, today), written, reply_round=reply_round)


def decide_on(resolved: Resolved, written: date | None, *, told: bool = True, reply_round: int = 1) -> Decision:
    """The decision on facts, wherever they come from; ``written`` is the day of the mail, if it has one.

    The same decision comes much sooner without being ``told``: no traces and no facts stand in it then.
    """
    business = resolved.ground.business
    asks = tuple(_ask(number, facts, resolved, told=told) for number, facts in resolved.asks.items())
    if not resolved.request.asks and asks[0].action.rank <= Action.DECLINE.rank:  # nothing to refuse
        return Decision(action=Action.SKIP, code="no_ask", asks=asks, policy=business.policy.hash)
    action = _strongest(asks, resolved)
    if action.rank <= Action.DECLINE.rank and (gone := _gone(written, resolved, business)):
        note = f"wanted by {gone.isoformat()}, a day long gone"
        return Decision(action=Action.SKIP, code=STALE, asks=asks, private=(note,), policy=business.policy.hash)
    return _offered(_told(action, asks, resolved, business), resolved, reply_round)


def _strongest(asks: tuple[AskDecision, ...], resolved: Resolved) -> Action:
    """The action of the highest rank; nothing ends for a client whom we owe what a person must look at."""
    actions = {a.action for a in asks}
    held = any(a.action is Action.ESCALATE and _owed(resolved.asks[a.ask]) for a in asks)
    return max(actions - {Action.END} if held else actions, key=lambda a: a.rank)


def _gone(written: date | None, resolved: Resolved, business: Business) -> date | None:
    """The last day that anything was wanted by, if that is long past; None if any is not, or none is known.

    A day that was already past when the client wrote is no deadline that a draft would come too late for.
    """
    facts = (ask.get("deadline") for ask in resolved.asks.values())
    days = [fact.value.day for fact in facts if fact and isinstance(fact.value, Day)]
    after = business.policy.settings.get("stale_after")
    patience = int(after.number * _DAYS[after.unit]) if isinstance(after, Duration) else _PATIENCE
    if len(days) < len(resolved.asks) or (written and min(days) < written):
        return None
    return max(days) if resolved.day0.today - max(days) > timedelta(patience) else None


def _ask(number: int, facts: Facts, resolved: Resolved, *, told: bool) -> AskDecision:
    rules, today = resolved.ground.business.policy.rules, resolved.day0.today
    reading = read(rules, facts, resolved.dormant, today)
    fired, unknown = reading.rules(Result.FIRED), reading.rules(Result.UNKNOWN)
    low = max((r.decide for r in fired), key=lambda a: a.rank, default=Action.ACCEPT)
    action = _dutiful(low if low.rank >= Action.DECLINE.rank else _doubtful(low, unknown, facts), facts)
    return AskDecision(
        ask=number,
        action=action,
        lead=next((r.id for r in fired if r.decide is action), ""),
        fired=tuple(r.id for r in fired),
        unknown=tuple(r.id for r in unknown),
        facts=tuple(f for f in facts.values() if f.state is not State.ABSENT) if told else (),
        trace=reading.traces(facts) if told else (),
    )


def _dutiful(action: Action, facts: Facts) -> Action:
    """What we owe is not ours to refuse or to end; what we may owe, by a client's word alone, nor to grant unseen."""
    settling = {Action.DECLINE, Action.END} | (set() if says_yes(facts["obliged"]) else {Action.ACCEPT})
    return Action.ESCALATE if _owed(facts) and action in settling else action


def _owed(facts: Facts) -> bool:
    return says_yes(facts["obliged"]) or unclear(facts["obliged"])


def _doubtful(low: Action, unknown: list[Rule], facts: Facts) -> Action:
    """With nothing sure against it: what the rules that could not be read make of the ask."""
    mattering = [r for r in unknown if _would_outrank(r, low)]
    if not mattering:
        return low
    can_ask = all(r.if_unknown is IfUnknown.ASK and askable(r, facts) for r in mattering)
    return Action.ASK if can_ask else Action.ESCALATE


def _told(action: Action, asks: tuple[AskDecision, ...], resolved: Resolved, business: Business) -> Decision:
    """The decision with its reasons and questions, still without offers."""
    lead = next(a for a in asks if a.action is action)
    return Decision(
        action=action,
        code=lead.lead or _code(action, resolved.asks[lead.ask]),
        asks=asks,
        reasons=reasons(asks, resolved, business),
        private=private_notes(asks, resolved, business),
        questions=questions(asks, resolved, business),
        doubts=_doubts(action, asks, business),
        facts=lead.facts,
        policy=business.policy.hash,
    )


def _code(action: Action, facts: Facts) -> str:
    """Why it is so where no rule leads."""
    if says_yes(facts["obliged"]):
        return OBLIGED
    return "no_objection" if action is Action.ACCEPT else "unknown_fact"


def _doubts(action: Action, asks: tuple[AskDecision, ...], business: Business) -> tuple[str, ...]:
    unread = {rule for ask in asks for rule in ask.unknown}
    return tuple(rule.id for rule in business.policy.rules if rule.id in unread and _would_outrank(rule, action))


def _would_outrank(unread: Rule, action: Action) -> bool:
    """Whether a rule that could not be read matters beside ``action``."""
    return unread.decide.rank > action.rank and unread.if_unknown is not IfUnknown.IGNORE


def _offered(decision: Decision, resolved: Resolved, reply_round: int) -> Decision:
    """Add the offers; a decline that can't offer three kinds, or give a reason, is a person's."""
    if decision.action is Action.ASK and not decision.questions:
        return decision.model_copy(update={"action": Action.ESCALATE, "code": "no_question"})
    if decision.action not in {Action.DECLINE, Action.END}:
        return decision
    offers, kinds = menu(decision.action, decision.asks, resolved, reply_round)
    if decision.action is Action.DECLINE and not decision.reasons:
        return decision.model_copy(update={"action": Action.ESCALATE, "code": "no_public_reason"})
    if decision.action is Action.DECLINE and kinds < THREE:
        return decision.model_copy(update={"action": Action.ESCALATE, "code": TOO_FEW, "offers": offers})
    return decision.model_copy(update={"offers": offers})
