"""Values in the words of a letter, and back again: what is written can be read and is found."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Percent, Quantity, Words
from pipeline.values.lexicon import common
from pipeline.values.read import read
from pipeline.values.scan import scan
from pipeline.values.write import write

TODAY = date(2026, 11, 18)
LANGUAGES = st.sampled_from(["en", "de", "fr", "es"])


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "en", "de", "fr", "es"),
    [
        (
            Day(day=date(2026, 12, 4)),
            "4 December 2026",
            "4. Dezember 2026",
            "4 décembre 2026",
            "4 de diciembre de 2026",
        ),
        (Day(day=date(2027, 3, 1)), "1 March 2027", "1. März 2027", "1er mars 2027", "1 de marzo de 2027"),
        (Money(amount=Decimal(1200), currency="EUR"), "€1,200", "1.200 €", "1 200 €", "1.200 €"),
        (
            Money(amount=Decimal("18400.5"), currency="GBP"),
            "£18,400.50",
            "18.400,50 £",
            "18 400,50 £GB",
            "18.400,50 GBP",
        ),
        (Money(amount=Decimal(640)), "640", "640", "640", "640"),
        (Money(amount=Decimal("662.4")), "662.40", "662,40", "662,40", "662,40"),
        (Money(amount=Decimal("12345.675")), "12,345.675", "12.345,675", "12 345,675", "12.345,675"),
        (Percent(number=Decimal(10)), "10%", "10 %", "10 %", "10 %"),
        (Percent(number=Decimal("12.5")), "12.5%", "12,5 %", "12,5 %", "12,5 %"),
        (
            Duration(number=Decimal(5), unit="working_days"),
            "5 working days",
            "5 Arbeitstage",
            "5 jours ouvrés",
            "5 días laborables",
        ),
        (Duration(number=Decimal(1), unit="weeks"), "1 week", "1 Woche", "1 semaine", "1 semana"),
        (Duration(number=Decimal("1.5"), unit="hours"), "1.5 hours", "1,5 Stunden", "1,5 heure", "1,5 horas"),
        (Count(number=2), "2", "2", "2", "2"),
        (Flag(yes=True), "yes", "ja", "oui", "sí"),
        (Choice(name="unlisted"), "unlisted", "unlisted", "unlisted", "unlisted"),
        (Words(text="Ana Prieto"), "Ana Prieto", "Ana Prieto", "Ana Prieto", "Ana Prieto"),
    ],
)
def test_each_language_has_its_form(value: Quantity, en: str, de: str, fr: str, es: str) -> None:
    assert [_plain(write(value, language)) for language in ("en", "de", "fr", "es")] == [en, de, fr, es]


def test_an_unknown_language_gets_the_english_form() -> None:
    assert write(Day(day=date(2026, 12, 4)), "xx") == "4 December 2026"
    assert write(Percent(number=Decimal(10)), "und") == "10%"
    assert write(Duration(number=Decimal(2), unit="days"), "de-AT") == "2 Tage"


AMOUNTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
VALUES: st.SearchStrategy[Quantity] = st.one_of(
    st.builds(Money, amount=AMOUNTS, currency=st.sampled_from(common().codes)),
    st.builds(Percent, number=st.integers(0, 1000).map(lambda n: Decimal(n) / 10)),
    st.builds(
        Duration,
        number=st.integers(0, 400).map(lambda n: Decimal(n) / 2),
        unit=st.sampled_from(["hours", "days", "working_days", "weeks", "months", "years"]),
    ),
    st.builds(Day, day=st.integers(-3000, 3000).map(lambda n: TODAY + timedelta(days=n))),
    st.builds(Count, number=st.integers(0, 10**6)),
)


@settings(max_examples=150, deadline=None)
@given(VALUES, LANGUAGES)
def test_what_is_written_is_read_again(value: Quantity, language: str) -> None:
    assert read(value.type, write(value, language), language, TODAY) == value


@settings(max_examples=150, deadline=None)
@given(VALUES, LANGUAGES)
def test_what_is_written_is_found_in_a_sentence(value: Quantity, language: str) -> None:
    written = write(value, language)
    (found,) = scan(f"abc {written}, xyz.", language, TODAY)
    assert found.value == value
    assert found.text == written
