"""Find a model's quote in a mail: the words must be there, only spacing, case and typographic marks may differ.

A quote that is not found is no evidence. Pure; used wherever a claim must become a fact.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

import re2

from pipeline.types.message import Message
from pipeline.types.request import Quote

# ruff: noqa: RUF001 - these marks look alike; that is why they are folded
_FOLDED = str.maketrans("‘’‚“”„«»–—", '\'\'\'"""""--')
_MARKS = re2.compile(r"\n[ \t]*>[> \t]*")
_GAP = re.compile(r"\A[\s>]+|\s*\n[\s>]*|\s{2,}|[^\S ]")  # all spacing but a single blank, marks of a quoted line too
_LIMIT = 600  # characters of a quote; longer ones are no quotes but copies


Part = Literal["body", "subject", "history"]


def find(words: str, message: Message, *, history: bool) -> Quote | None:
    """Where ``words`` stand: in the newest text, then the subject, then (if allowed) the quoted history."""
    parts: tuple[Part, ...] = ("body", "subject", "history") if history else ("body", "subject")
    return next((quote for part in parts if (quote := within(words, message, part))), None)


def within(words: str, message: Message, part: Part) -> Quote | None:
    """Where ``words`` stand in one part of the mail."""
    text: str = getattr(message, part)
    span = locate(words, text)
    return Quote(part=part, start=span[0], end=span[1], text=unmarked(text[span[0] : span[1]])) if span else None


def unmarked(words: str) -> str:
    """Words that go over several quoted lines, without the marks of those lines."""
    plain: str = _MARKS.sub("\n", words)
    return plain


def locate(words: str, text: str) -> tuple[int, int] | None:
    """Start and end of ``words`` in ``text``; None when they are not there, or are too long to be a quote."""
    wanted, _ = _folded(words.strip().strip("\"'“”„«»").strip())
    if not wanted or len(words) > _LIMIT:
        return None
    folded, places = _folded(text)
    at = folded.find(wanted)
    while at >= 0 and _inside_a_word(folded, at, at + len(wanted)):
        at = folded.find(wanted, at + 1)
    if at < 0:
        return None
    return places[at], places[at + len(wanted) - 1] + 1


def _inside_a_word(text: str, start: int, end: int) -> bool:
    """Whether the words begin or end within a longer word or figure: "5% off" is no quote of "25% off"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(before and (before + text[start]).isalnum()) or bool(after and (text[end - 1] + after).isalnum())


@lru_cache(maxsize=64)  # every quote of a mail is sought in the same few texts
def _folded(text: str) -> tuple[str, list[int]]:
    """The text with spacing, case and marks folded, and for each character its place in the original.

    The marks of a quoted line count as spacing, so that words go on from one such line to the next.
    """
    out: list[str] = []
    places: list[int] = []
    at = 0
    for gap in _GAP.finditer(text):
        _fold(text[at : gap.start()], at, out, places)
        if places:  # none at the beginning
            out.append(" ")
            places.append(gap.start())
        at = gap.end()
    _fold(text[at:], at, out, places)
    return "".join(out), places


def _fold(piece: str, at: int, out: list[str], places: list[int]) -> None:
    """A piece of the text that begins ``at`` a place, without any spacing but single blanks."""
    piece = piece.translate(_FOLDED)
    chars = [piece.lower()] if piece.isascii() else list(map(_folded_char, piece))
    out += chars
    if sum(map(len, chars)) == len(piece):
        places.extend(range(at, at + len(piece)))
    else:
        places.extend(place for place, char in enumerate(chars, at) for _ in char)


@lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    return char.lower() if char.isascii() else unicodedata.normalize("NFKC", char).casefold()
