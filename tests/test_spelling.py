"""Sums that name no currency, as a letter repeats them."""

from decimal import Decimal

import pytest

from pipeline.letter import Letter, letter_of
from pipeline.types.decision import Action, AskDecision, Decision, Offer, Term, Text
from pipeline.types.quantities import Money, Percent
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, State
from pipeline.values.read import read
from tests.fakes import TODAY, business, message

LIMIT = Offer(
    id="limit", kind="price", text=Text(by_language={}), asks=(1,),
    terms=(Term(name="max_discount", value=Percent(number=Decimal(10))),),
)  # fmt: skip


def stated(name: str, words: str, language: str) -> Fact:
    value = read("money", words, language, TODAY)
    assert isinstance(value, Money)
    quote = Quote(part="body", start=0, end=len(words), text=words)
    return Fact(name=name, state=State.KNOWN, value=value, quote=quote)


def letter(language: str, *facts: Fact, body: str = "Hm") -> Letter:
    asked = Ask(number=1, kind=Kind.DISCOUNT, quote=Quote(part="body", start=0, end=2, text="Hm"), facts=facts)
    decision = Decision(
        action=Action.DECLINE, code="x", offers=(LIMIT,), asks=(AskDecision(ask=1, action=Action.DECLINE, facts=facts),)
    )
    return letter_of(message(body), Request(asks=(asked,), language=language), decision, business(), TODAY)


def words(made: Letter, name: str) -> str:
    return made.slots[name].words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [
        ("662.40", "en", "662.40"),
        ("1200 total", "en", "1200"),
        ("2k", "en", "2k"),
        ("510 a week", "en", "510"),
        ("1.264,80 insgesamt", "de", "1.264,80"),
        ("1'200", "de", "1'200"),
        ("3 000 tout compris", "fr", "3 000"),
        ("3200,5", "es", "3200,5"),
        ("zero", "en", "0"),
        ("£662.4", "en", "£662.40"),
        ("1200 Euro", "de", "1.200 €"),
    ],
)
def test_a_sum_without_a_currency_keeps_their_figures(said: str, language: str, expected: str) -> None:
    assert words(letter(language, stated("price_before", said, language)), "ask.1.price_before") == expected


@pytest.mark.parametrize(
    ("before", "wanted", "language", "expected"),
    [
        ("4 180 €", "3 000", "fr", "3 000 €"),  # the firm's own, and no other in the mail
        ("£4,180", "3,000", "en", "3,000"),  # not the firm's
    ],
)
def test_the_firms_currency_is_written_where_it_is_certain(
    before: str, wanted: str, language: str, expected: str
) -> None:
    made = letter(language, stated("price_before", before, language), stated("price_wanted", wanted, language))
    assert words(made, "ask.1.price_wanted") == expected


def test_two_currencies_make_none_certain() -> None:
    made = letter(
        "en", *(stated(*each, "en") for each in [("price_before", "€90"), ("amount", "$20"), ("price_wanted", "60")])
    )
    assert words(made, "ask.1.price_wanted") == "60"


def test_what_an_offer_comes_to_has_its_cents_in_two_figures() -> None:
    bare = letter("en", stated("price_before", "662", "en"))
    assert words(bare, "offer.limit.price_after") == "595.80"
    beside = letter("de", stated("price_before", "662", "de"), stated("amount", "50 €", "de"))
    assert words(beside, "offer.limit.price_after") == "595,80 €"
