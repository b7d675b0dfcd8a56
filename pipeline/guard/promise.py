"""Promises: our word, gifts and assurances stand only where an offer or a kept ask gives them.

Code: ``promise.commitment``. A sentence that negates the promise passes. What this leaves out: the client's own wishes,
which ``wishes`` holds, and promises in words that no lexicon holds.
"""

from collections.abc import Iterator

from pipeline.guard.reading import Line, Reading
from pipeline.types.request import Kind
from pipeline.types.verdict import Finding


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    for line in reading.lines:
        yield from _commitments(reading, line)


_GIVING = {Kind.DISCOUNT, Kind.FREE_WORK, Kind.REFUND_OR_BLAME}  # granting such an ask is a gift


def _groups(reading: Reading, line: Line) -> tuple[str, ...]:
    """What this sentence may not say: everything outside offers and kept asks, less where we grant."""
    match line.backing[0]:
        case "kept" if any(f"{a.number}" == line.backing[1] and a.kind in _GIVING for a in reading.request.asks):
            return ("guarantee",)
        case "offer" | "kept":
            return ("guarantee", "gift")
        case _:
            return ("guarantee", "gift", "commitment")


def _commitments(reading: Reading, line: Line) -> Iterator[Finding]:
    for group in _groups(reading, line):
        for hit in reading.said(group, line):
            message = "'{words}' promises what the decision does not give: leave it out."
            yield reading.on(line, hit, "promise.commitment", message)
