"""Patterns as they are written, and the re2 expressions they become (linear time on any mail).

A pattern is what must stand in one sentence: parts joined by " & ", where "!" means must not, ``{name}`` is a word list
(``@day`` and the like: a mark), "~" before a part looks in the whole mail, "+" in the neighbouring sentences, too;
``*`` is the rest of a word, ``..`` any words between. ``(?P<fact>…)`` quotes that fact. Capitals and accents don't
matter. Left out: anything that needs more than a few sentences.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, Protocol

import re2

_CAPITAL = re.compile(r"\\.|\(\?P<|\[:\w+:\]|[A-ZÀ-Þ]")
_LIST = re.compile(r"\{([a-z_]+)\}")
_NESTED = 4  # lists within lists
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_STAR = re.compile(r"(?<![\\\])}.])\*")  # not the star of a regular expression
_SPACE = re.compile(r"\[[^\]]*\]| ")
_OPEN = re.compile(r"(?:\((?:\?:|\?P<\w+>)?)*[a-z0-9]")
_CLOSED = re.compile(r"(?:[a-z0-9]|[^\\][)?\]}])$")
_BETWEEN = r"(?:[ ,;:()\"'/-]{1,3})"
_REACH = {"+": 1, "~": None}
_MEMORY = 16 << 20  # bytes that one pass of a screen may use
_SCREEN = 24_000  # characters of expressions looked for in one pass: more are slower to build, fewer slower to run


class Compiled(Protocol):
    """A compiled re2 pattern (the package ships no types)."""

    groupindex: dict[str, int]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        ...

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches."""
        ...


class Part(NamedTuple):
    """One part of a pattern: words, or a mark of the sentence such as ``@day``; ``wanted`` False for "!"."""

    words: str
    wanted: bool = True
    reach: int | None = 0  # sentences to either side that count, too; None for the whole mail


class Rule(NamedTuple):
    """A pattern as it was written, and its parts; what is quoted is where the first one stands."""

    written: str
    parts: tuple[Part, ...]


class Screen:
    """Expressions that are looked for together, in one pass: which of them stand in a text at all."""

    def __init__(self, words: list[str]) -> None:
        """Compile them."""
        options = re2.Options()
        options.max_mem = _MEMORY
        self._words = words
        self._set = re2.Set.SearchSet(options)
        for one in words:
            self._set.Add(f"(?m){one}")
        try:
            self._set.Compile()
        except re2.error:  # too much for one pass: each is then looked for by itself
            self._set = None

    def present(self, text: str) -> list[str]:
        """The expressions that match, or may match, somewhere in ``text``."""
        if self._set is None:
            return self._words
        return [self._words[number] for number in self._set.Match(text) or ()]


def screens(words: Iterable[str]) -> tuple[Screen, ...]:
    """All of ``words`` in as many passes as their length takes."""
    packs: list[list[str]] = [[]]
    for one in words:
        if packs[-1] and sum(map(len, packs[-1])) + len(one) > _SCREEN:
            packs.append([])
        packs[-1].append(one)
    return tuple(Screen(pack) for pack in packs if pack)


def rules(patterns: Iterable[str], lists: Mapping[str, str]) -> tuple[Rule, ...]:
    """Patterns, their word lists filled in."""
    return tuple(rule(pattern, lists) for pattern in patterns)


def rule(pattern: str, lists: Mapping[str, str]) -> Rule:
    """One pattern, its parts as expressions."""
    return Rule(pattern, tuple(_part(piece.strip(), lists) for piece in pattern.split(" & ")))


def _part(piece: str, lists: Mapping[str, str]) -> Part:
    wanted, piece = not piece.startswith("!"), piece.removeprefix("!")
    reach, words = _REACH.get(piece[:1], 0), piece.lstrip("+~")
    return Part(words if words.startswith("@") else expression(words, lists), wanted, reach)


def expression(words: str, lists: Mapping[str, str]) -> str:
    """The regular expression of one part, over folded text: whole words, any punctuation between them."""
    for _ in range(_NESTED):
        words = _LIST.sub(lambda m: f"({lists[m[1]]})", words)
    words = _plain(words).replace(" .. ", r"\b.{1,60}\b")
    words = _GROUP.sub("(?:", _STAR.sub(r"\\w*", words))
    words = _SPACE.sub(lambda m: _BETWEEN if m[0] == " " else m[0], words)
    start = r"\b" if _OPEN.match(words) else ""
    end = r"\b" if _CLOSED.search(words) else ""
    return f"{start}(?:{words}){end}"


def _plain(words: str) -> str:
    """Lower case without accents, as the text is folded; what regular expressions write with capitals stays."""
    words = _CAPITAL.sub(lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), words)
    if words.isascii():
        return words
    decomposed = unicodedata.normalize("NFD", words.replace("ß", "ss"))
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


@cache
def compiled(words: str) -> Compiled:
    """An expression, ready to search."""
    found: Compiled = re2.compile(f"(?m){words}")
    return found
