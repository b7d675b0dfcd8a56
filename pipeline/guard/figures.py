"""The finished text, read again from scratch as a stranger would: each value in it stands in the slot it belongs to.

Codes: ``grounding.figure``, ``grounding.contact`` and, for values in the writer's own words,
``grounding.outside_slot``. A value counts in its role alone: a permitted price elsewhere than in its slot is a
finding, and so is one that the words around its slot change. What this leaves out: values in words that no reader of
``pipeline.values`` knows; ``grounding`` has phrases for some.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from pipeline.guard.lexicon import anywhere, folded, languages
from pipeline.guard.permit import words_of
from pipeline.guard.reading import MASK, Line, Reading
from pipeline.types.quantities import Day, Money, Quantity
from pipeline.types.verdict import Finding
from pipeline.values.scan import Found, clear, contacts, scan
from pipeline.values.text import simple

_MARKER = re.compile(r"(?m)^[1-9]\. ")
_AROUND = 20  # characters
_TOLD = {"aim", "courtesy", "question"}  # backings whose sentences may tell the client's own times
_DIGIT = re.compile(r"\d")


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    body = _MARKER.sub("   ", reading.draft.body)
    values = [
        found for found in scan(body, reading.permit.language, reading.permit.today) if not _in_role(reading, found)
    ]
    ours = [(start, end) for start, end, name in reading.filled if not name.startswith(("ask.", "aim", "accepted"))]
    reached = [found for found in contacts(body) if not _in(found, ours)]
    named = list(_named(reading, body)) if values or reached else []
    for found in values:
        if not (_in(found, named) or _prose(reading, found) or reading.in_a_word(body, found.start)):
            yield from _stray(reading, found)
    for found in reached:
        if not _in(found, named) and not _prose(reading, found) and not reading.is_mailbox(found.text):
            message = f"'{found.text[:60]}' is an address or number that the decision does not give: leave it out."
            yield reading.finding("grounding.contact", message, (found.start, found.end))
    for line, span in _foreign(reading):
        message = f"'{line.own[slice(*span)][:60]}' stands outside a slot: use the slot that holds this value."
        yield reading.within(line, "grounding.outside_slot", message, span)


@lru_cache(maxsize=1024)  # a value returns in most sentences about it
def _worth(words: str, language: str, today: date) -> tuple[Quantity | None, ...]:
    """What the values in a slot's words are worth."""
    return tuple(found.value for found in scan(words, language, today))


def _in_role(reading: Reading, found: Found) -> bool:
    """Whether the value stands in one slot, or reaches beyond it and is still worth what the slot alone is worth."""
    for start, end, name in reading.filled:
        if start <= found.start and found.end <= end:
            return True
        if start < found.end and found.start < end:
            permit = reading.permit
            worth = _worth(permit.slots[name], permit.language, permit.today)
            return found.value is not None and (found.value in worth or _names_currency(reading, found, worth))
    return False


def _names_currency(reading: Reading, found: Found, worth: tuple[Quantity | None, ...]) -> bool:
    """Whether the words behind a bare figure only say the currency in which the decision's sums are told."""
    if not isinstance(found.value, Money):
        return False
    bare = {
        value.amount for value in (*worth, *reading.permit.values) if isinstance(value, Money) and not value.currency
    }
    told = {value.currency for value in reading.permit.values if isinstance(value, Money)} - {None}
    return found.value.amount in bare and found.value.currency in told


def _prose(reading: Reading, found: Found) -> bool:
    """Words that only look like a value: "in a month when", "this may call for"."""
    if reading.draft.body[found.start : found.end][-1:].isdigit() or not anywhere("no_figure", reading.own.plain):
        return False
    around = reading.draft.body[max(0, found.start - _AROUND) : found.end + _AROUND]
    shift = max(0, found.start - _AROUND)
    hits = reading.lexicon.find("no_figure", around)
    return any(shift + hit.start <= found.start and found.end <= shift + hit.end for hit in hits)


def _is_loose(reading: Reading, found: Found) -> bool:
    """Whether the whole of it is a time that states nothing exact, such as "this year"."""
    whole = folded(found.text).text.strip()
    return any(hit.words == whole for hit in reading.lexicon.find("loose_time", whole))


def _is_vague(reading: Reading, line: Line, found: Found) -> bool:
    """Whether it states nothing exact where it stands, or is the client's own word for what they are after."""
    start, end = found.start - line.start, found.end - line.start
    named = line.backing[0] == "aim" and not _DIGIT.search(found.text)
    if named and words_of(found.text) <= words_of(reading.permit.mail):
        return not reading.lexicon.has("person_ours", line.own)
    if _is_theirs(reading, line, found):
        return True
    if _is_loose(reading, found) and (line.backing[0] in {"rule", "ask", "aim"} or reading.asks(line, start, end)):
        return True
    return _is_some_time(reading, line, found)


def _is_some_time(reading: Reading, line: Line, found: Found) -> bool:
    """Whether it is a day or a month that counts nothing: "a day when", and not "takes a day"."""
    start, end = found.start - line.start, found.end - line.start
    whole, words = folded(found.text).text.strip(), reading.lexicon
    some = any(hit.words == whole for hit in words.find("some_time", whole))
    lasting = words.has("lasting", line.own[:start]) or words.has("lasting_behind", line.own[end:])
    return some and not lasting


def _is_theirs(reading: Reading, line: Line, found: Found) -> bool:
    """Whether it is a time in the client's own words, or the unit of a sum, where the sentence grants nothing."""
    whole, mail = folded(found.text).text.strip(), folded(reading.permit.mail).text
    start = found.start - line.start
    if line.own[:start].rstrip()[-1:] == MASK and _is_loose(reading, found):
        unit = whole.split()[-1]
        return any(
            f"{per}{unit}" in mail for per in ("a ", "per ", "each ", "every ", "/", "am ", "pro ", "par ", "al ")
        )
    said = whole in mail and not _DIGIT.search(whole) and _is_wide(found)
    if not said or line.backing[0] in {"offer", "accepted"}:
        return False
    if line.backing[0] == "kept":
        return any(whole in folded(words).text for words in reading.told_by_them)
    return not any(reading.lexicon.has(group, line.own) for group in ("grants", "pledge", "gets"))


def _is_wide(found: Found) -> bool:
    """Whether it is a month or a year at least, and no day, length of time or sum."""
    if not isinstance(found.value, Day):
        return found.value is None
    return (found.value.day + timedelta(days=1)).day == 1


def _is_idle(reading: Reading, line: Line, found: Found) -> bool:
    """Whether a time says nothing of ours: what they are to tell us, or "on a day when …"."""
    if _is_loose(reading, found) and reading.asks(line, found.start - line.start, found.end - line.start):
        return True
    return line.backing[0] in {"rule", "ask", *_TOLD} and _is_some_time(reading, line, found)


def _stray(reading: Reading, found: Found) -> Iterator[Finding]:
    """A value out of its role: in the writer's words, or anywhere else."""
    words, place = found.text[:60], (found.start, found.end)
    lines = (line for line in reading.lines if line.intact and line.start >= 0)
    line = next((line for line in lines if line.start <= found.start < line.start + len(line.sentence.text)), None)
    if line and _is_idle(reading, line, found):
        return
    if line and _is_vague(reading, line, found):
        message = f"'{words}' may promise a time that the decision does not give."
        yield reading.finding("grounding.vague_figure", message, place)
    elif line:
        message = f"'{words}' stands outside a slot: use the slot that holds this value, or say it without a value."
        yield reading.finding("grounding.outside_slot", message, place)
    else:
        message = f"'{words}' is no value of this decision: leave it out or use its slot."
        yield reading.finding("grounding.figure", message, place)


def _foreign(reading: Reading) -> Iterator[tuple[Line, tuple[int, int]]]:
    """Values of several words in the writer's own words, as the languages read them that the draft is not in."""
    own = simple(reading.own.text)
    others = (code for code in languages() if code != reading.permit.language)
    for match in (match for code in others for match in clear(own.text, code)):
        line, span = reading.own.place(*own.span(match.start, match.end))
        if " " in line.own[slice(*span)].strip():
            yield line, span


def _named(reading: Reading, body: str) -> Iterator[tuple[int, int]]:
    """Where a permitted name stands, e.g. the signature with its telephone number."""
    text = folded(body)
    for name in reading.permit.names:
        words = _plain(name)
        start = text.text.find(words) if words.strip() else -1
        while start >= 0:
            yield text.span(start, start + len(words))
            start = text.text.find(words, start + len(words))


@lru_cache(maxsize=4096)  # names stay the same from draft to draft
def _plain(name: str) -> str:
    return folded(name).text


def _in(found: Found, spans: list[tuple[int, int]]) -> bool:
    return any(start <= found.start and found.end <= end for start, end in spans)
