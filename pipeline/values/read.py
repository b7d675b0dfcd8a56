"""The value in a short quote of a mail, by its type; None whenever it cannot be read with certainty.

A quote is read by the words of its language, and by the English ones when those find nothing. It must hold exactly
one value of the type and no other number, so that "2-3 weeks" or "from 4,212 to 2,000" is nothing rather than a guess.
Left out: what is around the quote, so "about", "at least" or "last time" change nothing.
"""

import re
from datetime import date

from pipeline.types.quantities import Quantity, Words
from pipeline.values.grammar import Match, Reader, matches
from pipeline.values.kinds import TYPES, without
from pipeline.values.lexicon import code
from pipeline.values.numbers import number
from pipeline.values.text import simple

_UNDATED = frozenset({"named", "maybe"})  # a month beside other words ("by March") names no day
_OR = re.compile(r"(?:st|nd|rd|th|\.)? (?:or|oder|ou|o) (?:the |den |dem |le |el )?")
LONGEST = 500  # characters: a longer quote holds more than a value


def read(type_: str, quote: str, language: str, today: date) -> Quantity | None:
    """The value of type ``type_`` that ``quote`` states, seen from ``today``, the day of the mail.

    ``type_`` is ``money``, ``percent``, ``duration``, ``day``, ``count`` or ``words``; any other gives None.
    """
    if type_ == "words":
        return Words(text=quote) if quote.strip() else None
    if type_ not in TYPES or len(quote) > LONGEST:
        return None
    text = simple(quote).text
    reader, kinds = TYPES[type_]
    for words in dict.fromkeys((code(language), "en")):
        found = matches(text, words, without(type_))
        for wanted in kinds:
            if own := [m for m in found if m.kind in wanted and not _is_article(m)]:
                others = [m for m in found if not _alternative(m, own[0], text)] if type_ == "day" else found
                return None if _other_number(others, wanted, type_) else _single(own, reader, today)
    return None


def _single(own: list[Match], reader: Reader, today: date) -> Quantity | None:
    if any(match.meaning in _UNDATED for match in own):
        return None
    values = [reader(match, today) for match in own]
    return values[0] if all(value == values[0] for value in values) else None


def _alternative(match: Match, day: Match, text: str) -> bool:
    """Whether a number is the other of two days ("27 or 28 January"): either suits, so the later one is meant."""
    between = text[match.end : day.start]
    return match.kind == "number" and match.end <= day.start and _OR.fullmatch(between) is not None


def _is_article(match: Match) -> bool:
    return match.kind == "number" and match.part("n") in match.lexicon.articles


def _other_number(found: list[Match], wanted: frozenset[str], type_: str) -> bool:
    """Whether there is a number besides; the word "one" may be no more than an article.

    A length of time beside a day moves that day: "two weeks on Friday".
    """
    if type_ == "day" and any(m.kind == "duration" for m in found):
        return True
    others = (m for m in found if m.kind == "number" and m.kind not in wanted)
    return any(m.part("n").isdigit() or number(m.part("n"), m.lexicon) != 1 for m in others)
