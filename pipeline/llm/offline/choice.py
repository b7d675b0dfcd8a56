"""Which three offers a letter makes: of three kinds, each refused ask answered, the most definite first.

Some kinds of offer presuppose something: work under way, or a wish of a certain sort. Where the asks don't show it they
come last, and who begins a new project is never offered a part in an agreement that does not exist. What this leaves
out: whether an offer helps this client, which takes a model that reads.
"""

import hashlib
from collections.abc import Iterable

from pipeline.types.prompt import AskLine, DraftVariables, OfferLine
from pipeline.types.request import Kind

THREE = 3
_UNDER_WAY = {Kind.SCOPE_ADDITION, Kind.EXTRA_REVISIONS, Kind.IN_SCOPE_REQUEST, Kind.REFUND_OR_BLAME}
_OF_AN_AGREEMENT = {"swap", "keep", "stopgap", "leave_out"}  # only asks under way bear them out
_MEANT_FOR: dict[str, set[Kind]] = {
    "material": _UNDER_WAY,
    "next_agreement": _UNDER_WAY | {Kind.POLICY_EXCEPTION, Kind.PAYMENT_TERMS},
    "fixed_hours": {Kind.MEETING_OR_ACCESS, Kind.STAFF_OR_SUPPLIER_BURDEN},
    "share": {Kind.MEETING_OR_ACCESS, Kind.INFORMATION_REQUEST},
}
"""By kind of offer, the kinds of ask that it is of use to. Kinds that are not listed are of use to all."""
_NEXT_TIME = {"next_time", "next_agreement"}  # too late for what they ask now
_LIKE = {"paid_fix": "paid_work", "collected_round": "paid_work", "advice": "permission"}
"""Kinds that come to much the same for the client: both are told only where there is no third way."""


def three_offers(letter: DraftVariables, refused: Iterable[AskLine], seed: bytes) -> list[OfferLine]:
    """The offers in the order in which they are told; fewer only when no more kinds are left.

    Among equally definite offers ``seed`` picks, so that two letters on the same matter need not be the same.
    """
    numbers = [ask.number for ask in refused]
    ranked = sorted(_possible(letter), key=lambda offer: _rank(letter, offer, numbers, seed))
    firsts = [next((offer for offer in ranked if number in offer.for_asks), None) for number in numbers]
    queue = [offer for offer in (*firsts, *ranked) if offer]
    unlike = _first_of_each(queue, [_LIKE.get(offer.kind, offer.kind) for offer in queue])
    queue = [*unlike, *queue]
    chosen = _first_of_each(queue, [offer.kind for offer in queue])[:THREE]
    return [offer for offer in ranked if offer in chosen]


def _first_of_each(offers: list[OfferLine], kinds: list[str]) -> list[OfferLine]:
    """The first offer of each kind, in order."""
    first: dict[str, OfferLine] = {}
    for offer, kind in zip(offers, kinds, strict=True):
        first.setdefault(kind, offer)
    return list(first.values())


def _rank(
    letter: DraftVariables, offer: OfferLine, refused: list[int], seed: bytes
) -> tuple[bool, bool, int, bool, bytes]:
    """What fits, what helps now, what answers the first refusal, what states a date, a price or a name."""
    answers = next((place for place, number in enumerate(refused) if number in offer.for_asks), len(refused))
    chance = hashlib.sha256(seed + offer.id.encode()).digest()
    return not _fits(letter, offer), offer.kind in _NEXT_TIME, answers, not _definite(letter, offer), chance


def _definite(letter: DraftVariables, offer: OfferLine) -> bool:
    """Whether it states a date, a price or a name; a mere count is none."""
    return any(slot.name in offer.slots and not slot.words.isdigit() for slot in letter.slots)


def _possible(letter: DraftVariables) -> list[OfferLine]:
    new = any(ask.kind == Kind.NEW_PROJECT_INQUIRY for ask in letter.asks)
    return [offer for offer in letter.offers if not (new and offer.kind in _OF_AN_AGREEMENT)]


def _fits(letter: DraftVariables, offer: OfferLine) -> bool:
    wanted = _UNDER_WAY if offer.kind in _OF_AN_AGREEMENT else _MEANT_FOR.get(offer.kind)
    return wanted is None or any(ask.kind in wanted for ask in letter.asks)
