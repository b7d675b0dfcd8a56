"""Which alternatives fell away, and why: the other half of ``pipeline.policy.offers``, told in words.

It asks the same questions in the same order, so that every alternative is either offered or told here with a reason.
"""

from collections.abc import Iterable, Iterator

from pipeline.policy.evaluate import holds, words
from pipeline.policy.explain.account import Fallen
from pipeline.policy.offers import lacking, refusing, too_late
from pipeline.policy.resolve import Resolved
from pipeline.types.decision import Action, AskDecision
from pipeline.types.policy import Alternative


def excluded(
    action: Action, asks: Iterable[AskDecision], resolved: Resolved, reply_round: int = 1
) -> tuple[Fallen, ...]:
    """Every alternative that ``menu`` leaves out, in file order."""
    asks = tuple(asks)
    found = (fallen(each, action, asks, resolved, reply_round) for each in resolved.ground.business.policy.alternatives)
    return tuple(each for each in found if each)


def fallen(
    alternative: Alternative, action: Action, asks: Iterable[AskDecision], resolved: Resolved, reply_round: int = 1
) -> Fallen | None:
    """Why this one is not offered; None when it is."""
    refused = [a for a in asks if a.action is action]
    whole = tuple(_of_the_mail(alternative, action, refused, reply_round))
    each = {ask.ask: tuple(_of_the_ask(alternative, ask, resolved)) for ask in refused}
    if not whole and any(not because for because in each.values()):
        return None
    meant = action in alternative.on and any(_meant(alternative, ask) for ask in refused)
    because = (*whole, *_merged(each))
    return Fallen(id=alternative.id, kind=alternative.kind, answers=meant, because=because)


def _of_the_mail(
    alternative: Alternative, action: Action, refused: list[AskDecision], reply_round: int
) -> Iterator[str]:
    """What keeps it out of the whole reply."""
    if action not in alternative.on:
        yield f"it is meant for '{', '.join(alternative.on)}'"
    if alternative.round > reply_round:
        yield f"it is kept for round {alternative.round}"
    for rule in dict.fromkeys(rule for ask in refused for rule in ask.fired):
        if rule in alternative.not_for:
            yield f"not for: {rule}, which fired"


def _of_the_ask(alternative: Alternative, ask: AskDecision, resolved: Resolved) -> Iterator[str]:
    """What keeps it from answering this ask."""
    facts = resolved.asks[ask.ask]
    if not _meant(alternative, ask):
        yield f"it answers other reasons than {ask.lead}: {', '.join(alternative.for_)}"
        return
    unmet = [c for c in alternative.when if holds(c, facts[c.fact]) is not True]
    for cell in unmet:
        yield f"{cell.fact.replace('_', ' ')} is {words(facts[cell.fact])}, and must be {cell.words}"
    missing = () if unmet else lacking(alternative, facts, resolved)
    for name in missing:
        yield f"there is nothing to put for {{{name}}}"
    if not (unmet or missing) and (rules := refusing(alternative, ask.ask, resolved)):
        yield f"the policy would refuse it: {', '.join(rules)}"
    for name in () if missing else too_late(alternative, facts, resolved):
        yield f"{{{name}}} comes after the occasion"


def _meant(alternative: Alternative, ask: AskDecision) -> bool:
    return not alternative.for_ or ask.lead in alternative.for_


def _merged(each: dict[int, tuple[str, ...]]) -> Iterator[str]:
    """Once for all asks where it is the same for all, else ask by ask."""
    if len(set(each.values())) <= 1:
        yield from next(iter(each.values()), ())
        return
    for number, because in each.items():
        yield from (f"ask {number}: {reason}" for reason in because)
