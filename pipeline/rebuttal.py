"""What a mail says to an earlier no of ours: whether it answers one, what it objects, which of our offers it takes.

As with all that a model claims, only words that are found count: theirs in the newest mail, ours in the history alone.
Left out: what becomes of it, which ``pipeline.policy.rounds`` decides.
"""

from typing import NamedTuple

from pipeline.quotes import find, within
from pipeline.taking import taken
from pipeline.types.message import Message
from pipeline.types.replies import AcceptedClaim, ExtractReply, MailFact, ObjectionClaim, ReadingReply
from pipeline.types.request import Accepted, Objection, Resistance

_NEWS = {Resistance.NEW_INFORMATION, Resistance.MISUNDERSTANDING}
_PRESSING = {MailFact.INSISTS, MailFact.THREAT, MailFact.ABUSE, MailFact.LEAVE_THREAT}


class Rebuttal(NamedTuple):
    """``again``: it answers what it quotes, so that what it doesn't say anew may stand in its history."""

    again: bool = False
    objection: Objection | None = None
    accepted: Accepted | None = None


def rebuttal(reply: ExtractReply, message: Message, dropped: list[str]) -> Rebuttal:
    """What the reading claims of it, as far as the words are there; what is lost goes to ``dropped``."""
    if not isinstance(reply, ReadingReply):
        return Rebuttal()
    objection = _objection(reply.objection, message, dropped) if reply.objection else None
    accepted = _accepted(reply.accepted, message, dropped) if reply.accepted else None
    if not (reply.accepted or _presses(reply)):
        accepted = taken(message)
    answers = bool(message.history and (objection or accepted))
    return Rebuttal(answers or _quotes_a_no(reply, message), objection, accepted)


def _presses(reply: ReadingReply) -> bool:
    """Whether they want more than what was offered, or want it otherwise: then code hears no acceptance by itself."""
    claims = (*reply.mail_facts, *(fact for ask in reply.asks for fact in ask.facts))
    objects = reply.objection is not None and reply.objection.kind not in _NEWS
    return objects or any(claim.name in _PRESSING for claim in claims)


def _quotes_a_no(reply: ExtractReply, message: Message) -> bool:
    claims = (*reply.mail_facts, *(fact for ask in reply.asks for fact in ask.facts))
    return any(find(c.quote, message, history=True) for c in claims if c.name is MailFact.EARLIER_NO)


def _objection(claim: ObjectionClaim, message: Message, dropped: list[str]) -> Objection | None:
    quote = find(claim.quote, message, history=False)
    if quote is None:
        dropped.append(f"objection: the words '{claim.quote[:80]}' are not in the newest mail")
        return None
    return Objection(kind=claim.kind, quote=quote)


def _accepted(claim: AcceptedClaim, message: Message, dropped: list[str]) -> Accepted | None:
    quote = find(claim.quote, message, history=False)
    if quote is None:
        dropped.append(f"accepted: the words '{claim.quote[:80]}' are not in the newest mail")
        return None
    ours = within(claim.ours, message, "history") if claim.ours else None
    if claim.ours and ours is None:
        dropped.append(f"accepted: the words '{claim.ours[:80]}' are not in the history")
    return Accepted(quote=quote, offer=claim.offer, ours=ours)
