"""What a finished text states in figures, and what of it is mere prose."""

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.types.quantities import Count, Day
from pipeline.values.scan import contacts, scan

WEDNESDAY = date(2026, 11, 18)


def _seen(text: str, language: str = "en") -> list[str]:
    return [f"{found.kind}: {found.text}" for found in scan(text, language, WEDNESDAY)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We start on Monday.", ["weekday: on Monday"]),
        ("en", "ready by 4 December 2026 for €1,200", ["day: 4 December 2026", "money: €1,200"]),
        ("en", "in March or in May", ["month: in March", "month: in May"]),
        ("en", "We may march on. May I ask?", []),
        ("en", "our May launch", ["month: May"]),
        ("en", "within 5 working days", ["duration: 5 working days"]),
        ("en", "tomorrow at 5pm", ["day: tomorrow", "number: 5pm"]),
        ("en", "any of the three, one of two things, a third option", []),
        ("en", "two weeks, three euros", ["duration: two weeks", "money: three euros"]),
        ("en", "in a week", ["duration: a week"]),
        ("en", "four drafts", ["number: four"]),
        ("en", "a second phase, the first draft, on your behalf", []),
        ("en", "half the price, a third off", ["percent: half the price", "percent: a third off"]),
        ("en", "19 m² and 30 cm", ["number: 19", "number: 30"]),
        ("en", "version v7", ["number: 7"]),
        ("en", "1 5 % and 5 0 0", ["number: 1 5 %", "number: 5 0 0"]),
        ("en", "\uff11\uff15 per cent, \u0661\u0665 days, 5\u20e3", None),
        ("en", "fif\u00adteen drafts, t\u200ben more", ["number: fif\u00adteen", "number: t\u200ben"]),
        ("en", "½ of it, \u2462 ways, \u4e94", ["number: ½", "number: \u2462", "number: \u4e94"]),
        ("en", "no £ sign, no \u20b9", ["money: £", "money: \u20b9"]),
        ("de", "vier Entwürfe, drei Entwürfe, ein Entwurf", ["number: vier"]),
        ("de", "Freitagmittag, 10 Prozent", ["weekday: Freitagmittag", "percent: 10 Prozent"]),
        ("de", "Das geht in fünf Arbeitstagen", ["duration: fünf Arbeitstagen"]),
        ("de", "Reply by Friday", ["weekday: by Friday"]),
        ("fr", "mon ami, le mardi 1er décembre", ["day: mardi 1er décembre"]),
        ("fr", "d'ici la fin du mois", ["day: la fin du mois"]),
        ("es", "Ten en cuenta el lunes", ["weekday: lunes"]),
    ],
)
def test_figures_are_found_and_prose_is_left(language: str, text: str, expected: list[str] | None) -> None:
    seen = _seen(text, language)
    assert len(seen) == 3 if expected is None else seen == expected


def test_values_come_with_the_places() -> None:
    text = "Send it by Friday: 12 pages."
    weekday, pages = scan(text, "en", WEDNESDAY)
    assert (weekday.value, text[weekday.start : weekday.end]) == (Day(day=date(2026, 11, 20)), "by Friday")
    assert pages.value == Count(number=12)


def test_a_date_with_the_wrong_weekday_has_no_value() -> None:
    (right,) = scan("Friday 4 December 2026", "en", WEDNESDAY)
    (wrong,) = scan("Monday 4 December 2026", "en", WEDNESDAY)
    assert right.value == Day(day=date(2026, 12, 4))
    assert wrong.value is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://firm.example/x and www.firm.example", ["url: https://firm.example/x", "url: www.firm.example"]),
        ("write to ana.b@firm.example.", ["email: ana.b@firm.example"]),
        ("ana at firm dot com", ["email: ana at firm dot com"]),
        ("ana [at] firm (dot) com", ["email: ana [at] firm (dot) com"]),
        ("on firm.example today", ["domain: firm.example"]),
        ("firm\u3002example", ["domain: firm\u3002example"]),
        ("x.com, f\u200birm.example", ["domain: x.com", "domain: f\u200birm.example"]),
        ("call +44 20 7946 0958 or 030/1234567", ["phone: +44 20 7946 0958", "phone: 030/1234567"]),
        ("06 12 34 56 78", ["phone: 06 12 34 56 78"]),
        ("2026-12-04, 12.05.2026 - 14.05.2026, 1.200.000 €, 13 400", []),
        ("e.g. z.B. i.e. a.m. option (a) costs less at some point", []),
    ],
)
def test_contacts(text: str, expected: list[str]) -> None:
    assert [f"{found.kind}: {found.text}" for found in contacts(text)] == expected


NUMERIC = st.characters(categories=["Nd", "Nl", "No", "Sc"])
MIXED = st.text(NUMERIC | st.sampled_from(" .,-/%€km\u00ad\u200b\ufe0fatdot@") | st.characters(), max_size=40)


@pytest.mark.parametrize(("sign", "kind"), [("Ⅷ", "number"), ("₨", "money"), ("﷼", "money")])
def test_a_sign_that_folding_makes_letters_of_is_seen(sign: str, kind: str) -> None:
    (found,) = scan(f"It is {sign} then.", "en", date(2026, 4, 1))
    assert (found.kind, found.text) == (kind, sign)


@settings(max_examples=400, deadline=None)
@given(MIXED, st.sampled_from(["en", "de", "fr", "es", "xx"]), st.dates())
def test_no_digit_escapes(text: str, language: str, today: date) -> None:
    found = scan(text, language, today)
    covered = {place for f in found for place in range(f.start, f.end)}
    exponents = {place for place, char in enumerate(text) if char in "²³"}
    digits = {place for place, char in enumerate(text) if unicodedata.category(char) in {"Nd", "Nl", "No", "Sc"}}
    assert digits <= covered | exponents
    assert all(text[f.start : f.end] == f.text for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_the_search_for_contacts(text: str) -> None:
    assert all(text[f.start : f.end] == f.text for f in contacts(text))
