"""The lexicons: groups of phrases by language, read from ``phrases/*.yaml`` and compiled once with re2 (linear time).

A phrase is a re2 pattern over ``folded`` text: plain quotes, dashes and spaces, lower case. Shorthands: ``<name>``
stands for an entry of ``define``, ``~`` for a gap of up to four words within the clause, and a phrase that begins
with ``!`` holds even when negated. ``common`` lists some of the commonest words, by which a sentence shows its
language, and ``capital`` words that name nobody. What a lexicon leaves out: meaning. A paraphrase that no phrase
covers passes and is a person's to see.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

import re2

from pipeline.values import text

FOLDER = Path(__file__).parent / "phrases"
_WORD = r"[^ .,;:!?]+"  # cheaper for re2 than the letters of all scripts
_GAP = rf"(?: +{_WORD}){{0,4}} +"
_MEMORY = 64 << 20  # bytes; re2 falls back to a slower way below what a long lexicon needs
_STOPS = ".,;:!?()"
_REACH = 300  # characters before a phrase in which a negation is looked for
_BEFORE, _AFTER = r"(?:^|[^\pL\pN])", r"(?:$|[^\pL\pN']|'(?:$|[^\pL]))"


class Pattern(Protocol):
    """A compiled re2 pattern (the package ships no types)."""

    @property
    def pattern(self) -> str:
        """Its text."""
        ...

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, left to right."""
        ...

    def search(self, text: str | bytes) -> re.Match[str] | None:
        """The first match."""
        ...


@dataclass(frozen=True)
class Hit:
    """Where a phrase stands: ``start`` and ``end`` in the source text (characters), and its words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Lexicon:
    """The groups of one language. A group nobody wrote finds nothing."""

    language: str
    groups: dict[str, tuple[Pattern | None, Pattern | None]]
    common: frozenset[str] = frozenset()  # some of the commonest words, by which a sentence shows its language
    capital: frozenset[str] = frozenset()  # words that always have a capital and name nobody

    def find(self, group: str, source: str) -> Iterator[Hit]:
        """Every phrase of ``group`` in ``source``, negated or not."""
        plain = folded(source)
        for pattern in self._patterns(group):
            for match in pattern.finditer(plain.text):
                yield _hit(plain, *match.span(1))

    def has(self, group: str, source: str) -> bool:
        """Whether any phrase of ``group`` stands in ``source``."""
        return self._any(group, folded(source).text)

    def affirmed(self, group: str, source: str, own: "Lexicon") -> Iterator[Hit]:
        """Phrases of ``group`` that their clause does not negate, in this language or in the text's ``own``."""
        plain = folded(source)
        negatable, absolute = self.groups.get(group, (None, None))
        for match in absolute.finditer(plain.text) if absolute else ():
            yield _hit(plain, *match.span(1))
        for match in negatable.finditer(plain.text) if negatable else ():
            if not any(words.negates(plain.text, *match.span(1)) for words in (self, own)):
                yield _hit(plain, *match.span(1))

    def negates(self, plain: str, start: int, end: int) -> bool:
        """Whether the clause around ``start:end`` of a plain text negates it."""
        before = plain[self.clause(plain, start) : end]
        behind = plain[end : min(_next_stop(plain, end), end + _REACH)].rstrip()
        if self._any("negation", before) or self._any("negation_behind", behind):
            return True
        return any(low <= start and end <= high for low, high in self.brackets(plain))

    def brackets(self, plain: str) -> Iterator[tuple[int, int]]:
        """What of a plain text one refusal holds from end to end, over an insertion: "we won't, even so, …"."""
        for pattern in self._patterns("bracket"):
            for match in pattern.finditer(plain):
                if not self._any("clause", match.group(1)) and not self._any("subordinate", match.group(1)):
                    yield match.span(1)

    def clause(self, plain: str, position: int) -> int:
        """Where the clause of ``plain`` that ``position`` belongs to begins."""
        nearest = max(_last_stop(plain, position), position - _REACH)
        for pattern in self._patterns("clause"):
            nearest = max([nearest, *(nearest + m.start(1) for m in pattern.finditer(plain[nearest:position]))])
        return nearest

    def _any(self, group: str, plain: str) -> bool:
        return any(pattern.search(plain) for pattern in self._patterns(group))

    def _patterns(self, group: str) -> Iterator[Pattern]:
        return (pattern for pattern in self.groups.get(group, ()) if pattern is not None)


@lru_cache(maxsize=4096)  # the texts of a policy come back with every draft
def folded(source: str) -> text.Folded:
    """``source`` made plain for matching, in lower case, with accents, and with the way back."""
    return text.fold(source, _lower)


def _lower(char: str) -> str:
    return " " if char in "\n\t" else char.lower()


def _last_stop(plain: str, position: int) -> int:
    return 1 + max(plain.rfind(stop, 0, position) for stop in _STOPS)


def _next_stop(plain: str, position: int) -> int:
    stops = (plain.find(stop, position) for stop in _STOPS)
    return min((stop for stop in stops if stop >= 0), default=len(plain))


def _hit(source: text.Folded, start: int, end: int) -> Hit:
    return Hit(*source.span(start, end), source.text[start:end])


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a lexicon."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def anywhere(group: str, plain: str) -> bool:
    """Whether any phrase of ``group`` may stand in a row of ``plain`` (folded), in any language: mostly a no."""
    pattern = _everywhere(group)
    return pattern is not None and pattern.search(plain.encode()) is not None  # bytes: no places to count


@cache
def _everywhere(group: str) -> Pattern | None:
    """One pattern for all languages; ``^`` and ``$`` are those of a row."""
    found = [p.pattern for code in languages() for p in lexicon(code).groups.get(group, ()) if p is not None]
    return _compiled(f"(?m){'|'.join(f'(?:{text})' for text in found)}") if found else None


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of ``language``; an empty one when there is none."""
    if language not in languages():
        return Lexicon(language, {})
    from ruamel.yaml import YAML

    groups = YAML(typ="safe").load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    define, common, capital = (groups.pop(name) for name in ("define", "common", "capital"))
    compiled = {name: _compile(phrases, define) for name, phrases in groups.items()}
    return Lexicon(language, compiled, frozenset(common.split()), frozenset(capital.split()))


def _compile(phrases: list[str], define: dict[str, str]) -> tuple[Pattern | None, Pattern | None]:
    """The patterns of a group: phrases that a negation undoes, phrases that it does not."""
    negatable = [_expand(p, define) for p in phrases if not p.startswith("!")]
    absolute = [_expand(p[1:], define) for p in phrases if p.startswith("!")]
    return _union(negatable), _union(absolute)


def _expand(phrase: str, define: dict[str, str]) -> str:
    for name, words in define.items():
        phrase = phrase.replace(f"<{name}>", f"(?:{words})")
    phrase = re.sub(r" *~ *", "~", phrase.strip())
    phrase = re.sub(r" (\?)?", lambda blank: " *" if blank[1] else " +", phrase)
    return phrase.replace("~", _GAP).replace(r"\pL+", _WORD)


def _union(patterns: list[str]) -> Pattern | None:
    return _compiled(f"{_BEFORE}({'|'.join(patterns)}){_AFTER}") if patterns else None


def _compiled(pattern: str) -> Pattern:
    options = re2.Options()
    options.max_mem = _MEMORY
    compiled: Pattern = re2.compile(pattern, options)
    return compiled
