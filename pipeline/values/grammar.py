"""Where values stand in a text: the rules of a language, compiled once, and the longest of their matches.

The rules are patterns in the lexicon files. Here their ``{names}`` become lists of words, RE2 runs them (linear time,
whatever the text), and of matches that overlap the longest stays. What a match is worth is said by the module of
its kind (``money``, ``percents``, ``durations``, ``days``, ``counts``).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Protocol, TypeVar

from pipeline.types.quantities import Quantity
from pipeline.values.lexicon import Lexicon, common, lexicon
from pipeline.values.text import bare

# Grouped thousands need a border behind them, or "4 2026" would give "4 202".
_DIGITS = r"(?:(?:\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?\b|\d+(?:[.,]\d+)*)(?: ?[½¼¾])?|[½¼¾])"
_MEMORY = 32 << 20  # bytes at most for what RE2 keeps of a pattern; all rules in one need 16 to stay quick


@dataclass(frozen=True)
class Match:
    """A place in a bare text: kind of value, meaning of the rule, its named parts, and the words to read them by."""

    kind: str
    meaning: str
    parts: Mapping[str, str | None]
    start: int
    end: int
    lexicon: Lexicon

    def part(self, name: str) -> str:
        """The words of a named part; empty when the rule has none or it did not take part."""
        return self.parts.get(name) or ""


Reader = Callable[[Match, date], Quantity | None]  # the value of a match, seen from a day


class _Hit(Protocol):
    def groupdict(self) -> dict[str, str | None]: ...
    def span(self) -> tuple[int, int]: ...


class Pattern(Protocol):
    """What is used of a compiled RE2 pattern, whose package ships no types."""

    @property
    def pattern(self) -> str:
        """Its text."""

    def finditer(self, text: str) -> Iterator[_Hit]:
        """All matches."""

    def fullmatch(self, text: str) -> _Hit | None:
        """The match of the whole text."""

    def search(self, text: str) -> _Hit | None:
        """The first match."""


class Test(Protocol):
    """A compiled pattern over UTF-8 that is only asked whether it matches."""

    def search(self, text: bytes) -> object | None:
        """Something, or None."""


class _Set(Protocol):
    """Compiled patterns that are only asked which of them match."""

    def Match(self, text: str) -> list[int] | None:  # noqa: N802 - as RE2 spells it
        """Their numbers in the order they were added; None for none."""


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Span)


@cache
def compiled(pattern: str) -> Pattern:
    """``pattern`` as RE2."""
    import re2

    return re2.compile(pattern)  # type: ignore[no-any-return]


def whole(phrases: Iterable[str]) -> Pattern:
    """Any of ``phrases``, which are RE2 over bare text, where letters and figures end on both sides."""
    return compiled(rf"(?:^|[^\pL\pN])(?:{'|'.join(phrases)})(?:$|[^\pL\pN])")


def matches(text: str, language: str, without: frozenset[str] = frozenset()) -> list[Match]:
    """What the rules of ``language`` find in ``text`` (bare) but the kinds ``without``; no overlaps, in order."""
    return longest(every(text, language, without))


@lru_cache(maxsize=128)  # a sentence is read by the words of several languages, each time by those of English too
def every(text: str, language: str, without: frozenset[str] = frozenset()) -> tuple[Match, ...]:
    """All matches of all rules of ``language`` in ``text`` (bare) but the kinds ``without``; they may overlap."""
    return tuple(_every(text, language, without))


def _every(text: str, language: str, without: frozenset[str]) -> Iterator[Match]:
    words, rules = lexicon(language), _rules(language)
    for number in sorted(_present(language).Match(text) or ()):
        kind, meaning, pattern = rules[number]
        for hit in compiled(pattern).finditer(text) if kind not in without else ():
            start, end = hit.span()
            if start < end:
                yield Match(kind, meaning, hit.groupdict(), start, end, words)


def longest(found: Iterable[S]) -> list[S]:
    """Those that do not overlap: the longer before the shorter, of equal ones the first; in the order of the text."""
    kept: list[S] = []
    taken: set[int] = set()
    for match in sorted(found, key=lambda m: m.start - m.end):
        if taken.isdisjoint(range(match.start, match.end)):
            taken.update(range(match.start, match.end))
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


@cache
def _rules(language: str) -> tuple[tuple[str, str, str], ...]:
    """Kind, meaning and pattern of each rule; the language's own before the common ones, which settles ties."""
    classes = _classes(lexicon(language))
    rules = [*lexicon(language).rules.items(), *common().rules.items()]
    return tuple((*_split(name), _filled(pattern, classes)) for name, patterns in rules for pattern in patterns)


@cache
def _present(language: str) -> _Set:
    """All rules in one pass over a text, which tells the few that stand in it, by their numbers."""
    import re2

    options = re2.Options()
    options.max_mem = _MEMORY
    rules = re2.Set.SearchSet(options)
    for _, _, pattern in _rules(language):
        rules.Add(pattern)
    rules.Compile()
    return rules  # type: ignore[no-any-return]


def test(pattern: str) -> Test:
    """``pattern`` over UTF-8, which spares the wrapper of RE2 counting characters where nobody asks for a place."""
    import re2

    options = re2.Options()
    options.max_mem = _MEMORY
    return re2.compile(pattern.encode(), options)  # type: ignore[no-any-return]


def _split(name: str) -> tuple[str, str]:
    kind, _, meaning = name.partition(".")
    return kind, meaning


def _filled(pattern: str, classes: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda m: classes[m[1]], pattern)


def _classes(words: Lexicon) -> dict[str, str]:
    """What each ``{name}`` of a rule stands for."""
    number = _number(words)
    weekday = rf"(?P<weekday>\b{_any(words.weekdays)}{words.weekday_tail}\b[.]?)"
    signs, codes = _any(map(_bordered, words.signs)), _any(map(bare, common().codes))
    names = [*map(bare, common().codes), *common().unnamed, *(n for ns in words.currencies.values() for n in ns)]
    return {
        "n": f"(?P<n>{number})",
        "na": rf"(?P<n>{number}|\b{_any(words.articles)}\b)",
        "sign": signs,
        "code": codes,
        "currency": rf"(?P<currency>{signs}|\b{_any(names)}\b)",
        "unit": f"(?P<unit>{_any(u for us in words.units.values() for u in us)})",
        "half": _any(words.half),
        "and_half": _any(words.and_half),
        "dd": rf"(?P<dd>\d{{1,2}}|{_any(words.ordinals)})(?:{words.suffix})?",
        "suffix": words.suffix,
        "ordinal": f"(?P<ordinal>{_any(words.ordinals)})",
        "month": rf"(?P<month>\b{_any(words.months)}\b[.]?)",
        "sure_month": rf"(?P<month>\b{_any(set(words.full_months) - set(words.unclear_months))}\b)",
        "unclear_month": f"(?P<month>{_any(words.unclear_months)})",
        "year": r"(?P<year>\d{4}|'\d{2})\b",
        "weekday": weekday,
        "full_weekday": rf"(?P<weekday>\b{_any(words.full_weekdays)}{words.weekday_tail})",
        "wd": rf"(?:{weekday},? ?(?:{words.article_of_day})? ?)?",
    }


def _bordered(sign: str) -> str:
    """A sign that is no part of a longer one: "a$", but not in "ca$"."""
    return (r"\b" if sign[0].isalpha() else "") + re.escape(sign) + (r"\b" if sign[-1].isalpha() else "")


def _number(words: Lexicon) -> str:
    """A number in digits, with a word such as "thousand" behind it, or in words."""
    digits = rf"{_DIGITS}(?: ?{_any(map(re.escape, words.scales))}\b[.]?)?"
    return rf"{digits}|\b{_spelled(words)}\b"


def _spelled(words: Lexicon) -> str:
    """The pattern of a number in words; whether they make a number is for ``numbers`` to say."""
    word = _any(words.numbers).replace("-", "[ -]")
    if words.joined:
        return f"{word}(?:(?:{words.joined})?{word})*"
    return f"{word}(?:[ -](?:{_any(words.glue)}[ -])?(?:{word}|{_any(words.glued)}))*"


def _any(patterns: Iterable[str]) -> str:
    """One of ``patterns``, the longest first; one that never matches when there are none."""
    return f"(?:{'|'.join(sorted(patterns, key=lambda p: (-len(p), p))) or '[^ -~]{9}'})"
