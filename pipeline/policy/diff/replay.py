"""Past mails decided again under two businesses, on what was read of them then, each on the day of its own run.

No model is asked, and only what differs is told at length. What this leaves out: how texts are worded, and what a
reader would find in the mail today.
"""

from collections.abc import Iterable, Iterator

from pipeline.policy.decide import decide_on
from pipeline.policy.diff.because import Decided, because
from pipeline.policy.diff.difference import Change, Difference, Left, Side, transitions
from pipeline.policy.diff.pair import Pair
from pipeline.policy.diff.unasked import NOTE, with_unasked
from pipeline.policy.resolve import Resolved
from pipeline.types.business import Business
from pipeline.types.decision import Action, AskDecision, Decision
from pipeline.types.message import Message
from pipeline.types.past import Past
from pipeline.types.policy import Rule
from pipeline.types.request import Request


def difference(history: Iterable[Past], old: Business, new: Business) -> Difference:
    """Every mail of the history that comes out otherwise under ``new`` than under ``old``."""
    pair = Pair(old, new)
    changes: list[Change] = []
    left: list[Left] = []
    otherwise = number = 0
    for number, past in enumerate(history, 1):
        found = _replayed(number, past, pair)
        if isinstance(found, Left):
            left.append(found)
            continue
        otherwise += past.decision is not None and past.decision.policy != old.policy.hash
        if found:
            changes.append(found)
    return Difference(
        old=old.policy.hash,
        new=new.policy.hash,
        replayed=number - len(left),
        changes=tuple(changes),
        left=tuple(left),
        transitions=transitions(tuple(changes)),
        otherwise_decided=otherwise,
        remarks=tuple(pair.remarks()),
    )


def _replayed(number: int, past: Past, pair: Pair) -> Change | Left | None:
    """The change, if there is one, or why the mail can't be replayed."""
    message, request = past.message, past.request
    if message is None or request is None or request.cannot_tell:
        return Left(number=number, key=past.key, origin=past.origin, why=_unread(past))
    before, after = _sides(message, request, past, pair)
    if blind := next(_blind(after), ""):
        return Left(number=number, key=past.key, origin=past.origin, why=blind)
    one, other = _side(before.decision), _side(after.decision)
    if one == other:
        return None
    return Change(
        number=number,
        key=past.key,
        origin=past.origin,
        sender=message.sender.address,
        subject=message.subject,
        before=one,
        after=other,
        because=because(before, after),
    )


def _sides(message: Message, request: Request, past: Past, pair: Pair) -> tuple[Decided, Decided]:
    old, new = pair.facts(message, request, past)
    if missing := pair.unasked(old.ground.client, new.ground.client):
        new = with_unasked(new, missing)
    written = message.sent.date() if message.sent else None
    return Decided(decide_on(old, written, told=False), old), Decided(decide_on(new, written, told=False), new)


def _unread(past: Past) -> str:
    """Why there is nothing to replay."""
    if past.failure:
        return f"it failed then ({past.failure.stage}: {past.failure.message})"
    if past.message and past.message.skip:
        return f"it was passed over unread ({past.message.skip})"
    if past.request:
        return "it could not be understood then, so no policy decided it"
    return "nothing was read of it then"


def _blind(after: Decided) -> Iterator[str]:
    """Rules that might decide and read what was not asked for then."""
    rules = after.policy.rules
    for ask in after.decision.asks:
        fired = [rule for rule in rules if rule.id in ask.fired]
        low = max((rule.decide.rank for rule in fired), default=Action.ACCEPT.rank)
        for rule in rules:
            if rule.id in ask.unknown and rule.decide.rank >= low and (fact := _lacking(rule, ask, after.facts)):
                yield f"{rule.id} reads {fact[0]}, which {fact[1]}"


def _lacking(rule: Rule, ask: AskDecision, facts: Resolved) -> tuple[str, str] | None:
    read = facts.asks[ask.ask]
    return next(((c.fact, read[c.fact].note) for c in rule.conditions if read[c.fact].note.endswith(NOTE)), None)


def _side(decision: Decision) -> Side:
    return Side(
        action=decision.action,
        code=decision.code,
        leads=tuple(ask.lead or ask.action.value for ask in decision.asks),
        offers=tuple(sorted(offer.id for offer in decision.offers)),
        questions=tuple(question.id for question in decision.questions),
    )
