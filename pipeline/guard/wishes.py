"""The client's own wishes: what was asked for and refused is told or declined, and never reads as granted.

Codes: ``promise.client_figure`` (a figure of a refused ask where nothing declines it) and ``promise.other_ask`` (a
kept ask's sentence that grants more than it). A negation declines only when nothing undoes it in turn: "we don't
object to" grants. What this leaves out: wishes that are no figure and grants that no lexicon holds.
"""

import re
from collections.abc import Iterator

from pipeline.guard.lexicon import Lexicon, folded, languages
from pipeline.guard.reading import MASK, Filled, Line, Reading
from pipeline.guard.stance import refuses
from pipeline.types.decision import Action
from pipeline.types.request import Kind
from pipeline.types.verdict import Finding

# Slots of the client's wishes, by the end of their name.
_WISHES = {"discount", "discount_asked", "payment_term", "price_cut", "price_wanted"}
_SUMS = {"amount", "price_offered"}  # what is at stake, or what they would pay: often only told
_WISHED_DAY = "deadline"  # a day, too, is often only told: "with print fixed for Friday"
_TOLD_IN_OFFERS = {*_SUMS, "price_wanted", _WISHED_DAY}  # "Instead of Friday we can …", "within the … you have".
_WHOLE = 7  # words of a sentence that tells a sum; "For 300, then." grants it
_GRANTABLE = {Kind.DISCOUNT, Kind.PAYMENT_TERMS, Kind.REFUND_OR_BLAME}  # kinds whose grant has words of its own
_ENDS = re.compile(r"[.;:!?]")
_IS = re.compile(r"(?i)\s*(?:is|it|are|then|will|ist|sind|gilt|est|sont|es|son|dann|alors|entonces)\b")
_STOP = re.compile(r"[,.;:!?]")


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    for line in reading.lines:
        for slot in line.slots:
            if _is_refused_wish(reading, slot) and not _harmless(reading, line, slot):
                message = (
                    f"{{{slot.name}}} is the client's wish and reads as granted: decline it there, or leave it out."
                )
                yield reading.within(line, "promise.client_figure", message, (slot.start, slot.end))
        if line.backing[0] == "kept":
            yield from _other_asks(reading, line)


def _is_refused_wish(reading: Reading, slot: Filled) -> bool:
    kind, number, name = (*slot.name.split("."), "", "")[:3]
    kept = {str(kept) for kept in reading.decision.kept}
    return kind == "ask" and number not in kept and name in {*_WISHES, *_SUMS, _WISHED_DAY}


def _harmless(reading: Reading, line: Line, slot: Filled) -> bool:
    """Whether the wish is told or declined where it stands."""
    if line.backing[0] == "kept":
        return False
    if _splits(reading, line, slot):
        return True
    words, name = reading.lexicon, slot.name.rpartition(".")[2]
    before, behind = _clause(words, line.own, slot)
    clause = f"{before}{MASK}{behind}"
    declined = any(words.has(group, clause) for group in ("negation", "declines"))
    declined = declined or _listed(words, line.own, slot) or _held(words, line.own, slot)
    told = _told(reading, line, slot)
    if words.has("double_no", clause) or (not declined and _granted(words, before, told=told)):
        return False
    loose = name == _WISHED_DAY or (line.backing[0] == "offer" and name in _TOLD_IN_OFFERS)
    loose |= reading.decision.action is Action.ASK  # a question grants nothing
    return loose or declined or told or _only_told(reading, line, name) or reading.permit.language not in languages()


def _listed(words: Lexicon, own: str, slot: Filled) -> bool:
    """Whether a refusal earlier in the sentence still reaches the slot: nothing between begins anew or grants."""
    refusals = [hit.end for hit in words.find("refusal", own[: slot.start])]
    between = own[refusals[0] : slot.start] if refusals else "."
    begun = _joined(words, between)
    anew = _ENDS.search(begun) or any(words.has(group, begun) for group in ("clause", "grants", "priced"))
    behind = _STOP.split(own[slot.end :], maxsplit=1)[0]
    return not (anew or _IS.match(behind) or words.has("grants", behind) or words.has("acceptance", MASK + behind))


def _joined(words: Lexicon, between: str) -> str:
    """Without an "and do" that the refusal of a figure reaches: "we can't take {…} off and do it for {…}"."""
    hit = next(words.find("joined", between), None) if MASK in between and "," not in between else None
    return between[: hit.start] + between[hit.end :] if hit and MASK in between[: hit.start] else between


def _held(words: Lexicon, own: str, slot: Filled) -> bool:
    """Whether one refusal holds the slot from both sides: "…, that is …, we can't give you"."""
    plain = folded(own)
    spans = (plain.span(*span) for span in words.brackets(plain.text))
    return any(start <= slot.start and slot.end <= end for start, end in spans)


def _granted(words: Lexicon, before: str, *, told: bool) -> bool:
    purposes = list(words.find("courteous", before))  # "so that we can tell you": what an answer is for
    grants = (hit for hit in words.find("grants", before) if not any(p.start <= hit.start < p.end for p in purposes))
    return any(True for _ in grants) or (words.has("priced", before) and not told)


def _only_told(reading: Reading, line: Line, name: str) -> bool:
    """A sum in a whole sentence about the ask or its reason, or in an answer that grants nothing at all."""
    about = line.backing[0] in {"rule", "ask", "aim"} or reading.decision.action is Action.ASK
    return name in _SUMS and about and len(line.sentence.template.split()) >= _WHOLE


def _splits(reading: Reading, line: Line, slot: Filled) -> bool:
    """An offer whose own text keeps to the client's sum, told as doing less or as paying in parts."""
    words, sums = reading.lexicon, slot.name.endswith(tuple(_SUMS))
    return sums and reading.allows("budget", line) and words.has("less", line.own) and not words.has("whole", line.own)


def _told(reading: Reading, line: Line, slot: Filled) -> bool:
    """Whether the sentence only says what was asked, or what it would be."""
    words = reading.lexicon
    asks = line.backing[0] == "question" and "?" in line.own
    supposed = words.has("hypothetical", line.own) and (
        words.has("negation", line.own) or words.has("declines", line.own)
    )
    fronted = words.has("fronted", line.own[: slot.start]) and refuses(line, words)
    fronted |= reading.asks(line, slot.start, slot.end)
    return asks or supposed or fronted or words.has("wished", line.own[: slot.start])


def _clause(words: Lexicon, own: str, slot: Filled) -> tuple[str, str]:
    """The slot's clause, before the slot and behind it."""
    before = folded(own[: slot.start]).text
    clause = before[max(0, words.clause(before, len(before)) - 1) :]
    return clause, _STOP.split(own[slot.end :], maxsplit=1)[0]


def _other_asks(reading: Reading, line: Line) -> Iterator[Finding]:
    """What a kept ask's sentence grants beside it."""
    kept = {ask.kind for ask in reading.request.asks if ask.number in reading.decision.kept}
    for kind in sorted(_GRANTABLE - kept):
        for hit in reading.said(f"wish_{kind}", line):
            message = "'{words}' grants what nobody granted: say here only what this ask was about."
            yield reading.on(line, hit, "promise.other_ask", message)
