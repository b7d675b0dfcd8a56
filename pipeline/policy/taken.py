"""Which of our offers a client takes, and whether it still holds. Pure; left out: the confirmation's wording.

An offer is known by the words of ours that they quote or by its number in our letter; where the two differ, or there
is neither, nobody guesses. It holds as it was made: the terms of then, if the policy would make the same offer today.
"""

from datetime import date

from pipeline.quotes import locate
from pipeline.types.decision import Offer, Term
from pipeline.types.earlier import Earlier, Told
from pipeline.types.quantities import Day
from pipeline.types.request import Accepted


def taken(accepted: Accepted, earlier: Earlier) -> Offer | None:
    """The one offer that they take, with its terms of then; None where it can't be told."""
    named = [told for told in earlier.told if accepted.ours and _names(accepted.ours.text, told)]
    if accepted.offer is not None:
        counted = earlier.told[accepted.offer - 1 : accepted.offer] if accepted.offer > 0 else ()
        named = [told for told in counted if not accepted.ours or told in named]
    return named[0].offer if len(named) == 1 else None


def lapsed(offer: Offer, now: tuple[Offer, ...], today: date) -> str:
    """Why an offer made earlier no longer holds, beside those that may be made today; empty if it does."""
    same = next((each for each in now if each.id == offer.id), None)
    if same is None:
        return "the policy no longer permits it"
    terms = {term.name: term for term in same.terms}
    for term in offer.terms:
        if why := _gone(term, terms.get(term.name), today):
            return why
    return ""


def _gone(then: Term, now: Term | None, today: date) -> str:
    if isinstance(then.value, Day):
        if then.value.day < today:
            return f"its day {then.value.day.isoformat()} has passed"
        earliest = now.value.day if now and then.name == "earliest_date" and isinstance(now.value, Day) else None
        return f"we are free from {earliest.isoformat()} only" if earliest and then.value.day < earliest else ""
    return "" if now and now.value == then.value else f"its {then.name} is another one today"


def _names(words: str, told: Told) -> bool:
    return locate(words, told.words) is not None
