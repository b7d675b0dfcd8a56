"""Vows: what we are going to do stands in offers and kept asks; a no, a reason and a courtesy commit us to nothing.

Code: ``promise.commitment``. Found by the shape of a sentence and not by its topic: a first person with a verb that
is none of courtesy (``courteous``), or in a future. A next step that waits for the client ("tell us which, and we'll
set it up": ``frame``) is none, nor, behind a question, the answer to come (``answers``). What this leaves
out: vows in the passive or of things, which phrases hold.
"""

from collections.abc import Iterator

from pipeline.guard.lexicon import Hit
from pipeline.guard.reading import Line, Reading
from pipeline.types.decision import Action
from pipeline.types.verdict import Finding

_GIVING = {"offer", "kept", "accepted", "question"}
_TOLD = ("soft_accept", "acceptance", "wish_met", "commitment", "gift", "guarantee", "false_hope", "admission")
_ALL = {"courtesy", "aim"}  # where every act of ours is looked at; elsewhere only the future is


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings; the winding down and a choice taken are told in the future."""
    if reading.decision.action is not Action.DECLINE:
        return
    for line in reading.lines:
        if line.backing[0] not in _GIVING and "?" not in line.own[-2:]:
            for hit in _vows(reading, line):
                message = "'{words}' promises what the decision does not give: leave it out."
                yield reading.on(line, hit, "promise.commitment", message)


def _vows(reading: Reading, line: Line) -> Iterator[Hit]:
    """What the sentence commits us to, unless a phrase has told it already."""
    words, own = reading.lexicon, line.own
    every = line.backing[0] in _ALL and not own.rstrip().endswith(":")
    groups = ["pledge", *(["acts"] if every else []), *(["gets"] if every and not words.has("recommends", own) else [])]
    found = [hit for group in groups for hit in words.affirmed(group, own, words)]
    asked = any(one.backing[0] == "question" for one in reading.lines[: line.number])
    harmless = ("courteous", "next_step", "not_commitment", *(["answers"] if asked else [])) if found else ()
    allowed = [hit for group in harmless for hit in words.find(group, own)]
    frame = min((hit.start for hit in words.find("frame", own)), default=len(own)) if every and found else len(own)
    for hit in found:
        free = hit.start >= frame or any(a.start <= hit.start < a.end for a in allowed)
        if not free and not any(True for group in _TOLD for _ in reading.said(group, line)):
            yield hit
