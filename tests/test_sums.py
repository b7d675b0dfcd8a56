"""What an offer comes to: exact sums from the one price that the mail states, or none."""

from decimal import Decimal

import pytest

from pipeline.sums import sums
from pipeline.types.decision import Action, AskDecision, Decision, Offer, Term, Text
from pipeline.types.quantities import Count, Money, Percent, Quantity
from pipeline.types.request import Fact, State

WORDS = Text(by_language={"en": "an offer"})


def offer(name: str, value: Quantity) -> Offer:
    return Offer(id="o", kind="k", text=WORDS, terms=(Term(name=name, value=value),), asks=(1,))


def decision(*prices: Money) -> Decision:
    asks = (
        AskDecision(
            ask=number,
            action=Action.DECLINE,
            facts=(Fact(name="price_before", state=State.KNOWN, value=price),),
        )
        for number, price in enumerate(prices, 1)
    )
    return Decision(action=Action.DECLINE, code="discount", asks=tuple(asks))


def euros(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


@pytest.mark.parametrize(
    ("made", "price", "expected"),
    [
        (offer("max_discount", Percent(number=Decimal(10))), "9600", [("price_after", "8640")]),
        (offer("max_discount", Percent(number=Decimal("7.5"))), "99.99", []),  # a fraction of a cent would be left
        (offer("instalments", Count(number=3)), "1200", [("each_part", "400")]),
        (offer("instalments", Count(number=3)), "100", []),
        (offer("longest_payment_term", Count(number=30)), "1200", []),
    ],
)
def test_a_sum_is_told_where_it_is_exact(made: Offer, price: str, expected: list[tuple[str, str]]) -> None:
    assert list(sums(made, decision(euros(price)))) == [(name, euros(amount)) for name, amount in expected]


def test_two_prices_or_none_give_no_sum() -> None:
    made = offer("max_discount", Percent(number=Decimal(10))).model_copy(update={"asks": (1, 2)})
    assert not list(sums(made, decision(euros("100"), euros("200"))))
    assert not list(sums(made, Decision(action=Action.DECLINE, code="discount")))
    assert list(sums(made, decision(euros("100"), euros("100"))))
