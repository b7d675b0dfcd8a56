"""Promises: our word, gifts and assurances stand only where an offer or a kept ask gives them.

Codes: ``promise.commitment`` and ``promise.client_figure`` (the client's own figure, told as if it were granted).
A sentence that negates the promise passes. What this leaves out: promises in words that no lexicon holds.
"""

import re
from collections.abc import Iterator

from pipeline.guard.lexicon import Lexicon, folded
from pipeline.guard.reading import Line, Reading
from pipeline.types.verdict import Finding

# Slots of the client's wishes, by the end of their name. A grant beside one of them would grant the wish.
_WISHES = ("amount", "discount", "discount_asked", "payment_term", "price_cut", "price_wanted")
_WISHED_DAY = "deadline"  # may stand in an offer: "instead of Friday we can …"


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    for line in reading.lines:
        yield from _commitments(reading, line)
        yield from _granted_wishes(reading, line)


def _groups(line: Line) -> tuple[str, ...]:
    """What this sentence may not say: everything outside offers and kept asks, least where we grant."""
    match line.backing[0]:
        case "offer":
            return ("guarantee", "gift")
        case "kept":
            return ("guarantee",)
        case _:
            return ("guarantee", "gift", "commitment")


def _commitments(reading: Reading, line: Line) -> Iterator[Finding]:
    for group in _groups(line):
        for hit in reading.said(group, line):
            message = "'{words}' promises what the decision does not give: leave it out."
            yield reading.on(line, hit, "promise.commitment", message)


def _granted_wishes(reading: Reading, line: Line) -> Iterator[Finding]:
    offered = line.backing[0] in {"offer", "kept"}
    for slot in line.slots:
        kind, _, name = slot.name.partition(".")
        wish = name.rpartition(".")[2]
        wished = wish in _WISHES or (wish == _WISHED_DAY and not offered)
        kept = line.backing == ("kept", name.partition(".")[0])
        if kind == "ask" and wished and not kept and _granted(reading.lexicon, line.own, slot.start):
            yield reading.within(
                line,
                "promise.client_figure",
                f"{{{slot.name}}} is the client's wish and reads as granted: say that it is declined, or leave it out.",
                (slot.start, slot.end),
            )


def _granted(words: Lexicon, own: str, position: int) -> bool:
    """Whether the slot's clause grants something and negates nothing, before the slot or behind it."""
    before = folded(own[:position]).text
    clause = before[max(0, words.clause(before, len(before)) - 1) :]
    behind = re.split(r"[,.;:!?]", own[position:], maxsplit=1)[0]
    return words.has("grants", clause) and not words.has("negation", f"{clause} {behind}")
