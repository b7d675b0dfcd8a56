"""The alternatives: exactly three in a decline, permitted, of distinct kinds, told whole and in one place.

Codes: ``offers.count``, ``.not_permitted``, ``.same_kind``, ``.same_words``, ``.alike`` (a mark), ``.term_missing``,
``.term_repeated``, ``.foreign_slot``, ``.scattered`` and ``.outside``. What this leaves out: whether the wording does
the offer justice; only its terms are held.
"""

import re
from collections.abc import Iterator
from itertools import combinations, groupby

from pipeline.guard.lexicon import folded
from pipeline.guard.reading import SLOT, Filled, Line, Reading
from pipeline.types.decision import Action, Offer
from pipeline.types.verdict import Finding

_ALIKE = 0.75  # share of common words from which two offers are the same one
_SHARED = 0.65  # of an offer's own words; of 314 sound letters' offers 1 in 100 comes to 0.44
_STEM, _SHORT = 5, 3  # letters by which words are compared, and from which on
_SUITING = ("date", "day", "start", "partner")  # what a question may ask about once it is offered; no sum
_WORD = re.compile(r"[^\W\d_]{3,}")


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings; an ``ask`` has no offers, and ``backing`` says so."""
    if reading.decision.action is Action.ASK:
        return
    yield from _count(reading)
    yield from _permitted(reading)
    yield from _distinct(reading)
    for offer in reading.told_offers:
        yield from _terms(reading, offer)
    yield from _scattered(reading)
    yield from _together(reading)
    yield from _foreign(reading)
    yield from _outside(reading)


def _count(reading: Reading) -> Iterator[Finding]:
    count = len(reading.draft.offers)
    if reading.decision.action is Action.DECLINE and count != 3:  # noqa: PLR2004 - three is the product's promise
        yield reading.finding(
            "offers.count", f"Make exactly three offers, each with a backing of its own; there are {count}."
        )
    if reading.decision.action is Action.CONFIRM and count != len(reading.decision.offers):
        yield reading.finding("offers.count", "Tell the alternative that they take, and no other.")
    if reading.decision.action is Action.END and count < 1:
        yield reading.finding("offers.count", "Make at least one of the permitted offers for the wind-down.")


def _permitted(reading: Reading) -> Iterator[Finding]:
    permitted = {offer.id for offer in reading.decision.offers}
    for line in reading.lines:
        kind, name = line.backing
        if kind == "offer" and name not in permitted:
            yield reading.within(
                line,
                "offers.not_permitted",
                f"There is no offer {name[:60]!r}; choose from: {', '.join(sorted(permitted)) or 'none'}.",
            )


def _distinct(reading: Reading) -> Iterator[Finding]:
    for one, other in combinations(reading.told_offers, 2):
        if one.kind == other.kind:
            yield reading.finding(
                "offers.same_kind",
                f"Offers {one.id!r} and {other.id!r} are both of kind {one.kind!r}; take three different kinds.",
            )
        elif _alike(_words(reading, one), _words(reading, other)):
            yield reading.within(
                reading.offer_lines(other.id)[0],
                "offers.same_words",
                f"Offers {one.id!r} and {other.id!r} read as the same one; say what is different about each.",
            )
        elif _shared(reading, one, other) >= _SHARED:
            message = (
                f"Offers {one.id!r} and {other.id!r} share most of their words: a person must see that they are two."
            )
            yield reading.within(reading.offer_lines(other.id)[0], "offers.alike", message)


def _words(reading: Reading, offer: Offer) -> set[str]:
    return {
        word
        for line in reading.offer_lines(offer.id)
        for word in _WORD.findall(SLOT.sub(" ", line.sentence.template).lower())
    }


def _shared(reading: Reading, one: Offer, other: Offer) -> float:
    """The share of the shorter offer's own words, those of client and policy apart, that the other has too."""
    notes = (text for offer in (one, other) for text in offer.text.by_language.values())
    theirs = _stems(" ".join((reading.permit.mail, *reading.told_by_them, *notes)))
    mine, yours = (_stems(" ".join(_words(reading, offer))) - theirs for offer in (one, other))
    return len(mine & yours) / max(1, min(len(mine), len(yours)))


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(folded(words).text) if len(word) > _SHORT}


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _ALIKE * max(1, len(one | other))


def _terms(reading: Reading, offer: Offer) -> Iterator[Finding]:
    lines = reading.offer_lines(offer.id)
    used = {slot.name for line in lines for slot in line.slots}
    for term in offer.terms:
        name = f"offer.{offer.id}.{term.name}"
        if name not in used:
            yield reading.within(
                lines[0], "offers.term_missing", f"The offer {offer.id!r} must state {{{name}}} in its own sentences."
            )
    told = [(line, slot) for line in lines for slot in line.slots if slot.name.startswith("offer.")]
    for number, (line, slot) in enumerate(told):
        if slot.name in {earlier.name for _, earlier in told[:number]}:
            message = f"{{{slot.name}}} stands twice in its offer and may read as twice as much: state it once."
            yield reading.within(line, "offers.term_repeated", message, (slot.start, slot.end))


def _scattered(reading: Reading) -> Iterator[Finding]:
    seen: set[str] = set()
    for backing, run in groupby(reading.lines, key=lambda line: line.sentence.backing):
        first = next(run)
        if first.backing[0] == "offer" and backing in seen:
            yield reading.within(
                first,
                "offers.scattered",
                f"Tell the offer {first.backing[1][:60]!r} in sentences that follow each other.",
            )
        seen.add(backing)


def _together(reading: Reading) -> Iterator[Finding]:
    """In a decline the offers are one list."""
    runs = [kind for kind, _ in groupby(line.backing[0] for line in reading.lines)]
    if reading.decision.action is Action.DECLINE and runs.count("offer") > 1:
        yield reading.finding(
            "offers.scattered", "Tell the three offers one behind the other, with nothing between them."
        )


def _foreign(reading: Reading) -> Iterator[Finding]:
    """A term of one offer told in another sentence would promise what nobody computed."""
    for line in reading.lines:
        for slot in line.slots:
            owner = _owner(slot.name)
            if owner and line.backing != ("offer", owner) and not _asked_back(reading, line, slot):
                yield reading.within(
                    line,
                    "offers.foreign_slot",
                    f"{{{slot.name}}} belongs to one offer; use it only in a sentence backed by 'offer:{owner[:60]}'.",
                    (slot.start, slot.end),
                )


def _asked_back(reading: Reading, line: Line, slot: Filled) -> bool:
    """Whether the letter's last words ask if the day or the partner of an offer that was told would suit."""
    told = [one.number for one in reading.offer_lines(_owner(slot.name))]
    asked = line.own.rstrip().endswith("?") or reading.asks(line, slot.start, slot.end)
    behind = bool(told) and line.number > told[-1]
    return line.backing[0] == "courtesy" and behind and asked and slot.name.endswith(_SUITING)


def _owner(slot: str) -> str:
    """The offer that a slot belongs to, or an empty string."""
    return slot.removeprefix("offer.").rpartition(".")[0] if slot.startswith("offer.") else ""


def _outside(reading: Reading) -> Iterator[Finding]:
    for line, hit in reading.told("offering"):
        if line.backing[0] not in {"offer", "kept"}:
            message = "'{words}' adds an option outside the offers; back it with a permitted offer or leave it out."
            yield reading.on(line, hit, "offers.outside", message)
