"""Numbers in digits and in words."""

from decimal import Decimal

import pytest

from pipeline.values.lexicon import lexicon
from pipeline.values.numbers import number
from pipeline.values.text import bare


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("4,212", "4212"),
        ("20.000", "20000"),
        ("1.480,50", "1480.50"),
        ("1,480.50", "1480.50"),
        ("1.234.567", "1234567"),
        ("13 400", "13400"),
        ("1'200", "1200"),
        ("0.125", "0.125"),
        ("0,92", "0.92"),
        ("22.6", "22.6"),
        ("1234,567", "1234.567"),
        ("30k", "30000"),
        ("1.5 k", "1500.0"),
        ("2½", "2.5"),
        ("½", "0.5"),
        ("1.2.3", None),
        ("1,23,456", None),
        ("1.2,3.4", None),
        ("9" * 40, None),
    ],
)
def test_figures(figure: str, expected: str | None) -> None:
    assert number(figure, lexicon("en")) == (expected and Decimal(expected))


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "fifteen", 15),
        ("en", "twenty-five", 25),
        ("en", "a hundred and twenty", 120),
        ("en", "two thousand three hundred", 2300),
        ("en", "fifteen hundred", 1500),
        ("en", "two three", None),
        ("en", "twenty twenty", None),
        ("de", "einundzwanzig", 21),
        ("de", "dreihundertfünfundzwanzig", 325),
        ("de", "dreissig", 30),
        ("de", "fuenfzig", 50),
        ("fr", "soixante et onze", 71),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "deux cent un", 201),
        ("fr", "mille deux cents", 1200),
        ("es", "treinta y uno", 31),
        ("es", "ciento veinte", 120),
        ("es", "dos mil doscientos", 2200),
    ],
)
def test_number_words(language: str, words: str, expected: int | None) -> None:
    assert number(bare(words), lexicon(language)) == expected
