"""Find a model's quote in a mail: the words must be there, only spacing, case and typographic marks may differ.

A quote that is not found is no evidence. Pure; used wherever a claim must become a fact.
"""

import unicodedata
from functools import lru_cache
from typing import Literal

from pipeline.types.message import Message
from pipeline.types.request import Quote

# ruff: noqa: RUF001 - these marks look alike; that is why they are folded
_FOLDED = str.maketrans("‘’‚“”„«»–—", '\'\'\'"""""--')
_LIMIT = 600  # characters of a quote; longer ones are no quotes but copies


def find(words: str, message: Message, *, history: bool) -> Quote | None:
    """Where ``words`` stand: in the newest text, then the subject, then (if allowed) the quoted history."""
    parts: list[Literal["body", "subject", "history"]] = ["body", "subject"]
    if history:
        parts.append("history")
    for part in parts:
        text: str = getattr(message, part)
        span = locate(words, text)
        if span:
            return Quote(part=part, start=span[0], end=span[1], text=text[span[0] : span[1]])
    return None


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
    """The text with spacing, case and marks folded, and for each character its place in the original."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text.translate(_FOLDED)):
        piece = " " if char.isspace() else char.lower() if char.isascii() else _fold(char)
        if piece == " " and (not out or out[-1] == " "):
            continue
        out.extend(piece)
        places.extend([place] * len(piece))
    return "".join(out), places


def _fold(char: str) -> str:
    return unicodedata.normalize("NFKC", char).casefold()
