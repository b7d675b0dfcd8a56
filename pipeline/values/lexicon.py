"""The words of a language: numbers, ordinals, units, currencies, and Babel's names of months and weekdays, to compare.

The words live in ``lexicon/<language>.yaml``, what all languages share in ``lexicon/common.yaml``; each file is read
once. A language without a file gets the English words.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter

from pipeline.types.base import Value
from pipeline.values.text import bare

LANGUAGES = ("en", "de", "fr", "es")

V = TypeVar("V")
Unit = Literal["hours", "days", "working_days", "weeks", "months", "years", "minutes", "seconds"]
Width = Literal["wide", "abbreviated"]
Rules = dict[str, tuple[str, ...]]

_FOLDER = Path(__file__).parent / "lexicon"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Common(Value):
    """Currency signs and codes, and the rules that hold in every language."""

    signs: dict[str, str]
    codes: tuple[str, ...]
    unnamed: tuple[str, ...]
    rules: Rules


class Lexicon(Value):
    """One language's file. Words are compared ``bare``; patterns are RE2 over bare text (``common.yaml`` tells how)."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    numbers: dict[str, Decimal]
    glue: tuple[str, ...]  # words inside a number: twenty-one, vingt et un
    glued: dict[str, Decimal] = Field(default_factory=dict)  # articles that are one at the end of a number: vingt et un
    joined: str = ""  # what may stand inside a number written as one word; empty: numbers are written apart
    teens_after: tuple[int, ...] = ()  # tens that take 10 to 19 as well: soixante-dix
    not_numbers: tuple[str, ...] = ()  # English number words that mean something else here
    vague: tuple[str, ...]  # many of a thing, and nobody can tell how many
    articles: tuple[str, ...]  # one, when a unit follows
    scales: dict[str, int]
    ordinals: dict[str, int]
    suffix: str
    months: dict[str, int]
    unclear_months: tuple[str, ...]
    weekdays: dict[str, int]  # ISO, 1 = Monday
    full_months: tuple[str, ...] = ()
    full_weekdays: tuple[str, ...] = ()
    weekday_tail: str
    article_of_day: str
    signs: dict[str, str] = Field(default_factory=dict)  # currency signs, Babel's and the common ones
    currencies: dict[str, tuple[str, ...]]
    units: dict[Unit, tuple[str, ...]]
    half: tuple[str, ...]
    and_half: tuple[str, ...]
    write: dict[str, tuple[str, str]]  # singular, plural; ``flag``: no, yes; ``first_day``: figure, word
    rules: Rules


def code(language: str) -> str:
    """The language whose words are used for ``language`` (a code such as ``de`` or ``de-AT``); English when unknown."""
    short = language[:2].lower()
    return short if short in LANGUAGES else "en"


def locale(language: str) -> str:
    """Babel's name for the forms of ``language``; English is British, with the day before the month."""
    return "en_GB" if language == "en" else language


@cache
def common() -> Common:
    """What all languages share."""
    return Common.model_validate(_yaml("common"))


def contact_patterns() -> Rules:
    """How addresses look, by kind."""
    return TypeAdapter(Rules).validate_python(_yaml("contacts"))


@cache
def titles() -> frozenset[str]:
    """What stands before names."""
    return frozenset(TypeAdapter(Rules).validate_python(_yaml("titles"))["titles"])


@cache
def social() -> frozenset[str]:
    """Titles that are said with the family name alone."""
    return frozenset(TypeAdapter(Rules).validate_python(_yaml("titles"))["social"])


@cache
def titles_written(language: str) -> dict[str, str]:
    """Short titles of ``language`` by what a letter writes in their place."""
    file = _yaml("written")
    return TypeAdapter(dict[str, dict[str, str]]).validate_python(file).get(language[:2], {})


@cache
def roles() -> frozenset[str]:
    """What stands where a name would, when nobody in particular writes."""
    return frozenset(TypeAdapter(Rules).validate_python(_yaml("titles"))["roles"])


@cache
def lexicon(language: str) -> Lexicon:
    """The words of ``language``, one of ``LANGUAGES``."""
    read = Lexicon.model_validate(_yaml(language))
    months, weekdays = _babel_months(language, "wide"), _babel_weekdays(language, "wide")
    shorter = [*_babel_months(language, "abbreviated"), *read.months.items()]
    return read.model_copy(
        update={
            "numbers": _named(read.numbers.items()),
            "signs": common().signs | _named(_babel_signs(language)),
            "ordinals": _named(read.ordinals.items()),
            "months": _named([*months, *shorter]),
            "full_months": tuple(_named(months)),
            "weekdays": _named([*weekdays, *_babel_weekdays(language, "abbreviated"), *read.weekdays.items()]),
            "full_weekdays": tuple(_named(weekdays)),
        }
    )


def _yaml(name: str) -> object:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load((_FOLDER / f"{name}.yaml").read_text("utf-8"))


def _named(words: Iterable[tuple[str, V]]) -> dict[str, V]:
    """``words`` bare, and once more with umlauts written as two letters."""
    named: dict[str, V] = {}
    for word, value in words:
        named[bare(word)] = value
        named[bare(word.lower().translate(_UMLAUTS))] = value
    return named


def _babel_signs(language: str) -> list[tuple[str, str]]:
    from babel.numbers import get_currency_symbol

    signs = ((get_currency_symbol(code, locale=locale(language)), code) for code in common().codes)
    return [(sign, code) for sign, code in signs if sign != code]


def _babel_months(language: str, width: Width) -> list[tuple[str, int]]:
    from babel.dates import get_month_names

    return [(name.rstrip("."), number) for number, name in get_month_names(width, locale=locale(language)).items()]


def _babel_weekdays(language: str, width: Width) -> list[tuple[str, int]]:
    from babel.dates import get_day_names

    return [(name.rstrip("."), number + 1) for number, name in get_day_names(width, locale=locale(language)).items()]
