"""A text as letters and digits only, with the way back; and the views of it that a simple disguise calls for.

Spacing, punctuation, case, accents, full-width and hidden characters change nothing in a squeezed text. Further
views undo percent signs of an address (``%41``), letters of other scripts that look Latin, and digits or signs that
stand for letters ("M4r|ow"). What this leaves out: encodings of a whole string, which ``privacy`` seeks from the
other side.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.guard.lexicon import folded
from pipeline.values import text

_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_ALIKE = str.maketrans(
    dict(zip("авсԁеһіјкӏмнорԛѕтухԝуαβεικνορτυχγωⅼⅰ", "abcdehijklmhopqstyxwyabeiknoptuxywli", strict=True))
)
_LEET = tuple(
    str.maketrans(dict(zip("0134578@$!|+€", f"o{one}eastb" + f"as{one}{one}te", strict=True))) for one in "li"
)  # a 1 is an l to some and an i to others
_PIECE = re.compile(r"[A-Za-z0-9]+|[^\x00-\x7f]")  # a run of plain letters and digits, or any other sign
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_DISGUISED = re.compile(r"[^\W\d_][0134578@$!|+€]|[0134578@$!|+€][^\W\d_]")


@dataclass(frozen=True)
class Squeezed:
    """A text's letters and digits: where each stood, and whether it begins or ends a word."""

    text: str
    origin: tuple[int, ...]
    edges: frozenset[int]  # positions in ``text`` at which a word begins; its length too


@lru_cache(maxsize=512)  # names stay the same from draft to draft
def squeeze(source: str) -> Squeezed:
    """Letters and digits of ``source``, folded, with the way back."""
    plain = folded(source)
    return _squeeze(plain.text, plain.starts)


def squeezed(source: str) -> str:
    """The letters and digits alone."""
    return squeeze(source).text


def views(source: str) -> Iterator[Squeezed]:
    """``source`` squeezed, then once more for each disguise that it may wear."""
    yield squeeze(source)
    if _ESCAPED.search(source):
        chars, starts = zip(*_unescaped(source), strict=True)
        yield _squeeze("".join(chars), starts)
    plain = folded(source)
    if any(char >= "\u0370" and char.isalpha() for char in plain.text):
        yield _squeeze(plain.text.translate(_ALIKE), plain.starts)
    if _DISGUISED.search(plain.text):
        yield from (_squeeze(plain.text.translate(leet), plain.starts) for leet in _LEET)


def _unescaped(source: str) -> Iterator[tuple[str, int]]:
    at = 0
    for match in _ESCAPED.finditer(source):
        yield from ((char, at + n) for n, char in enumerate(source[at : match.start()].lower()))
        yield chr(int(match.group()[1:], 16)).lower(), match.start()
        at = match.end()
    yield from ((char, at + n) for n, char in enumerate(source[at:].lower()))


def _squeeze(text: str, starts: Sequence[int]) -> Squeezed:
    letters: list[str] = []
    origin: list[int] = []
    edges: set[int] = set()
    inside, last = False, 0
    for piece in _PIECE.finditer(text):
        word, at = piece.group(), piece.start()
        inside = inside and at == last
        last = piece.end()
        if not word.isalnum():
            inside = inside and unicodedata.category(word)[0] == "M"
            continue
        if not inside:
            edges.add(len(origin))
            inside = True
        if word.isascii():
            letters.append(word)
            origin.extend(starts[at:last])
        else:
            letters.append(_bare(word))
            origin.extend([starts[at]] * len(letters[-1]))
    return Squeezed("".join(letters), tuple(origin), frozenset({*edges, len(origin)}))


def _bare(char: str) -> str:
    """A letter without its accent or stroke."""
    return "".join(filter(str.isalnum, text.bare(char).translate(_STROKED)))
