"""Promises: our word, gifts and assurances stand only where an offer or a kept ask gives them.

Code: ``promise.commitment``. A sentence that negates the promise passes. What this leaves out: the client's own
wishes, which ``wishes`` holds, and promises in words that no lexicon holds.
"""

from collections.abc import Iterator

from pipeline.guard.lexicon import Hit, anywhere, folded, languages, lexicon
from pipeline.guard.reading import MASK, SLOT, Line, Reading
from pipeline.types.request import Kind
from pipeline.types.verdict import Finding

_GIVING = {Kind.DISCOUNT, Kind.FREE_WORK, Kind.REFUND_OR_BLAME}  # granting such an ask is a gift


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    for group in ("guarantee", "gift", "commitment"):
        for line, hit in reading.told(group):
            if group in _forbidden(reading, line) and not (group == "gift" and _no_gift_of_ours(reading, line, hit)):
                message = "'{words}' promises what the decision does not give: leave it out."
                yield reading.on(line, hit, "promise.commitment", message)


def _forbidden(reading: Reading, line: Line) -> tuple[str, ...]:
    """What this sentence may not say: everything outside offers and kept asks, less where we grant."""
    match line.backing[0]:
        case "kept" if any(f"{a.number}" == line.backing[1] and a.kind in _GIVING for a in reading.request.asks):
            return ("guarantee",)
        case "offer" | "kept":
            return ("guarantee", "gift")
        case _:
            return ("guarantee", "gift", "commitment")


def _no_gift_of_ours(reading: Reading, line: Line, hit: Hit) -> bool:
    return _own_discount(reading, line, hit) or _theirs(reading, line, hit) or _all_free(reading, line)


def _all_free(reading: Reading, line: Line) -> bool:
    """Whether it introduces offers of which none has a price or a quote, and one is free by its own text."""
    offers = reading.told_offers
    texts = [folded(words).text for offer in offers for words in offer.text.by_language.values()]
    priced = any(offer.terms for offer in offers) or not any(anywhere("gift", words) for words in texts)
    return reading.introduces(line) and not priced


def _theirs(reading: Reading, line: Line, hit: Hit) -> bool:
    """Whether it is what the client's own affair is, in their word: "everything at the festival is free"."""
    said = any(hit.words in folded(words).text for words in (*reading.told_by_them, reading.permit.mail))
    return line.backing[0] == "aim" and said and not reading.lexicon.has("person_ours", line.own)


def _own_discount(reading: Reading, line: Line, hit: Hit) -> bool:
    """Whether the gift is a discount, in the offer whose own text gives one."""
    offers = [offer for offer in reading.decision.offers if line.backing == ("offer", offer.id)]
    texts = [SLOT.sub(MASK, words) for offer in offers for words in offer.text.by_language.values()]
    return all(
        any(lexicon(code).has("wish_discount", words) for code in languages() for words in some)
        for some in ([hit.words], texts)
    )
