"""What a quote of a mail says, as a table: the value, or None where a careful reader would ask back."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.types.quantities import Count, Day, Duration, Money, Percent, Words
from pipeline.values.read import read

WEDNESDAY = date(2026, 11, 18)
DEVSET = Path(__file__).parents[2] / "../shared/devset/requests.jsonl"


def _day(words: str, language: str) -> str | None:
    found = read("day", words, language, WEDNESDAY)
    return f"{found.day:%Y-%m-%d}" if isinstance(found, Day) else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026-12-01", "2026-12-01"),
        ("26/03/2026", "2026-03-26"),
        ("3/13/2026", "2026-03-13"),
        ("3/4", "2027-04-03"),
        ("12 Nov", "2026-11-12"),
        ("Thursday 12 Nov", "2026-11-12"),
        ("8th of May 2027", "2027-05-08"),
        ("May 8, 2026", "2026-05-08"),
        ("by may 8", "2027-05-08"),
        ("29 Feb", "2028-02-29"),
        ("the 26th", "2026-11-26"),
        ("the 24th of this month", "2026-11-24"),
        ("by Friday", "2026-11-20"),
        ("next Friday", "2026-11-20"),
        ("by Wednesday", "2026-11-25"),
        ("by 5pm on Friday", "2026-11-20"),
        ("Monday 8 am", "2026-11-23"),
        ("last Friday", "2026-11-13"),
        ("Friday next week", "2026-11-27"),
        ("Wednesday week", "2026-12-02"),
        ("Monday 4 December 2026", "2026-12-04"),
        ("tonight", "2026-11-18"),
        ("tomorrow", "2026-11-19"),
        ("this week", "2026-11-20"),
        ("next week", "2026-11-27"),
        ("end of next week", "2026-11-27"),
        ("end of the month", "2026-11-30"),
        ("next month", "2026-12-31"),
        ("at the end of 2027", "2027-12-31"),
        ("middle of March", "2027-03-15"),
        ("start of July", "2027-07-01"),
        ("in February", "2027-02-28"),
        ("February", "2027-02-28"),
        ("in two weeks", "2026-12-02"),
        ("within 3 working days", "2026-11-23"),
        ("in 48 hours", "2026-11-20"),
        ("within 48h", "2026-11-20"),
        ("asap", None),
        ("as soon as possible", None),
        ("end of  Ju\u00adne", "2027-06-30"),
        ("12\nNov", "2026-11-12"),
        ("early June", None),
        ("by March", None),
        ("31 June", None),
        ("27 or 28 January", "2027-01-28"),  # either suits, so the later one is meant
        ("25-27 sept", None),
        ("the Friday", None),
        ("two weeks on Friday", None),
        ("3 days before 12 May", None),
        ("every Friday", None),
        ("the first Monday in June", None),
        ("within 30 days of invoice", None),
        ("we may need it", None),
        ("early next week", None),
        ("before Christmas", None),
        ("10.000", None),
        ("1 May 9999", None),
    ],
)
def test_days_in_english(words: str, expected: str | None) -> None:
    assert _day(words, "en") == expected


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("de", "29.05.", "2027-05-29"),
        ("de", "29.05.2026", "2026-05-29"),
        ("de", "bis 29.05", "2027-05-29"),
        ("de", "Samstag, 9. Mai", "2027-05-09"),
        ("de", "1. Jänner", "2027-01-01"),
        ("de", "Freitag, den 8.5.", "2027-05-08"),
        ("de", "bis Freitag", "2026-11-20"),
        ("de", "Freitagmittag", "2026-11-20"),
        ("de", "bis Mittwoch 10 Uhr", "2026-11-25"),
        ("de", "heute Abend", "2026-11-18"),
        ("de", "morgen früh", "2026-11-19"),
        ("de", "übermorgen", "2026-11-20"),
        ("de", "am 17.", "2026-12-17"),
        ("de", "Ende nächster Woche", "2026-11-27"),
        ("de", "Ende des Monats", "2026-11-30"),
        ("de", "Mitte Maerz", "2027-03-15"),
        ("de", "in zwei Wochen", "2026-12-02"),
        ("de", "innerhalb von 3 Arbeitstagen", "2026-11-23"),
        ("de", "am Morgen", None),
        ("de", "Anfang Juli", None),
        ("de", "freitags", None),
        ("de", "bis 12.05 €", None),
        ("fr", "d'ici vendredi", "2026-11-20"),
        ("fr", "vendredi 8 h", "2026-11-20"),
        ("fr", "vendredi 8", None),
        ("fr", "avant vendredi 18h", "2026-11-20"),
        ("fr", "le 1er mars", "2027-03-01"),
        ("fr", "21 avr. 2026", "2026-04-21"),
        ("fr", "mi-septembre", "2027-09-15"),
        ("fr", "fin d\u2019août", "2027-08-31"),
        ("fr", "courant novembre", "2026-11-30"),
        ("fr", "après-demain", "2026-11-20"),
        ("fr", "la semaine prochaine", "2026-11-27"),
        ("fr", "vendredi en huit", "2026-11-27"),
        ("fr", "sous 5 jours ouvrés", "2026-11-25"),
        ("fr", "début juin", None),
        ("fr", "Le 18 ou le 25", "2026-11-25"),
        ("es", "el 23 de octubre", "2026-10-23"),
        ("es", "5 de marzo de 2027", "2027-03-05"),
        ("es", "para el viernes", "2026-11-20"),
        ("es", "mañana por la mañana", "2026-11-19"),
        ("es", "pasado mañana", "2026-11-20"),
        ("es", "la semana que viene", "2026-11-27"),
        ("es", "finales de agosto", "2027-08-31"),
        ("es", "mediados de mayo", "2027-05-15"),
        ("es", "en dos semanas", "2026-12-02"),
        ("es", "por la mañana", None),
        ("es", "fin de semana", None),
        ("es", "lunes o martes", None),
        ("it", "by Friday", "2026-11-20"),
        ("de", "by next Friday", "2026-11-20"),
    ],
)
def test_days_in_other_languages(language: str, words: str, expected: str | None) -> None:
    assert _day(words, language) == expected


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "£640", "640 GBP"),
        ("en", "640 pounds", "640 GBP"),
        ("en", "£1,845.50", "1845.50 GBP"),
        ("en", "$1.5k", "1500.0 USD"),
        ("en", "CHF 1'200.50", "1200.50 CHF"),
        ("en", "22k", "22000 None"),
        ("en", "4,212", "4212 None"),
        ("en", "20.000", "20000 None"),
        ("en", "1.480,50", "1480.50 None"),
        ("en", "13 400", "13400 None"),
        ("en", "kr 500", "500 None"),
        ("en", "\uff12\uff10 €", "20 EUR"),
        ("en", "\u0663\u0660 €", "30 EUR"),
        ("en", "two hundred and fifty pounds", "250 GBP"),
        ("en", "half a million", "500000.0 None"),
        ("de", "4.212 Euro", "4212 EUR"),
        ("de", "1.200,\u2013 €", "1200 EUR"),
        ("de", "30 Tsd. Euro", "30000 EUR"),
        ("de", "zweitausendfünfhundert Euro", "2500 EUR"),
        ("fr", "mille euros", "1000 EUR"),
        ("fr", "7\u202f850 €", "7850 EUR"),
        ("fr", "30 k€", "30000 EUR"),
        ("fr", "quatre-vingt-dix-neuf euros", "99 EUR"),
        ("es", "dos mil quinientos euros", "2500 EUR"),
        ("es", "treinta y un euros", "31 EUR"),
        ("en", "from 4,212 to 2,000", None),
        ("en", "£500-£600", None),
        ("en", "£5-600", None),
        ("en", "HK$ 300", "300 HKD"),
        ("en", "TT$ 300", None),
        ("en", "£2m", None),
        ("en", "30 days", None),
        ("en", "10%", None),
        ("en", "1.2.3", None),
        ("en", "a pound of flesh or two", None),
    ],
)
def test_money(language: str, words: str, expected: str | None) -> None:
    found = read("money", words, language, WEDNESDAY)
    assert (f"{found.amount} {found.currency}" if isinstance(found, Money) else None) == expected


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "30%", "30"),
        ("en", "12.5 %", "12.5"),
        ("en", "minus 18", "18"),
        ("en", "18 per cent", "18"),
        ("en", "half price", "50"),
        ("de", "10 Prozent", "10"),
        ("de", "die Hälfte", "50"),
        ("fr", "à moitié prix", "50"),
        ("fr", "un rabais de 15 %", "15"),
        ("es", "un 15 por ciento", "15"),
        ("en", "10-15%", None),
        ("en", "a third off", "33.3"),
        ("en", "a quarter off", "25"),
        ("de", "ein Drittel weniger", "33.3"),
        ("fr", "un tiers de moins", "33.3"),
        ("es", "un tercio menos", "33.3"),
        ("en", "a third of the price", None),
        ("en", "10 plus a bottle", None),
    ],
)
def test_percentages(language: str, words: str, expected: str | None) -> None:
    found = read("percent", words, language, WEDNESDAY)
    assert (str(found.number) if isinstance(found, Percent) else None) == expected


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "90 days", "90 days"),
        ("en", "ninety days", "90 days"),
        ("en", "two working days", "2 working_days"),
        ("en", "half a day", "0.5 days"),
        ("en", "two and a half weeks", "2.5 weeks"),
        ("en", "an hour and a half", "1.5 hours"),
        ("en", "a fortnight", "2 weeks"),
        ("en", "30 min", "0.5 hours"),
        ("de", "30 Tage", "30 days"),
        ("de", "eine Woche", "1 weeks"),
        ("de", "anderthalb Stunden", "1.5 hours"),
        ("de", "fünf Werktage", "5 working_days"),
        ("fr", "une demi-journée", "0.5 days"),
        ("fr", "un an et demi", "1.5 years"),
        ("fr", "18 h", "18 hours"),
        ("es", "media hora", "0.5 hours"),
        ("es", "un mes y medio", "1.5 months"),
        ("es", "5 días hábiles", "5 working_days"),
        ("en", "2-3 weeks", None),
        ("en", "between two and three weeks", None),
        ("de", "zwei, drei Wochen", None),
        ("en", "a few days", None),
        ("en", "20 minutes", None),
    ],
)
def test_durations(language: str, words: str, expected: str | None) -> None:
    found = read("duration", words, language, WEDNESDAY)
    assert (f"{found.number} {found.unit}" if isinstance(found, Duration) else None) == expected


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "a fourth round", 4),
        ("en", "v7", 7),
        ("en", "third", 3),
        ("en", "round 3", 3),
        ("en", "SIX", 6),
        ("en", "half a dozen", 6),
        ("en", "a couple", 2),
        ("en", "twenty-one", 21),
        ("de", "die vierte Runde", 4),
        ("de", "4. Runde", 4),
        ("de", "vierzig", 40),
        ("fr", "deux", 2),
        ("fr", "3e tour", 3),
        ("es", "tercera ronda", 3),
        ("es", "4ª ronda", 4),
        ("en", "3 of 5", None),
        ("en", "another round", None),
        ("de", "ein Entwurf", None),
        ("en", "1.5", None),
        ("en", "three working days", None),
    ],
)
def test_counts(language: str, words: str, expected: int | None) -> None:
    found = read("count", words, language, WEDNESDAY)
    assert (found.number if isinstance(found, Count) else None) == expected


def test_words_stay_as_they_are() -> None:
    assert read("words", " Ana  Prieto", "es", WEDNESDAY) == Words(text=" Ana  Prieto")
    assert read("words", " ", "es", WEDNESDAY) is None


def test_an_unknown_type_or_an_endless_quote_is_nothing() -> None:
    assert read("mood", "fine", "en", WEDNESDAY) is None
    assert read("day", "by Friday" + " x" * 500, "en", WEDNESDAY) is None


@settings(deadline=None)
@given(
    st.sampled_from(["money", "percent", "duration", "day", "count", "words"]),
    st.text() | st.text("0123456789.,/- €%kmay½²\u0663\uff12 tagemonths'", max_size=40),
    st.sampled_from(["en", "de", "fr", "es", "xx", ""]),
    st.dates(),
)
def test_no_text_breaks_the_reader(type_: str, quote: str, language: str, today: date) -> None:
    found = read(type_, quote, language, today)
    assert found is None or found.type == type_


@pytest.mark.skipif(not DEVSET.exists(), reason="the development set is not here")
def test_dates_and_sums_of_the_development_set_are_read_or_left() -> None:
    right = wrong = 0
    for line in DEVSET.read_text("utf-8").splitlines():
        mail = json.loads(line)
        for fact in mail["gold"]["facts"]:
            type_ = {"deadline": "day", "money": "money", "percent": "percent"}.get(fact["type"])
            found = type_ and read(type_, fact["evidence"], mail["language"], date.fromisoformat(mail["date"]))
            if isinstance(found, Day):
                matches = found.day.isoformat() == fact["value"]
            elif isinstance(found, Money):
                matches = found.amount == Decimal(str(fact["value"]))
            elif isinstance(found, Percent):
                matches = found.number == Decimal(str(fact["value"]))
            else:
                continue
            right, wrong = right + matches, wrong + (not matches)
    assert wrong == 0
    assert right > 100
