"""What may be said of a mail on its weighed evidence: what it asks, that it asks nothing, or that nobody can tell.

Measured on mail that no pattern was made for, a refusal that rests on few points is wrong one time in seven, and a yes
to an order two times in three. So a refusal needs much, and a yes is given to plain questions only. Left out: finding
the evidence.
"""

from pipeline.llm.offline.claims import asks_of, fact_of
from pipeline.llm.offline.evidence import Evidence
from pipeline.llm.offline.families import weights
from pipeline.llm.offline.weigh import Held, Weighed
from pipeline.types.replies import AskClaim, FactClaim

FRAMES = ("machine", "advert", "for_information")  # families that say who writes, whatever the mail says besides
MEASURED = ("discount", "payment_terms", "rush")  # families whose figures may still be within what a policy allows


def asked(body: Evidence, weighed: Weighed) -> list[AskClaim] | None:
    """What is asked, empty when nothing is, None when that can't be told."""
    threats = weighed.of("person")
    refused, missing = weighed.of("refuse"), weighed.of("ask")
    if threats:
        return asks_of(threats, body, weighed)
    if weighed.of("nothing") and (verdict := _nothing_asked(weighed)) is not None:
        return [] if verdict else None
    open_ = sum(h.points for h in missing)
    if refused and _sure(refused, body, weighed) and (not missing or weighed.refusable > open_ + weights().bar):
        return asks_of((*refused, *weighed.of("routine")), body, weighed)
    if missing and not weighed.traces("refuse"):
        return asks_of(missing, body, weighed)
    if weighed.of("routine") and _harmless(weighed):
        return asks_of(weighed.of("routine"), body, weighed)
    return None


def told(body: Evidence, history: Evidence, weighed: Weighed) -> list[FactClaim]:
    """The facts of the whole mail."""
    return [fact_of(held, body, history) for held in weighed.whole]


def _nothing_asked(weighed: Weighed) -> bool | None:
    """Whether nobody waits for an answer; None when it is a request like any other, False when that can't be told."""
    framed = sum(h.points for h in weighed.of("nothing") if h.family.name in FRAMES)
    against = max((h.points for h in weighed.traces("refuse", "ask", "routine")), default=0)
    asks = weighed.asking - weighed.closing
    if framed > against and (framed >= weights().frame or not asks):
        return True
    if framed:
        return None if against >= 2 * framed else False
    return True if not asks and not against else None


def _sure(refused: tuple[Held, ...], body: Evidence, weighed: Weighed) -> bool:
    """Whether a refusal may stand on this: a plain figure and nothing else, or much evidence."""
    measured = [h for h in refused if h.family.name in MEASURED]
    if len(measured) < len(refused):
        return weighed.refusable >= weights().enough
    hurried = bool(body.marks["near"]) and measured[0].family.name != "rush"  # the near day may be another ask
    alone = len(weighed.of("refuse", "ask", "routine")) == 1 and not weighed.unexplained and not hurried
    return alone and not weighed.alarms and bool(measured[0].hits[0].values or weighed.refusable >= weights().enough)


def _harmless(weighed: Weighed) -> bool:
    """Whether it is plain questions through and through: nothing pressed for, claimed or ordered."""
    ordered = any(held.family.fact for held in weighed.traces("routine"))
    return not ordered and not weighed.unexplained and not weighed.suspicious
