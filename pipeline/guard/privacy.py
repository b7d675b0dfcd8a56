"""Privacy: no private string, in any shape that code can undo.

Code: ``privacy.private_string``. The draft is sought through in every view that ``views`` gives of it; each string is
also sought reversed, in rot13, hex and base64. Of a long private text any five words in a row count. What this leaves
out: paraphrase; the first line of defence is that the writer never sees what is private.
"""

import base64
import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.guard.lexicon import folded
from pipeline.guard.reading import Reading
from pipeline.guard.views import Squeezed, squeezed, views
from pipeline.types.verdict import Finding

_SHORTEST = 4  # letters and digits; anything shorter stands in every text
_WHOLE_WORDS = 8  # below this a match must begin and end with a word ("them any" holds no Emma)
_SHINGLE, _SHINGLE_LETTERS = 5, 16
_NAME_WORD = re.compile(r"\b[^\W\d_a-z][^\W\d_]{3,}")  # begins with a capital, or with no plain letter


class _Needle(NamedTuple):
    """Something sought: its letters and digits, the number of the private string, whether it is five words of it."""

    letters: str
    of: int
    part: bool


class _Sought(NamedTuple):
    """What a permit keeps private: needles by their first four characters, and last words of names."""

    needles: dict[str, tuple[_Needle, ...]]
    surnames: frozenset[str]


def check(reading: Reading) -> Iterator[Finding]:
    """One finding a private string, at its first place. What lies within one filled slot is the client's to read."""
    sought = _sought(reading.permit.private)
    if not sought.needles:
        return
    told: set[int] = set()
    for view in views(reading.draft.body):
        for needle, place in _places(view, sought):
            said = needle.letters in _allowed(reading) or (needle.part and needle.letters in _public(reading))
            if needle.of not in told and not said and not _inside(place, reading):
                told.add(needle.of)
                message = "These words are private: leave them out and don't hint at them."
                yield reading.finding("privacy.private_string", message, place)
    yield from _surnames(reading, sought.surnames)


def _places(view: Squeezed, sought: _Sought) -> Iterator[tuple[_Needle, tuple[int, int]]]:
    """Where needles stand, as spans of the source: one look at each place, however many needles there are."""
    for start in range(len(view.text) - _SHORTEST + 1):
        for needle in sought.needles.get(view.text[start : start + _SHORTEST], ()):
            if view.text.startswith(needle.letters, start):
                end = start + len(needle.letters)
                if len(needle.letters) >= _WHOLE_WORDS or (start in view.edges and end in view.edges):
                    yield needle, (view.origin[start], view.origin[end - 1] + 1)


def _surnames(reading: Reading, surnames: frozenset[str]) -> Iterator[Finding]:
    """The last word of a private name, written as a name, unless we or the client say it too."""
    for word in _NAME_WORD.finditer(reading.draft.body) if surnames else ():
        letters = squeezed(word.group())
        if letters in surnames and not _is_known(letters, reading) and not _inside(word.span(), reading):
            message = "This name is another client's: leave it out."
            yield reading.finding("privacy.private_string", message, word.span())


def _inside(span: tuple[int, int], reading: Reading) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end, _ in reading.filled)


@lru_cache(maxsize=256)  # the mails of a run share a business, and with it most of what is private
def _sought(private: tuple[str, ...]) -> _Sought:
    needles: dict[str, list[_Needle]] = {}
    for number, words in enumerate(private):
        found = [*((shape, False) for shape in _shapes(words)), *((run, True) for run in _shingles(words))]
        for letters, part in found:
            needles.setdefault(letters[:_SHORTEST], []).append(_Needle(letters, number, part))
    return _Sought({head: tuple(some) for head, some in needles.items()}, frozenset(filter(None, map(_last, private))))


@lru_cache(maxsize=1 << 16)  # mails differ in few of them
def _shapes(private: str) -> tuple[str, ...]:
    """The squeezed string and its encodings, none too short to mean anything."""
    plain = squeezed(private)
    if len(plain) < _SHORTEST:
        return ()
    raw = [form.encode(errors="replace") for form in {private, private.strip().lower(), plain}]
    encoded = (squeezed(code) for r in raw for code in (r.hex(), *_base64(r)))
    turned = (plain[::-1], codecs.encode(plain, "rot13"))
    return tuple(dict.fromkeys((plain, *turned, *(code for code in encoded if len(code) >= _WHOLE_WORDS))))


@lru_cache(maxsize=1 << 16)
def _shingles(private: str) -> tuple[str, ...]:
    """Any five words in a row of a longer private text."""
    words = folded(private).text.split() if len(private.split()) >= _SHINGLE else []
    runs = (squeezed("".join(words[i : i + _SHINGLE])) for i in range(len(words) - _SHINGLE + 1))
    return tuple(run for run in runs if len(run) >= _SHINGLE_LETTERS)


def _last(private: str) -> str:
    """The last word of what is written as a name, squeezed; an empty string for all else."""
    words = private.split()
    named = 1 < len(words) < _SHINGLE and all(word[:1].isupper() and word.isalpha() for word in words)
    return squeezed(words[-1]) if named and len(words[-1]) >= _SHORTEST else ""


def _base64(raw: bytes) -> Iterator[str]:
    """What stays the same of a base64 text wherever the string stands in it: one form for each of three offsets."""
    for offset in range(3):
        code = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
        end = (offset + len(raw)) * 8 // 6
        yield code[-(-offset * 8 // 6) : end]


def _is_known(letters: str, reading: Reading) -> bool:
    asked = " ".join(squeezed(ask.quote.text) for ask in reading.request.asks)
    return letters in f"{_allowed(reading)} {_public(reading)}{asked}"


def _allowed(reading: Reading) -> str:
    """The names that may be told, squeezed."""
    return " ".join(map(squeezed, reading.permit.names))


def _public(reading: Reading) -> str:
    """The texts of the policy that are meant for the client, squeezed into one."""
    return squeezed(" ".join(reading.told_by_us))
