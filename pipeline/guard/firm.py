"""Firmness: the sentence that refuses stays a refusal to its end, and no reason makes it one for the moment only.

Codes: ``stance.soft_accept`` (a refusal that turns: "we can't, though …") and ``stance.false_hope`` ("not for now").
Found by small words beside the refusal, not by what is refused. What this leaves out: a turn without such a word.
"""

from collections.abc import Iterator

from pipeline.guard.lexicon import Hit, Lexicon, anywhere
from pipeline.guard.reading import Line, Reading
from pipeline.guard.stance import refuses
from pipeline.types.decision import Action
from pipeline.types.verdict import Finding


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings; only a decline has a no to keep."""
    if reading.decision.action is not Action.DECLINE:
        return
    waits = anywhere("condition", reading.said_by_us)
    for line in reading.lines:
        if line.backing[0] in {"ask", "rule"} and refuses(line, reading.lexicon):
            for hit in reading.lexicon.find("for_now", line.own) if not waits else ():
                message = "'{words}' leaves the no open: don't hint at a later yes."
                yield reading.on(line, hit, "stance.false_hope", message)
        if line.backing[0] == "ask":
            for hit in _turns(reading.lexicon, line):
                message = "'{words}' takes the no back: say plainly what you do and don't do."
                yield reading.on(line, hit, "stance.soft_accept", message)


def _turns(words: Lexicon, line: Line) -> Iterator[Hit]:
    """Where a sentence that has refused goes on to something that is no refusal."""
    spared = [*words.find("spared", line.own)]
    for hit in words.find("turns", line.own):
        if any(one.start <= hit.start < one.end for one in spared):
            continue
        if words.has("refusal", line.own[: hit.start]) and not words.has("refusal", line.own[hit.end :]):
            yield hit
