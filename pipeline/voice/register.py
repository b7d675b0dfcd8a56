"""How a text addresses its reader: du or Sie, tu or vous, tú or usted, and in English the little that tells.

Signs are counted by the closed words of ``registers.yaml`` in one pass; what stands between quotation marks was said by
others and does not count. A hint ("Salut", "Estimada") counts where the words of address leave it open. Left out:
languages without a list, verbs whose form says nothing by itself, and irony.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.types.base import Value
from pipeline.types.records import Formality
from pipeline.yamltree import read_shipped

LONGEST = 20_000
"""Characters that are looked at; a mail is done with its address long before."""

# A word, the end of a sentence, a quotation mark, an empty line. No two begin alike, so it is one pass over any text.
_PIECE = re.compile(r'[^\W\d_]+|[.!?:"„“«»]|\n[ \t\r]*\n')
_CLOSING = {'"': '"', "„": "“”", "“": "”", "«": "»", "»": "«"}
_QUOTED = 300  # characters within which a quotation ends


class Mark(NamedTuple):
    """One word, or two, that tell; ``start`` and ``end`` are its characters in the text, as NFC writes it."""

    formality: Formality
    start: int
    end: int
    hint: bool = False


class _Words(Value):
    """One language's lists, as they stand in the file."""

    informal: tuple[str, ...]
    formal: tuple[str, ...]
    informal_hints: tuple[str, ...]
    formal_hints: tuple[str, ...]
    neither: tuple[str, ...]


class _Sign(NamedTuple):
    """What a word says; a pair that says nothing has no formality."""

    formality: Formality | None
    hint: bool


_Signs = Mapping[str, _Sign]  # by a word, or by two with a blank between


@lru_cache(maxsize=64)  # a mail's register is asked for with the prompt, and again with the letter
def register_of(text: str, language: str) -> Literal["informal", "formal", ""]:
    """Which of the two the words of address speak for, and if they speak for neither, the hints; else empty."""
    found = marks(text, language)
    for hint in (False, True):
        said = [mark.formality for mark in found if mark.hint is hint]
        informal, formal = said.count("informal"), said.count("formal")
        if informal != formal:
            return "informal" if informal > formal else "formal"
    return ""


def marks(text: str, language: str) -> tuple[Mark, ...]:
    """Every sign in its order; none of a language that has no list."""
    signs = _signs().get(language[:2])
    return tuple(_found(unicodedata.normalize("NFC", text[:LONGEST]), signs)) if signs else ()


def _found(text: str, signs: _Signs) -> Iterator[Mark]:
    passed, first = 0, True  # up to where others are quoted; whether a sentence begins
    before, place = "", 0  # the word before, and where it begins
    held: Mark | None = None  # its sign, which a pair may silence
    for piece in _PIECE.finditer(text):
        written, start = piece[0], piece.start()
        if start < passed:
            continue
        if not written[0].isalpha():
            before = ""
            first = first or written not in _CLOSING
            passed = _end_of_quotation(text, start) if written in _CLOSING else passed
            continue
        low = written.lower()
        pair = signs.get(f"{before} {low}") if before else None
        if held and not pair:
            yield held
        sign = pair or signs.get(low) or (None if first else signs.get(written))
        begin = place if pair else start
        held = Mark(sign.formality, begin, piece.end(), sign.hint) if sign and sign.formality else None
        before, place, first = low, start, False
    if held:
        yield held


def _end_of_quotation(text: str, start: int) -> int:
    """The place behind what is quoted from ``start`` on; ``start`` itself where the mark opens nothing."""
    line = text[start + 1 : start + _QUOTED].partition("\n")[0]
    places = [line.find(mark) for mark in _CLOSING[text[start]] if mark in line]
    return start + 2 + min(places) if places else start


@cache
def _signs() -> Mapping[str, _Signs]:
    tree = read_shipped(Path(__file__).with_name("registers.yaml"))
    return {language: _of(_Words.model_validate(node.plain())) for language, node in (tree.entries or {}).items()}


def _of(lists: _Words) -> _Signs:
    said: tuple[tuple[tuple[str, ...], _Sign], ...] = (
        (lists.informal, _Sign("informal", hint=False)),
        (lists.formal, _Sign("formal", hint=False)),
        (lists.informal_hints, _Sign("informal", hint=True)),
        (lists.formal_hints, _Sign("formal", hint=True)),
        (lists.neither, _Sign(None, hint=False)),
    )
    return {word: sign for words, sign in said for word in words}
