"""Every figure, date, amount, percentage and length of time in a finished text, so that each can be traced.

The text is read by the words of its language and of English. Flagged besides: names of weekdays and months, bare
currency and percent signs, times of day, anything that is a digit in any script. Not flagged: number words up to
three that stand alone ("one of the three"), ordinals in words ("the third option"), exponents (m²), Roman numerals
and vague amounts ("a few", "dozens").
"""

import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from pipeline.types.quantities import Day
from pipeline.values import days, kinds, numbers
from pipeline.values.contacts import contacts
from pipeline.values.found import Found
from pipeline.values.grammar import Match, every, longest
from pipeline.values.lexicon import code, lexicon
from pipeline.values.text import Folded, simple

__all__ = ["Found", "clear", "contacts", "scan"]

_PLAIN_WORDS = 3  # number words up to here are prose when they stand alone
_UNCLEAR = kinds.ALL - {"day", "duration", "money", "percent"}
_SIGNS = {"Sc": "money", "Nd": "number", "Nl": "number", "No": "number"}


def scan(text: str, language: str, today: date) -> tuple[Found, ...]:
    """All values in ``text``, in order, the longest where they overlap; days such as "tomorrow" seen from ``today``.

    Kinds: ``number`` (times of day, too), ``money``, ``percent``, ``day``, ``weekday``, ``month``, ``duration``. A
    weekday's value is the next such day, a month's its last day; a date whose weekday is wrong has the value None.
    """
    folded = simple(text)
    hits = longest(_flagged(folded, text, code(language)))
    found = [_found(match, folded, text, today) for match in hits]
    covered = {i for match in hits for i in range(match.start, match.end)}
    signs = set(filter(_kind_of, set(folded.text)))
    rest = [_sign(i, folded, text) for i, c in enumerate(folded.text) if c in signs and i not in covered]
    rest += _unfolded(folded, text, {place for one in found for place in range(one.start, one.end)})
    return tuple(sorted([*found, *rest], key=lambda f: f.start))


def clear(text: str, language: str) -> tuple[Match, ...]:
    """Values that mean the same in a text of another language; ``text`` is folded (``simple``)."""
    return every(text, language, _UNCLEAR)


def _flagged(folded: Folded, text: str, language: str) -> Iterator[Match]:
    own = lexicon(language)
    for words in dict.fromkeys((language, "en")):
        for match in every(folded.text, words, kinds.PRIVATE):
            prose = match.kind == "number" and (match.part("n") in own.not_numbers or _ordinary(match))
            unnamed = match.meaning == "maybe" and not _is_name(text, folded.starts[match.start])
            if not (prose or unnamed):
                yield match


def _ordinary(match: Match) -> bool:
    """Whether a number in words is too small to state anything on its own."""
    words = match.part("n")
    return words[:1].isalpha() and all(v <= _PLAIN_WORDS for v in numbers.values(words, match.lexicon))


def _is_name(text: str, start: int) -> bool:
    """Whether the word at ``start`` is written as a name: a capital that no beginning of a sentence explains."""
    before = text[:start].rstrip(" ")
    return text[start].isupper() and before[-1:].isalnum()


def _found(match: Match, folded: Folded, text: str, today: date) -> Found:
    start, end = folded.span(match.start, match.end)
    value = kinds.value(match, today)
    if isinstance(value, Day) and match.kind == "day" and not days.agrees(match, value.day):
        value = None
    kind = "number" if match.kind == "time" else match.kind
    return Found(kind=kind, value=value, start=start, end=end, text=text[start:end])


def _sign(index: int, folded: Folded, text: str) -> Found:
    start, end = folded.span(index, index + 1)
    return Found(kind=_kind_of(folded.text[index]), start=start, end=end, text=text[start:end])


def _unfolded(folded: Folded, text: str, covered: set[int]) -> Iterator[Found]:
    """Signs that folding makes letters of: a Roman figure of one character, a currency that is short for a word."""
    signs = {char for char in set(text) - set(folded.text) if _kind_of(char)} - {"²", "³"}
    spans = {folded.span(i, i + 1): char for i, char in enumerate(folded.text)} if signs else {}
    for (start, end), char in spans.items():
        kind = next((_kind_of(sign) for sign in text[start:end] if sign in signs), "")
        if kind and not _kind_of(char) and covered.isdisjoint(range(start, end)):
            yield Found(kind=kind, value=None, start=start, end=end, text=text[start:end])


@lru_cache(maxsize=4096)
def _kind_of(char: str) -> str:
    """The kind of a lone sign: a currency, or anything with a numeric value; empty for all else."""
    kind = _SIGNS.get(unicodedata.category(char), "")
    return kind or ("number" if unicodedata.numeric(char, None) is not None else "")
