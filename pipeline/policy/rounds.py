"""The second round: what becomes of a decision when the mail answers an earlier no of ours.

What was asked stands (``standing``), so the policy decides the same unless a fact is new, and a new fact is decided
whole. Pressure alone moves nothing: it unlocks what the policy keeps for that round, and the third round is a person's.
An offer that they take is confirmed as it was made, or by a person. A no that only the mail tells of, quoted history
included, can make us stricter and never gives more. Left out: finding our earlier outcome, and wording.
"""

from datetime import date
from typing import NamedTuple

from pipeline.policy.decide import STALE, decide
from pipeline.policy.derive.ground import says_yes
from pipeline.policy.finality import gives_up, ultimatum
from pipeline.policy.standing import TAKING, concerns, news, standing
from pipeline.policy.taken import lapsed, taken
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision, Offer
from pipeline.types.earlier import Earlier
from pipeline.types.message import Message
from pipeline.types.quantities import Count
from pipeline.types.replies import MailFact
from pipeline.types.request import Request, Resistance

THREATENED, THIRD, LAPSED, UNCLEAR = "threatened", "third_round", "offer_lapsed", "offer_unclear"
"""Codes of what a person decides in a later round."""
CLAIMED, UNRECORDED = "new_claim", "no_record"
"""What they say is new and no fact covers; a yes that would rest on a no of which we have no record."""
MISREAD = "misunderstood"
"""They say that our no was about something else, and it would be no again."""
LAST_WORD, WITHDRAWN = "ultimatum", "withdrawn"
"""They leave us one way or none, and it would be no or a question again; they give it up, and nothing is asked anew."""
ENTANGLED = "offer_entangled"
"""They take an offer, and what we'd refuse may be part of it: when, or how."""
TAKEN = "offer_taken"
"""The code of a confirmation."""

_LAST = 2  # the last round that is drafted, unless the setting ``last_round`` says otherwise
_NEWS = {Resistance.NEW_INFORMATION, Resistance.MISUNDERSTANDING}


class Settled(NamedTuple):
    """The request as it now stands, and what is decided on it."""

    request: Request
    decision: Decision


def settle(message: Message, request: Request, earlier: Earlier | None, business: Business, today: date) -> Settled:
    """Decide on a mail, whichever round it is; ``earlier`` is our own no that it answers, if that is on record."""
    if not (concerns(request, earlier) if earlier else _answers_a_no(request, message)):
        return Settled(request, decide(message, request, business, today))
    number = earlier.round + 1 if earlier else 2
    stands = standing(request, earlier, message)
    # An offer kept for a later round is for those to whom we did say no, not for those who say so.
    decision = decide(message, stands, business, today, reply_round=number if earlier else 1)
    round_ = _Round(number, stands, earlier, business, news(request, earlier), gives_up(request, message))
    again = decision.model_copy(
        update={
            "round": number,
            "objection": request.objection.kind.value if request.objection else "",
            "concessions": earlier.concessions if earlier else 0,
        }
    )
    return Settled(stands, _counted(_followed(again, round_, message, today), round_))


class _Round(NamedTuple):
    """Round ``number`` of a matter; ``new`` names the facts that are new in it, ``gives_up`` that they ask no more."""

    number: int
    request: Request
    earlier: Earlier | None
    business: Business
    new: tuple[str, ...]
    gives_up: bool


def _answers_a_no(request: Request, message: Message) -> bool:
    """Whether the mail says so itself: in as many words, or by what it says to the mails that it quotes."""
    told = any(fact.name == MailFact.EARLIER_NO and says_yes(fact) for fact in request.facts)
    return told or bool(message.history and (request.objection or request.accepted))


def _followed(decision: Decision, this: _Round, message: Message, today: date) -> Decision:
    """What holds first: a threat, an end, an ultimatum, an offer taken, a matter given up, too many rounds, a claim."""
    request = this.request
    if decision.code == STALE:
        return decision
    if _threatens(request):
        return _persons(decision, THREATENED, "They threaten.")
    if decision.action is Action.END:
        return decision
    if decision.action is not Action.ACCEPT and ultimatum(request):
        return _persons(decision, LAST_WORD, "They leave us one way or none.")
    if request.accepted and decision.action.rank < Action.DECLINE.rank:
        return _confirmed(decision, this, message, today)
    if request.accepted and _entangled(decision, request):
        return _persons(decision, ENTANGLED, "They take an offer; what would be refused may belong to it.")
    if this.gives_up:
        return _persons(decision, WITHDRAWN, "They give it up: another no answers nothing.")
    if this.number > _last(this.business):
        return _persons(decision, THIRD, f"This is round {this.number} of the same matter.")
    return _doubted(decision, this)


def _threatens(request: Request) -> bool:
    said = any(fact.name == MailFact.THREAT and says_yes(fact) for fact in request.facts)
    return said or (request.objection is not None and request.objection.kind is Resistance.THREAT)


def _entangled(decision: Decision, request: Request) -> bool:
    """Whether all that is refused is nothing that anybody demands: "send me that template today"."""
    refused = {each.ask for each in decision.asks if each.action is Action.DECLINE}
    kinds = {ask.kind for ask in request.asks if ask.number in refused}
    return decision.action is Action.DECLINE and TAKING.issuperset(kinds)


def _last(business: Business) -> int:
    setting = business.policy.settings.get("last_round")
    return setting.number if isinstance(setting, Count) else _LAST


def _doubted(decision: Decision, this: _Round) -> Decision:
    """A claim never widens what is permitted, nor is one that could matter answered with the same no unseen."""
    objection = this.request.objection
    says_news = objection is not None and objection.kind in _NEWS
    if says_news and not this.new and decision.action is not Action.ASK:
        return _persons(decision, CLAIMED, "They say what no fact covers: look at our own record of it.")
    if objection and objection.kind is Resistance.MISUNDERSTANDING and decision.action is Action.DECLINE:
        return _persons(decision, MISREAD, "They say that we misunderstood: read it before they get a no again.")
    if decision.code == "no_ask" and objection:
        return _persons(decision, UNRECORDED, "They object to a no that is not on record.")
    if decision.action is Action.ACCEPT and this.earlier is None and not says_news:
        return _persons(decision, UNRECORDED, "Nothing stands against it, yet they tell of an earlier no.")
    return decision if this.new or this.earlier is None else _repeated(decision, this, this.earlier)


def _repeated(decision: Decision, this: _Round, earlier: Earlier) -> Decision:
    """The same no, with what this round unlocks first; the letter knows which offers they have seen already.

    An offer that was permitted before and not made is no concession: they may find it fits better than the three.
    """
    unlocked = _unlocked(this)
    offers = tuple(sorted(decision.offers, key=lambda o: o.id not in unlocked))
    return decision.model_copy(update={"offers": offers, "made": tuple(told.offer.id for told in earlier.told)})


def _unlocked(this: _Round) -> set[str]:
    """The alternatives that the policy keeps for this very round."""
    return {each.id for each in this.business.policy.alternatives if 1 < each.round == this.number}


def _confirmed(decision: Decision, this: _Round, message: Message, today: date) -> Decision:
    """The confirmation of the one offer that they take; of no offer at all where what we made is not on record."""
    accepted, earlier = this.request.accepted, this.earlier
    assert accepted is not None
    offers: tuple[Offer, ...] = ()
    if earlier is not None:
        offer = taken(accepted, earlier)
        if offer is None:
            return _persons(decision, UNCLEAR, "It can't be told which of our offers they take.")
        then = decide(message, earlier.request, this.business, today, reply_round=earlier.round)
        if why := lapsed(offer, then.offers, today):
            return _persons(decision, LAPSED, f"They take the offer '{offer.id}': {why}.")
        offers = (offer,)
    note = "" if earlier else "There is no record of what was offered: the draft states no figure."
    told = {"action": Action.CONFIRM, "code": TAKEN, "offers": offers, "reasons": ()}
    return decision.model_copy(update=told | {"private": (*decision.private, *filter(None, [note]))})


def _persons(decision: Decision, code: str, why: str) -> Decision:
    """A person's. A decision that is one already keeps its code."""
    if decision.action is Action.ESCALATE:
        return decision.model_copy(update={"private": (*decision.private, why)})
    told = {"action": Action.ESCALATE, "code": code, "private": (*decision.private, why), "questions": (), "offers": ()}
    return decision.model_copy(update=told)


def _counted(decision: Decision, this: _Round) -> Decision:
    """With what this round has moved: offers that it unlocked, and a yes where we had said no."""
    moved = sum(offer.id in _unlocked(this) for offer in decision.offers) + (decision.action is Action.ACCEPT)
    return decision.model_copy(update={"concessions": decision.concessions + moved})
