"""Patterns as trees, cut down to what a text can match: of a list of two hundred words, the three that stand in it.

Every way to match needs some strings, which are cheap to look for; what a text lacks is left out, and what is left is a
short expression, or none at all, which finds in this text what the whole would. So only little is ever compiled. Left
out: the order of the strings, and where they stand.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

_LONGEST = 8  # letters of a string that are looked for: more tell no more
_TOKEN = re.compile(
    r"(?P<escaped>\\(?:x\{\w+\}|.))|(?P<set>\[(?:\\.|[^\]])*\])|(?P<list>\{[a-z_]+\})|(?P<often>\{\d[\d,]*\}|[?+*])"
    r"|(?P<open>\((?:\?(?:P<\w+>|:))?)|(?P<close>\))|(?P<bar>\|)|(?P<gap> \.\. )|(?P<run>[^\\\[\]{}?+()|* .^$]+)"
    r"|(?P<other>.)"
)
_AS = {" ": r"(?:[ ,;:()\"'/-]{1,3})", " .. ": r"\b.{1,60}\b", "(": "(?:"}  # what re2 is told instead


class Way(NamedTuple):
    """A way to match: expressions and groups in order, and strings that must all be there."""

    pieces: tuple["str | Group", ...]
    strings: tuple[str, ...]


class Tree(NamedTuple):
    """Ways of which one must match (a mere word stands for itself); of a long tree, where to look by what is there."""

    ways: tuple[Way | str, ...] = ()
    where: Mapping[str, tuple[int, ...]] = MappingProxyType({})  # by string the ways that may match where it stands


class Group(NamedTuple):
    """A tree within a way, as often as ``often`` says."""

    opening: str
    tree: Tree
    often: str = ""

    @property
    def optional(self) -> bool:
        """Whether it may be absent."""
        return self.often[:1] in {"?", "*"} or self.often.startswith("{0")


class Held:
    """The strings of up to eight letters in the words of a text, and what it leaves of a tree."""

    def __init__(self, text: str) -> None:
        """Take the text apart."""
        self._left: dict[int, str | None] = {}  # by the identity of the ways, which live as long as their language
        self._strings = {""}  # what is known of nothing is there
        for word in set(text.split()):
            for first in range(len(word)):
                self._strings.update(word[first:last] for last in range(first + 1, first + _LONGEST + 1))

    def may(self, tree: Tree) -> bool:
        """Whether the text has what some way is known by."""
        return not tree.where.keys().isdisjoint(self._strings)

    def left(self, tree: Tree) -> str | None:
        """The expression of those ways that the text may match; None when it can match none."""
        key = id(tree.ways)
        if key not in self._left:
            found = [way for way in map(self._way, self._likely(tree)) if way is not None]
            self._left[key] = "|".join(found) if found else None
        return self._left[key]

    def _likely(self, tree: Tree) -> Iterable[Way | str]:
        """The ways to look at, in order."""
        if not tree.where:
            return tree.ways
        numbers = {number for string in tree.where.keys() & self._strings for number in tree.where[string]}
        return [tree.ways[number] for number in sorted(numbers)]

    def _way(self, way: Way | str) -> str | None:
        if isinstance(way, str):
            return way if way[:_LONGEST] in self._strings else None
        if not self._strings.issuperset(way.strings):
            return None
        found = []
        for piece in way.pieces:
            if isinstance(piece, str):
                found.append(piece)
            elif (inside := self.left(piece.tree)) is not None:
                found.append(f"{piece.opening}{inside}){piece.often}")
            elif not piece.optional:
                return None
        return "".join(found)


def tree(words: str, of_list: Callable[[str], Tree]) -> Tree:
    """The tree of a pattern as it is written (folded); ``of_list`` gives that of the word list ``{name}``."""
    ways = _ways(_TOKEN.finditer(words), of_list)
    index: dict[str, tuple[int, ...]] = {}
    for number, way in enumerate(ways):
        for string in _clue(way):
            index[string] = (*index.get(string, ()), number)
    return Tree(ways, index)


def whole(ways: Iterable[Way | str]) -> str:
    """The expression of all the ways."""
    return "|".join(
        way if isinstance(way, str) else "".join(p if isinstance(p, str) else _inside(p) for p in way.pieces)
        for way in ways
    )


def _inside(group: Group) -> str:
    return f"{group.opening}{whole(group.tree.ways)}){group.often}"


def _clue(way: Way | str) -> Collection[str]:
    """Strings of which one must be there for this way; the empty one where that can't be told."""
    if isinstance(way, str) or way.strings:
        return {way[:_LONGEST] if isinstance(way, str) else max(way.strings, key=len)}
    groups = (piece for piece in way.pieces if isinstance(piece, Group) and not piece.optional)
    clues = ({string for inner in group.tree.ways for string in _clue(inner)} for group in groups)
    return next((clue for clue in clues if "" not in clue), {""})


def _ways(tokens: Iterator[re.Match[str]], of_list: Callable[[str], Tree]) -> tuple[Way | str, ...]:
    """Alternatives, up to the bracket that closes them."""
    found = [_Open()]
    for token in tokens:
        own, kind, text = found[-1], token.lastgroup, token[0]
        match kind:
            case "close":
                break
            case "bar":
                found.append(_Open())
            case "open":
                own.add(Group(_AS.get(text, text), Tree(_ways(tokens, of_list))))
            case "list":
                own.add(Group("(?:", of_list(text[1:-1])))
            case "often":
                own.repeat(text)
            case _:
                bare = text[1] if kind == "escaped" and not text[1].isalnum() else text if kind == "run" else ""
                own.add(_AS.get(text, text), bare)
    return tuple(one.way() for one in found)


class _Open:
    """A way that is being read: its pieces, and what string each makes certain."""

    def __init__(self) -> None:
        self._pieces: list[str | Group] = []
        self._strings: list[str] = []

    def add(self, piece: str | Group, string: str = "") -> None:
        self._pieces.append(piece)
        self._strings.append(string)

    def repeat(self, mark: str) -> None:
        """Of letters the last one is repeated, else the whole piece; a star behind letters is the rest of a word."""
        last = self._pieces[-1] if self._pieces else ""
        if isinstance(last, Group):
            self._pieces[-1] = last._replace(often=last.often + mark)
        elif mark == "*" and not last.endswith(("]", "}", ".", "\\", ")")):
            self.add(r"\w*")
        else:
            self._pieces[-1] = last + mark
            if mark[0] in "?*" or mark.startswith("{0"):
                self._strings[-1] = self._strings[-1][:-1]

    def way(self) -> Way | str:
        if len(self._pieces) == 1 and self._pieces[0] == self._strings[0] and isinstance(self._pieces[0], str):
            return self._pieces[0]
        return Way(_merged(self._pieces), tuple({string[:_LONGEST] for string in self._strings if string}))


def _merged(pieces: list[str | Group]) -> tuple[str | Group, ...]:
    """Pieces with no two expressions in a row."""
    found: list[str | Group] = []
    for piece in pieces:
        if found and isinstance(piece, str) and isinstance(last := found[-1], str):
            found[-1] = last + piece
        else:
            found.append(piece)
    return tuple(found)
