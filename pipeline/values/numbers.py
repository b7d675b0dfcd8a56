"""Numbers, in digits and in words: "4,212", "1.480,50", "13 400", "30k", "fünfundzwanzig", "quatre-vingt-dix".

Exactly three digits behind a lone separator are thousands, anything else decimals. What makes no number ("1.2.3",
"two three") reads as None. Left out: signs, since a letter says "minus 18" and means 18, and words for vague amounts.
"""

import unicodedata
from decimal import Decimal

from pipeline.values.lexicon import Lexicon

_GROUP = 3  # digits between separators of thousands
_LIMIT = 15  # digits: beyond, no letter means it
_HUNDRED, _THOUSAND = 100, 1000
_TEN, _TWENTY = 10, 20


def number(words: str, lexicon: Lexicon) -> Decimal | None:
    """The value of ``words`` (bare, as the ``{n}`` of a rule finds them), or None."""
    words = words.strip()
    if words in lexicon.articles:
        return Decimal(1)
    if not words or words[0].isalpha():
        return _spelled(words, lexicon)
    figure = words.rstrip("abcdefghijklmnopqrstuvwxyz. ")
    value, scale = _figure(figure), words[len(figure) :].strip(" .")
    return value if value is None or not scale else value * lexicon.scales.get(scale, 1)


def _figure(figure: str) -> Decimal | None:
    part = Decimal(0)
    if unicodedata.numeric(figure[-1], 0) % 1:  # a half or a quarter as one character
        part, figure = Decimal(unicodedata.numeric(figure[-1])), figure[:-1].strip() or "0"
    value = digits(figure)
    return None if value is None else value + part


def digits(figure: str) -> Decimal | None:
    """The value of a figure in ASCII digits with ``, . '`` or blanks between them, or None."""
    figure = figure.replace(" ", "").replace("'", "")
    match list(dict.fromkeys(char for char in figure if char in ",.")):
        case []:
            return _decimal(figure)
        case [mark]:
            return _decimal(figure.replace(mark, "" if _thousands(figure, mark) else "."))
        case [mark, point]:
            whole, _, part = figure.partition(point)
            return _decimal(f"{whole.replace(mark, '')}.{part}") if _thousands(whole, mark) else None
    return None


def _thousands(figure: str, mark: str) -> bool:
    first, *groups = figure.split(mark)
    return 0 < len(first) <= _GROUP and first[0] != "0" and all(len(g) == _GROUP and g.isdigit() for g in groups)


def _decimal(figure: str) -> Decimal | None:
    whole = figure.replace(".", "", 1)
    if not (whole.isascii() and whole.isdigit()) or len(whole) > _LIMIT:
        return None
    return Decimal(figure)


def _spelled(words: str, lexicon: Lexicon) -> Decimal | None:
    """Number words added up from left to right: ``total`` holds the thousands, ``group`` what is below."""
    total, group, last = Decimal(0), Decimal(0), Decimal("Infinity")
    parts = values(words, lexicon)
    for value in parts:
        joined = _joined(group, value, lexicon) if value < _THOUSAND else Decimal(0)
        if joined is None or value >= last:
            return None
        if value >= _THOUSAND:
            total, last = total + (group or 1) * value, value
        group = joined
    return total + group if parts else None


def values(words: str, lexicon: Lexicon) -> list[Decimal]:
    """The values of the single words; blanks and the glue between them have none. Empty when a word is unknown."""
    skipped = dict.fromkeys([" ", *lexicon.glue, *([lexicon.joined] if lexicon.joined else [])])
    known = skipped | {word.replace("-", " "): value for word, value in (lexicon.glued | lexicon.numbers).items()}
    longest_first = sorted(known, key=len, reverse=True)
    found: list[Decimal] = []
    words, at = words.replace("-", " "), 0
    while at < len(words):
        word = next((w for w in longest_first if words.startswith(w, at)), None)
        if word is None:
            return []
        value = known[word]
        found += [] if value is None else [value]
        at += len(word)
    return found


def _joined(group: Decimal, value: Decimal, lexicon: Lexicon) -> Decimal | None:
    """``value`` (below a thousand) behind ``group``, or None when the two make no number."""
    rest = group % _HUNDRED
    if value == _HUNDRED and 0 < group < _HUNDRED:
        return group * _HUNDRED
    if group == 0 or (rest == 0 and value < _HUNDRED):
        return group + value
    tens_first = rest >= _TWENTY and rest % _TEN == 0 and value < _TEN
    tens_last = bool(lexicon.joined) and rest < _TEN and value >= _TWENTY and value % _TEN == 0 and value < _HUNDRED
    teens = int(rest) in lexicon.teens_after and value < _TWENTY
    return group + value if tens_first or tens_last or teens else None
