"""Privacy: no private string, in any shape that code can undo.

Code: ``privacy.private_string``. Texts are compared as letters and digits only, so spacing, punctuation, case,
full-width and hidden characters change nothing; each string is also sought reversed, in rot13, hex and base64. Of a
long private text any five words in a row count. What this leaves out: paraphrase; the first line of
defence is that the writer never sees what is private.
"""

import base64
import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.guard.lexicon import folded
from pipeline.guard.reading import Reading
from pipeline.types.decision import Text
from pipeline.types.verdict import Finding
from pipeline.values import text

_SHORTEST = 4  # letters and digits; anything shorter stands in every text
_WHOLE_WORDS = 8  # below this a match must begin and end with a word ("them any" holds no Emma)
_SHINGLE, _SHINGLE_LETTERS = 5, 16
_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_NAME_WORD = re.compile(r"\b[^\W\d_a-z][^\W\d_]{3,}")  # begins with a capital, or with no plain letter
_REMEMBERED = 1 << 16  # strings; every draft of a run is held against the same ones


@dataclass(frozen=True)
class Squeezed:
    """A text's letters and digits: where each stood, and whether it begins or ends a word."""

    text: str
    origin: tuple[int, ...]
    edges: frozenset[int]  # positions in ``text`` at which a word begins; its length too


def check(reading: Reading) -> Iterator[Finding]:
    """One finding a private string, at its first place. What lies within one filled slot is the client's to read."""
    body = squeeze(reading.draft.body)
    allowed = " ".join(squeeze(words).text for words in reading.permit.names)
    ours = " ".join(words for told in _public(reading) for words in told.by_language.values())
    filled = list(reading.filled())
    for private in reading.permit.private:
        needles = (n for n in _shapes(private) + _shingles(private, ours) if n in body.text and n not in allowed)
        places = (place for needle in needles for place in _places(body, needle) if not _inside(place, filled))
        for place in islice(places, 1):
            message = "These words are private: leave them out and don't hint at them."
            yield reading.finding("privacy.private_string", message, place)
    yield from _surnames(reading, filled, f"{allowed} {squeeze(ours).text}")


def _surnames(reading: Reading, filled: list[tuple[int, int, str]], known: str) -> Iterator[Finding]:
    """The last word of a private name, written as a name, unless we or the client say it too."""
    known += " ".join(squeeze(ask.quote.text).text for ask in reading.request.asks)
    last = {name for private in reading.permit.private if (name := _last(private)) and name not in known}
    for word in _NAME_WORD.finditer(reading.draft.body) if last else ():
        if _squeezed(folded(word.group()).text) in last and not _inside(word.span(), filled):
            message = "This name is another client's: leave it out."
            yield reading.finding("privacy.private_string", message, word.span())


@lru_cache(maxsize=_REMEMBERED)
def _last(private: str) -> str:
    """The last word of what is written as a name, squeezed; an empty string for all else."""
    words = private.split()
    named = 1 < len(words) < _SHINGLE and all(word[:1].isupper() and word.isalpha() for word in words)
    return _squeezed(folded(words[-1]).text) if named and len(words[-1]) >= _SHORTEST else ""


@lru_cache(maxsize=512)  # names stay the same from draft to draft
def squeeze(source: str) -> Squeezed:
    """Letters and digits of ``source``, folded, with the way back."""
    plain = folded(source)
    letters: list[str] = []
    origin: list[int] = []
    edges: set[int] = set()
    inside = False
    for index, char in enumerate(plain.text):
        if not char.isalnum():
            inside = inside and unicodedata.category(char)[0] == "M"
            continue
        if not inside:
            edges.add(len(letters))
        inside = True
        bare = _bare(char)
        letters += bare
        origin += [plain.starts[index]] * len(bare)
    return Squeezed("".join(letters), tuple(origin), frozenset({*edges, len(letters)}))


def _places(body: Squeezed, needle: str) -> Iterator[tuple[int, int]]:
    """Where ``needle`` stands, as spans of the source."""
    start = body.text.find(needle)
    while start >= 0:
        end = start + len(needle)
        if len(needle) >= _WHOLE_WORDS or (start in body.edges and end in body.edges):
            yield body.origin[start], body.origin[end - 1] + 1
        start = body.text.find(needle, start + 1)


def _inside(span: tuple[int, int], filled: list[tuple[int, int, str]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end, _ in filled)


@lru_cache(maxsize=_REMEMBERED)
def _shapes(private: str) -> tuple[str, ...]:
    """The squeezed string and its encodings, none too short to mean anything."""
    plain = _squeezed(folded(private).text)
    if len(plain) < _SHORTEST:
        return ()
    raw = [form.encode(errors="replace") for form in {private, private.strip().lower(), plain}]
    encoded = (_squeezed(code) for r in raw for code in (r.hex(), *_base64(r)))
    turned = (plain[::-1], codecs.encode(plain, "rot13"))
    return tuple(dict.fromkeys((plain, *turned, *(code for code in encoded if len(code) >= _WHOLE_WORDS))))


def _squeezed(plain: str) -> str:
    return "".join(map(_bare, filter(str.isalnum, plain))).lower()


def _bare(char: str) -> str:
    """A letter without its accent or stroke."""
    return char if char.isascii() else "".join(filter(str.isalnum, text.bare(char).translate(_STROKED)))


def _base64(raw: bytes) -> Iterator[str]:
    """What stays the same of a base64 text wherever the string stands in it: one form for each of three offsets."""
    for offset in range(3):
        code = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
        end = (offset + len(raw)) * 8 // 6
        yield code[-(-offset * 8 // 6) : end]


@lru_cache(maxsize=_REMEMBERED)
def _shingles(private: str, ours: str) -> tuple[str, ...]:
    """Any five words in a row of a longer private text, unless we say them in public."""
    if len(private.split()) < _SHINGLE:
        return ()
    words = folded(private).text.split()
    public = squeeze(ours).text
    runs = (_squeezed("".join(words[i : i + _SHINGLE])) for i in range(len(words) - _SHINGLE + 1))
    return tuple(run for run in runs if len(run) >= _SHINGLE_LETTERS and run not in public)


def _public(reading: Reading) -> Iterator[Text]:
    """Texts of the policy that are meant for the client."""
    decision = reading.decision
    yield from (reason.text for reason in decision.reasons)
    yield from (offer.text for offer in decision.offers)
    yield from (question.text for question in decision.questions)
