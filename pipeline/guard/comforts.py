"""Comforts: care taken off the client's hands, help for a later day, and a second cause put beside the first.

Codes: ``promise.commitment`` and the mark ``stance.second_reason``. A comfort promises without a verb of promising:
"that is off your list", "should it ever lift, one of us comes by". What an offer's own text or the ask says may be
said. What this leaves out: comforts in other words; whether a second cause is part of the first.
"""

from collections.abc import Iterator

from pipeline.guard.lexicon import anywhere
from pipeline.guard.reading import Reading
from pipeline.types.decision import Action
from pipeline.types.verdict import Finding

_COMFORTS = ("comfort", "aftercare")


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings; a question comforts nobody."""
    if reading.decision.action is not Action.DECLINE:
        return
    said = f"{reading.said_by_us}\n{reading.said_by_them}"
    for group in _COMFORTS:
        for line, hit in reading.told(group):
            if "?" not in line.own[-2:] and not anywhere(group, said):
                message = "'{words}' promises what the decision does not give: leave it out."
                yield reading.on(line, hit, "promise.commitment", message)
    for line, hit in reading.told("besides"):
        if line.backing[0] == "rule" and not any(slot.name.startswith("rule.") for slot in line.slots):
            message = "'{words}' adds a second cause: a person must see whether the decision gives it."
            yield reading.on(line, hit, "stance.second_reason", message)
