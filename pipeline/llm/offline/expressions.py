"""Patterns as they are written, and the re2 expressions they become (linear time on any mail).

A pattern is what must stand in one sentence: parts joined by " & ", where "!" means must not, ``{name}`` is a word list
(``@day`` and the like are marks, each a part by itself), "~" before a part looks in the whole mail, "+" in the
neighbouring sentences, too; ``*`` is the rest of a word, ``..`` any words between. ``(?P<fact>…)`` quotes that fact.
Capitals and accents don't matter. Left out: anything that needs more than a few sentences.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Protocol

import re2

from pipeline.llm.offline.trees import Held, Tree, tree, whole

__all__ = ["MARKS", "Compiled", "Held", "Lists", "Part", "PatternError", "Rule", "folded", "part", "rule"]

MARKS = ("ask", "day", "near", "due", "far", "money", "percent", "length", "item")
_CAPITAL = re.compile(r"\\.|\(\?P<|\[:\w+:\]|[A-ZÀ-Þ]")
_LIST = re.compile(r"\{([a-z_]+)\}")
_FIRST_LIST = re.compile(r"(?:\((?:\?:|\?P<\w+>)?)*" + _LIST.pattern)
_MARK = re.compile(r"@[a-z]+")
_OPEN = re.compile(r"(?:\((?:\?:|\?P<\w+>)?)*[a-z0-9]")
_CLOSED = re.compile(r"(?:[a-z0-9]|[^\\][)?\]}])$")
_REACH = {"+": 1, "~": None}
_KEPT = 512  # expressions that are kept ready, over all languages; the others are made anew when a mail needs them
_MEMORY = 1 << 20  # bytes that one of them may take while it searches


class PatternError(ValueError):
    """A pattern that does not mean what it says."""


class Compiled(Protocol):
    """A compiled re2 pattern (the package ships no types)."""

    groupindex: dict[str, int]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        ...

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches."""
        ...

    def sub(self, with_: str, text: str) -> str:
        """The text with all matches replaced."""
        ...


@dataclass
class Lists:
    """A language's word lists, each as one alternative, and their trees."""

    words: Mapping[str, str] = field(default_factory=dict)
    _trees: dict[str, Tree] = field(default_factory=dict)

    def tree(self, name: str) -> Tree:
        """The tree of a list."""
        if name not in self._trees:
            self._trees[name] = tree(folded(self.words[name]), self.tree)
        return self._trees[name]


class Part(NamedTuple):
    """One part of a pattern: words, or a mark of the sentence such as ``@day``; ``wanted`` False for "!"."""

    words: str
    tree: Tree = Tree()
    whole: str = ""  # the expression, if it names no list: then nothing is cut off, and it serves for other mails, too
    edges: tuple[str, str] = ("", "")  # what stands before and behind: words are whole words
    wanted: bool = True
    reach: int | None = 0  # sentences to either side that count, too; None for the whole mail

    @property
    def mark(self) -> str:
        """The name of the mark; empty for words."""
        return self.words[1:] if self.words.startswith("@") else ""

    def within(self, held: Held) -> Compiled | None:
        """What finds it in a text that holds this, None where it can't be found."""
        if not held.may(self.tree):
            return None
        found = self.whole or held.left(self.tree)
        return compiled(f"{self.edges[0]}(?:{found}){self.edges[1]}") if found is not None else None


class Rule(NamedTuple):
    """A pattern as it was written, and its parts; what is quoted is where the first one stands."""

    written: str
    parts: tuple[Part, ...]


def rule(pattern: str, lists: Lists) -> Rule:
    """One pattern; PatternError where it names a list or a mark that there is not, or a mark among other words."""
    return Rule(pattern, tuple(part(piece.strip(), lists) for piece in pattern.split(" & ")))


def part(piece: str, lists: Lists) -> Part:
    """One part of a pattern."""
    wanted, piece = not piece.startswith("!"), piece.removeprefix("!")
    reach, words = _REACH.get(piece[:1], 0), folded(piece.lstrip("+~"))
    if marks := _MARK.findall(words):
        if words != marks[0] or words[1:] not in MARKS:
            raise PatternError(f"a mark stands by itself between two &, and is one of @{', @'.join(MARKS)}: {piece}")
        return Part(words, wanted=wanted, reach=reach)
    try:
        edges = r"\b" if _opens(words, lists) else "", r"\b" if _CLOSED.search(words) else ""
        own = tree(words, lists.tree)
        return Part(words, own, "" if _LIST.search(words) else whole(own.ways), edges, wanted, reach)
    except KeyError as error:
        raise PatternError(f"there is no word list {error.args[0]}: {piece}") from error


def _opens(words: str, lists: Lists) -> bool:
    """Whether it begins with a letter or a figure."""
    while named := _FIRST_LIST.match(words):
        words = lists.words[named[1]]
    return bool(_OPEN.match(words))


def folded(words: str) -> str:
    """Lower case without accents, as the text is folded; what regular expressions write with capitals stays."""
    words = _CAPITAL.sub(lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), words)
    if words.isascii():
        return words
    decomposed = unicodedata.normalize("NFD", words.replace("ß", "ss"))
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


@lru_cache(maxsize=_KEPT)
def compiled(expression: str) -> Compiled:
    """An expression, ready to search."""
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False  # where memory doesn't do, it searches more slowly, and says so
    found: Compiled = re2.compile(f"(?m){expression}", options)
    return found
