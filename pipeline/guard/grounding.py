"""Grounding: every figure, date, amount, share and address comes from a slot that code filled.

Codes: ``grounding.rendering``, ``.unknown_slot``, ``.outside_slot``, ``.unquoted``, ``.client_words`` and the
mark ``.vague_figure`` over what the model wrote;
``grounding.figure`` and ``.contact`` over the finished body, read again from scratch. What this leaves out: whether the
right slot was taken for the thought; the offers' own module holds each offer to its own slots.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import re2

from pipeline.guard.lexicon import folded, languages, lexicon
from pipeline.guard.reading import SLOT, Line, Reading
from pipeline.types.verdict import Finding, Severity
from pipeline.values.scan import Found, contacts, scan

_SYMBOL = re2.compile(r"[\pN\p{Sc}%‰@§#]+")
_MARKER = re2.compile(r"(?m)^[1-9]\. ")
_QUOTES = "\"'“”„‟\u2018\u2019\u201a«»\u2039\u203a"
_CLEAR = {"day", "duration", "money", "percent"}  # kinds that mean the same in a text of another language
_VOWS = ("acceptance", "commitment", "gift", "guarantee")
_MOST_WORDS = 8  # of the client's that may stand without quotation marks
_BESIDE = 2  # characters between a number word and the slot it would change


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings; a place is reported once."""
    told: set[tuple[int, int]] = set()
    for finding in (*_written(reading), *_rendered(reading)):
        place = (finding.start, finding.end)
        if place == (0, 0) or place not in told:
            yield finding
        told.add(place)


def _written(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        yield from _slots(reading, line)
        if line.intact:
            yield from _outside(reading, line)
            yield from _beside(reading, line)
            yield from _in_words(reading, line)
            yield from _clients_words(reading, line)
            yield from _unquoted(reading, line)
        else:
            message = "The finished sentence is not its template with the slots filled: write it again."
            yield reading.within(line, "grounding.rendering", message)


def _slots(reading: Reading, line: Line) -> Iterator[Finding]:
    for slot in line.slots:
        if slot.name not in reading.permit.slots:
            message = f"There is no slot {{{slot.name[:60]}}}; use only the slots you were given."
            yield reading.within(line, "grounding.unknown_slot", message, (slot.start, slot.end))
    if {"{", "}"} & set(SLOT.sub("", line.sentence.template)):
        yield reading.within(line, "grounding.unknown_slot", "A brace is left over: write slots as {name}.")


def _outside(reading: Reading, line: Line) -> Iterator[Finding]:
    """Values in the model's own words."""
    places = [match.span() for match in _SYMBOL.finditer(line.own)]
    places += [(found.start, found.end) for found in (*_scan(reading, line.own), *_contacts(line.own))]
    for start, end in _apart(places):
        words = line.own[start:end][:60]
        message = f"'{words}' stands outside a slot: use the slot that holds this value, or say it without a value."
        yield reading.within(line, "grounding.outside_slot", message, (start, end))


def _beside(reading: Reading, line: Line) -> Iterator[Finding]:
    """A number word right before or behind a slot changes its value."""
    for hit in reading.lexicon.find("number", line.own):
        if any(0 <= s.start - hit.end <= _BESIDE or 0 <= hit.start - s.end <= _BESIDE for s in line.slots):
            message = "'{words}' beside a slot changes its value: let the slot stand alone."
            yield reading.on(line, hit, "grounding.outside_slot", message)


def _in_words(reading: Reading, line: Line) -> Iterator[Finding]:
    """Shares, multiples, feasts and vague times; what ordinary prose says too is only marked."""
    quoted = [folded(ask.quote.text).text for ask in reading.request.asks]
    for hit in reading.said("figure", line):
        yield reading.on(line, hit, "grounding.outside_slot", "'{words}' is a figure: use a slot, or leave it out.")
    for hit in reading.said("maybe_figure", line):
        if not any(hit.words.split()[-1] in words for words in quoted):
            message = "'{words}' may promise a time or an amount that the decision does not give."
            yield reading.on(line, hit, "grounding.vague_figure", message, severity=Severity.MARK)
    for language in languages():
        for found in _values(line.own, language, reading.permit.today):
            told = found.kind in _CLEAR and " " in found.text.strip()
            if told and not any(f.start <= found.start < f.end for f in _scan(reading, line.own)):
                message = f"'{found.text[:60]}' stands outside a slot: use the slot that holds this value."
                yield reading.within(line, "grounding.outside_slot", message, (found.start, found.end))


def _clients_words(reading: Reading, line: Line) -> Iterator[Finding]:
    """What the client wrote, filled in without quotation marks, may not accept or promise in our name."""
    for slot in line.slots:
        words = line.sentence.text[slot.start : slot.end]
        if not slot.name.startswith("ask.") or slot.name.endswith("quote"):
            continue
        if any(lexicon(code).has(group, words) for code in languages() for group in _VOWS):
            message = f"{{{slot.name}}} holds words of the client that promise something: leave it out."
            yield reading.within(line, "grounding.client_words", message, (slot.start, slot.end))


def _unquoted(reading: Reading, line: Line) -> Iterator[Finding]:
    """The client's words must not read as ours."""
    text = line.sentence.text
    for slot in line.slots:
        words = text[slot.start : slot.end]
        before = words[:1] + text[max(0, slot.start - 1) : slot.start]
        behind = words[-1:] + text[slot.end : slot.end + 2]
        long = slot.name.startswith("ask.") and len(words.split()) > _MOST_WORDS
        if (slot.name.endswith("quote") or long) and not (set(before) & set(_QUOTES) and set(behind) & set(_QUOTES)):
            message = f'{{{slot.name}}} holds the client\'s words: put it in quotation marks ("{{{slot.name}}}").'
            yield reading.within(line, "grounding.unquoted", message, (slot.start, slot.end))


def _rendered(reading: Reading) -> Iterator[Finding]:
    """The finished text, as a stranger would read it."""
    body = _MARKER.sub("   ", reading.draft.body)
    named = list(_named(reading, body))
    filled = [(start, end) for start, end, _ in reading.filled()]
    for found in _scan(reading, body):
        place = (found.start, found.end)
        if found.value not in reading.permit.values and not _in(place, filled) and not _in(place, named):
            message = f"'{found.text[:60]}' is no value of this decision: leave it out or use its slot."
            yield reading.finding("grounding.figure", message, place)
    ours = [(start, end) for start, end, name in reading.filled() if not name.startswith(("ask.", "aim"))]
    for found in _contacts(body):
        if not _in((found.start, found.end), ours + named):
            message = f"'{found.text[:60]}' is an address or number that the decision does not give: leave it out."
            yield reading.finding("grounding.contact", message, (found.start, found.end))


@lru_cache(maxsize=512)  # a repaired draft repeats most of its sentences
def _values(text: str, language: str, today: date) -> tuple[Found, ...]:
    return scan(text, language, today)


@lru_cache(maxsize=512)
def _contacts(text: str) -> tuple[Found, ...]:
    return contacts(text)


def _scan(reading: Reading, text: str) -> tuple[Found, ...]:
    return _values(text, reading.permit.language, reading.permit.today)


def _named(reading: Reading, body: str) -> Iterator[tuple[int, int]]:
    """Where a permitted name stands, e.g. the signature with its telephone number."""
    text = folded(body)
    for name in reading.permit.names:
        words = folded(name).text
        start = text.text.find(words) if words.strip() else -1
        while start >= 0:
            yield text.span(start, start + len(words))
            start = text.text.find(words, start + len(words))


def _in(place: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in spans)


def _apart(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places without those that lie in one already told, the widest first at each start."""
    last = -1
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= last:
            yield start, end
            last = end
