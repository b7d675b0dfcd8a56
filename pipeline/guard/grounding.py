"""Grounding of the writer's words: every figure, date, amount, share and address comes from a slot that code filled.

Codes: ``grounding.rendering``, ``.unknown_slot``, ``.outside_slot``, ``.unquoted``, ``.client_words`` and the mark
``.vague_figure``. What this leaves out: the finished body, which ``figures`` and ``names`` read again from scratch;
whether the right slot was taken for the thought; the offers' own module holds each offer to its own slots.
"""

from collections.abc import Iterator

import re2

from pipeline.guard.lexicon import anywhere, folded
from pipeline.guard.reading import SLOT, Line, Reading
from pipeline.types.quantities import Money
from pipeline.types.verdict import Finding
from pipeline.values.scan import scan

_SYMBOL = re2.compile(r"[\pN\p{Sc}%‰@§#]+")
_QUOTES = "\"'“”„‟\u2018\u2019\u201a«»\u2039\u203a"
_VOWS = ("acceptance", "commitment", "gift", "guarantee")
_MOST_WORDS = 8  # of the client's that may stand without quotation marks
_MOST_NAMING = 14  # the same, of words that only name a thing
_BESIDE = 2  # characters between a number word and the slot it would change
_BLANKS = " \u00a0\u202f.,;!?…"
_ROOM = 3  # characters around a quotation in which its marks stand


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    for line in reading.lines:
        yield from _slots(reading, line)
        if line.intact:
            yield from _clients_words(reading, line)
            yield from _unquoted(reading, line)
        else:
            message = "The finished sentence is not its template with the slots filled: write it again."
            yield reading.within(line, "grounding.rendering", message)
    yield from _symbols(reading)
    yield from _beside(reading)
    yield from _in_words(reading)
    yield from _adopted(reading)


def _slots(reading: Reading, line: Line) -> Iterator[Finding]:
    for slot in line.slots:
        if slot.name not in reading.permit.slots:
            message = f"There is no slot {{{slot.name[:60]}}}; use only the slots you were given."
            yield reading.within(line, "grounding.unknown_slot", message, (slot.start, slot.end))
    if {"{", "}"} & set(SLOT.sub("", line.sentence.template)):
        yield reading.within(line, "grounding.unknown_slot", "A brace is left over: write slots as {name}.")


def _symbols(reading: Reading) -> Iterator[Finding]:
    """Digits and signs in the writer's own words; what they are worth does not matter."""
    for match in _SYMBOL.finditer(reading.own.text):
        line, span = reading.own.place(*match.span())
        if _is_told_currency(reading, line, span) or reading.in_a_word(line.own, span[0]):
            continue
        message = f"'{match.group()[:60]}' stands outside a slot: use the slot that holds it, or say it without."
        yield reading.within(line, "grounding.outside_slot", message, span)


def _is_told_currency(reading: Reading, line: Line, span: tuple[int, int]) -> bool:
    """Whether a sign behind a slot's bare figure is that of the currency in which the decision's sums are told."""
    sums = {value.currency for value in reading.permit.values if isinstance(value, Money)} - {None}
    slot = next((s for s in line.slots if 0 <= span[0] - s.end <= 1), None)
    if slot is None or not sums:
        return False
    worth = scan(line.sentence.text[slot.start : span[1]], reading.permit.language, reading.permit.today)
    return any(isinstance(found.value, Money) and found.value.currency in sums for found in worth)


def _beside(reading: Reading) -> Iterator[Finding]:
    """A number word right before or behind a slot changes its value."""
    for line in reading.lines if anywhere("number", reading.own.plain) else ():
        for hit in reading.lexicon.find("number", line.own) if line.slots else ():
            if any(0 <= s.start - hit.end <= _BESIDE or 0 <= hit.start - s.end <= _BESIDE for s in line.slots):
                message = "'{words}' beside a slot changes its value: let the slot stand alone."
                yield reading.on(line, hit, "grounding.outside_slot", message)


def _in_words(reading: Reading) -> Iterator[Finding]:
    """Shares, multiples, feasts and vague times; what ordinary prose says too is only marked."""
    for line, hit in reading.told("figure"):
        yield reading.on(line, hit, "grounding.outside_slot", "'{words}' is a figure: use a slot, or leave it out.")
    for line, hit in reading.told("maybe_figure"):
        quoted = [folded(ask.quote.text).text for ask in reading.request.asks]
        if not any(hit.words.split()[-1] in words for words in quoted):
            message = "'{words}' may promise a time or an amount that the decision does not give."
            yield reading.on(line, hit, "grounding.vague_figure", message)


def _clients_words(reading: Reading, line: Line) -> Iterator[Finding]:
    """What the client wrote, filled in without quotation marks, may not accept or promise in our name."""
    for slot in line.slots:
        words = line.sentence.text[slot.start : slot.end]
        if not slot.name.startswith("ask.") or slot.name.endswith("quote"):
            continue
        if any(anywhere(group, folded(words).text) for group in _VOWS):
            message = f"{{{slot.name}}} holds words of the client that promise something: leave it out."
            yield reading.within(line, "grounding.client_words", message, (slot.start, slot.end))


def _adopted(reading: Reading) -> Iterator[Finding]:
    """The client's words, quoted and then taken as ours."""
    for line, hit in reading.told("adopts"):
        if any(slot.name.endswith("quote") for slot in line.slots):
            message = "'{words}' takes the client's words as ours: only say what they asked."
            yield reading.on(line, hit, "grounding.client_words", message)


def _is_plain(words: str) -> bool:
    """Whether the client's words only name a thing: few, and nobody in them says or is told anything."""
    count = len(words.split())
    spoken = anywhere("person", folded(words).text)
    return count <= _MOST_WORDS or (count <= _MOST_NAMING and not spoken and not set(words) & set(".!?;:\n") - {":"})


def _unquoted(reading: Reading, line: Line) -> Iterator[Finding]:
    """The client's words must not read as ours."""
    text = line.sentence.text
    for slot in line.slots:
        words = text[slot.start : slot.end]
        before = words[:1] + text[max(0, slot.start - _ROOM) : slot.start].rstrip()[-1:]
        behind = words[-1:] + text[slot.end : slot.end + _ROOM].lstrip(_BLANKS)[:1]
        long = slot.name.startswith("ask.") and not _is_plain(words)
        if (slot.name.endswith("quote") or long) and not (set(before) & set(_QUOTES) and set(behind) & set(_QUOTES)):
            message = f'{{{slot.name}}} holds the client\'s words: put it in quotation marks ("{{{slot.name}}}").'
            yield reading.within(line, "grounding.unquoted", message, (slot.start, slot.end))
