"""What a reader can see of a text, and the same text made plain for comparing.

Hidden and control characters hide words from people and show them to models, and look-alike digits pass for digits: so
everything here goes by Unicode category first and by NFKC second. Offsets into the original survive (``Folded``).
Left out: Cyrillic or Greek letters that look Latin. They are not folded; ``scripts`` makes them visible to the caller.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

_HIDDEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
# Letters and marks that show nothing, though their category says otherwise: fillers, joiners, variation selectors.
_BLANK = frozenset(
    map(chr, [0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810)])
) | frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0200)]))
_SAME = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | {"\u2212": "-", "\u2043": "-", "\u2028": "\n", "\u2029": "\n", "\u3002": "."}
)
# Letters, marks of a text, currencies, and the shapes by which the guard masks what code filled in.
_EUROPEAN = (*range(0x250), *range(0x2010, 0x2070), *range(0x20A0, 0x20C0), *range(0x25A0, 0x2600))
_BLANKS = re.compile("(?<= ) +")


@dataclass(frozen=True)
class Folded:
    """A folded text; its character ``i`` stands for ``original[starts[i]:ends[i]]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the folded, non-empty span ``start:end`` came from."""
        return self.starts[start], self.ends[end - 1]


def visible(text: str) -> str:
    """``text`` without hidden and control characters; line feeds and tabs stay."""
    return text if _shown().fullmatch(text) else "".join(char for char in text if not _hidden(char))


def plain(text: str) -> str:
    """``visible`` and NFKC, with one kind of quote, dash and space, and ASCII digits: to compare, not to show."""
    single = _single(_same)
    pieces = _stretches(text, single)
    return "".join(piece.translate(single.table) if each else _plained(piece) for _, piece, each in pieces)


@lru_cache(maxsize=64)  # a sentence is read by the words of several languages, and by several checks of a draft
def simple(text: str) -> Folded:
    """``plain`` in lower case without accents, white space run together, and the way back to ``text``."""
    return fold(text, _bare)


def fold(text: str, change: Callable[[str], str]) -> Folded:
    """``plain`` with ``change`` applied to each character and repeated blanks dropped."""
    single = _single(change)
    if single.run.fullmatch(text) and "  " not in (same := text.translate(single.table)):
        return Folded(same, range(len(same)), range(1, len(same) + 1))
    made = _Made([], [], [])
    for at, piece, each in _stretches(text, single):
        if each:
            made.run(piece.translate(single.table), at)
            continue
        for start, end, cluster in _clusters(piece):
            if cluster in {"2", "3"} and piece[start] in "²³" and made.last.isalpha():
                continue  # the exponent of a unit (m²) is no figure
            for char in change(cluster):
                made.add(char, at + start, at + end)
    return Folded("".join(made.pieces), tuple(made.starts), tuple(made.ends))


class _Made(NamedTuple):
    """A folded text under way; no blank follows a blank."""

    pieces: list[str]
    starts: list[int]
    ends: list[int]

    @property
    def last(self) -> str:
        return self.pieces[-1][-1] if self.pieces else ""

    def add(self, char: str, start: int, end: int) -> None:
        if char != " " or self.last != " ":
            self.pieces.append(char)
            self.starts.append(start)
            self.ends.append(end)

    def run(self, chars: str, start: int) -> None:
        """A stretch in which each character stands for itself."""
        at = len(chars) - len(chars.lstrip(" ")) if self.last == " " else 0
        for blanks in _BLANKS.finditer(chars, at):
            self._part(chars, at, blanks.start(), start)
            at = blanks.end()
        self._part(chars, at, len(chars), start)

    def _part(self, chars: str, at: int, end: int, start: int) -> None:
        if at < end:
            self.pieces.append(chars[at:end])
            self.starts.extend(range(start + at, start + end))
            self.ends.extend(range(start + at + 1, start + end + 1))


def bare(text: str) -> str:
    """A word as the lexicons compare it: lower case, no accents, ``ss`` for the sharp s."""
    return "".join(map(_bare, text))


def scripts(text: str) -> frozenset[str]:
    """The scripts of the letters, by the first word of their Unicode names: ``LATIN``, ``CYRILLIC``, ``GREEK``, ..."""
    letters = {char for char in plain(text) if unicodedata.category(char).startswith("L")}
    return frozenset(unicodedata.name(char, "UNKNOWN").split()[0] for char in letters)


class _Single(NamedTuple):
    """The characters that become one other, whatever stands beside them: what each becomes, and runs of them."""

    table: dict[int, str]
    run: "re.Pattern[str]"  # a character before any other may have a mark behind it


@cache
def _shown() -> "re.Pattern[str]":
    """Texts in which nothing is hidden: most of them."""
    return re.compile(f"[{''.join(re.escape(char) for char in map(chr, _EUROPEAN) if not _hidden(char))}]*")


@cache
def _single(change: Callable[[str], str]) -> _Single:
    chars = [char for char in map(chr, _EUROPEAN) if not _hidden(char) and unicodedata.category(char)[0] != "M"]
    table = {ord(char): change(_plain(char)) for char in chars if char not in "²³"}
    table = {code: made for code, made in table.items() if len(made) == 1}
    known = "".join(map(re.escape, map(chr, table)))
    return _Single(table, re.compile(f"[{known}]+(?![^{known}])"))


def _same(char: str) -> str:
    return char


def _stretches(text: str, single: _Single) -> Iterator[tuple[int, str, bool]]:
    """The text in pieces, each with its place: characters that stand for themselves, and all else with its marks."""
    at = 0
    for run in single.run.finditer(text):
        if at < run.start():
            yield at, text[at : run.start()], False
        yield run.start(), run.group(), True
        at = run.end()
    if at < len(text):
        yield at, text[at:], False


def _plained(text: str) -> str:
    return "".join(folded for _, _, folded in _clusters(text))


@lru_cache(maxsize=4096)
def _hidden(char: str) -> bool:
    if char in "\n\t" or " " <= char <= "~":
        return False
    return char in _BLANK or unicodedata.category(char) in _HIDDEN


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Each visible character with its combining marks: start, end and plain form."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (_hidden(text[end]) or unicodedata.category(text[end])[0] == "M"):
            end += 1
        if not _hidden(text[start]):
            yield start, end, _plain(text[start] + visible(text[start + 1 : end]))
        elif visible(text[start + 1 : end]):
            yield start, end, _plain(visible(text[start + 1 : end]))
        start = end


@lru_cache(maxsize=4096)
def _plain(cluster: str) -> str:
    if cluster.isascii():
        return cluster
    if unicodedata.numeric(cluster[0], 0) % 1:
        return cluster[0]  # a fraction such as one half: NFKC would glue "2½" into "21/2"
    normal = unicodedata.normalize("NFKC", cluster.translate(_SAME)).translate(_SAME)
    return "".join(_plain_char(char) for char in normal if not _hidden(char))


def _plain_char(char: str) -> str:
    match unicodedata.category(char):
        case "Nd":
            return str(unicodedata.decimal(char))
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Me":
            return ""  # an enclosing keycap or circle
        case _:
            return char


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    if char in "\n\t":
        return " "
    if char.isascii():
        return char.lower()
    decomposed = unicodedata.normalize("NFD", char.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
