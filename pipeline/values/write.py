"""A value in the words of a language, as a good letter has it: "4 décembre 2026", "1.200 €", "5 Arbeitstage".

Left out: weekdays, and number words; figures are easier to find in an answer.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Order, Percent, Quantity, Words
from pipeline.values.lexicon import code, lexicon, locale

_CENT = Decimal("0.01")
_ONE = re.compile(r"\b1\b")
_PAST, _AHEAD = 30, 300  # days around today in which a day and a month name one day only


def write(value: Quantity, language: str, today: date | None = None) -> str:
    """``value`` in ``language`` (``de``, ``de-AT``, ...); in English when the language is unknown.

    A day close to ``today`` is written without its year, as people do.
    """
    words = code(language)
    match value:
        case Money():
            text = _money(value.amount, value.currency, words)
        case Percent():
            text = _percent(str(value.number), words)
        case Duration():
            text = _duration(value, words)
        case Day():
            text = _day(value.day, words, today)
        case Count():
            text = _decimal(Decimal(value.number), words)
        case Flag():
            text = lexicon(words).write["flag"][value.yes]
        case Choice():
            text = value.name
        case Words():
            text = value.text
        case Order():
            text = f"{_decimal(value.number, words)} \u00d7 {value.item}"
    return text


def _money(amount: Decimal, currency: str | None, language: str) -> str:
    from babel.numbers import format_currency

    whole = amount % 1 == 0
    amount = amount if whole else amount.quantize(_CENT) if amount.quantize(_CENT) == amount else amount
    if currency is None:
        return _decimal(amount, language) if whole else _cents(str(amount), language)
    pattern = _money_pattern(language, whole=whole)
    text = format_currency(
        amount, currency, pattern, locale=locale(language), currency_digits=False, decimal_quantization=False
    )
    return _spaced(re.sub(r"(?<=[A-Za-z])(?=\d)", "\u00a0", text))  # "CHF 30"


@cache
def _money_pattern(language: str, *, whole: bool) -> str:
    """The language's own pattern for amounts; without the cents for a whole amount."""
    from babel import Locale

    pattern = str(Locale.parse(locale(language)).currency_formats["standard"].pattern)
    return pattern.replace(".00", "") if whole else pattern


@lru_cache(maxsize=256)
def _percent(number: str, language: str) -> str:
    from babel.numbers import format_percent

    return _spaced(format_percent(Decimal(number) / 100, locale=locale(language), decimal_quantization=False))


def _duration(value: Duration, language: str) -> str:
    singular, plural = lexicon(language).write[value.unit]
    return f"{_decimal(value.number, language)} {singular if _is_one(str(value.number), language) else plural}"


@lru_cache(maxsize=256)
def _is_one(number: str, language: str) -> bool:
    from babel import Locale

    return Locale.parse(language).plural_form(Decimal(number)) == "one"


def _day(day: date, language: str, today: date | None) -> str:
    return _dated(day, language, near=today is not None and -_PAST <= (day - today).days <= _AHEAD)


@lru_cache(maxsize=1024)  # a few weeks' days return in most mails
def _dated(day: date, language: str, *, near: bool) -> str:
    from babel.dates import format_date, format_skeleton

    place = locale(language)
    text = format_skeleton("MMMMd", day, locale=place) if near else format_date(day, format="long", locale=place)
    if day.day == 1 and (first := lexicon(language).write.get("first_day")):
        text = _ONE.sub(first[1], text, count=1)
    return _spaced(text)


def _cents(number: str, language: str) -> str:
    """An amount without a currency, its cents in two figures: "662.40"."""
    from babel.numbers import format_decimal

    place = locale(language)
    return _spaced(format_decimal(Decimal(number), "#,##0.00###", locale=place, decimal_quantization=False))


def _decimal(number: Decimal, language: str) -> str:
    return _figure(str(number), language)


@lru_cache(maxsize=1024)  # by its digits: 10 and 10.0 are equal, and not written alike
def _figure(number: str, language: str) -> str:
    from babel.numbers import format_decimal

    return _spaced(format_decimal(Decimal(number), locale=locale(language), decimal_quantization=False))


def _spaced(text: str) -> str:
    """One kind of blank inside figures: the no-break space, which every mail program shows."""
    return text.replace("\u202f", "\u00a0")
