"""What a client asked for and we refuse is told or declined, and never reads as granted."""

import pytest

from tests.guard.good import DISCOUNT, PART

WISH = "{ask.1.discount_asked}"
OTHER = PART.filling("ask.2.discount_asked", "30%")


@pytest.mark.parametrize("backing", ["courtesy", "aim", "ask:1", "rule:discount", "offer:prepaid"])
@pytest.mark.parametrize(
    "words",
    [
        "{w} off it is.",
        "Just take {w} off when you pay.",
        "We won't stand in your way: {w} it is.",
        "We can't but take {w} off.",
        "We cannot take less than {w} off.",
        "There's no way we would turn {w} down.",
        "We don't object to {w}.",
        "Not only do we take {w} off.",
        "Without further ado we take {w} off.",
        "Nothing stops us from taking {w} off.",
        "As for {w} off, we can't say no.",
        "Nous retirons {w} du prix.",
    ],
)
def test_a_refused_wish_is_not_granted_anywhere(backing: str, words: str) -> None:
    told = words.replace("{w}", WISH)
    at = 5 if backing.startswith("offer") else 2
    assert "promise.client_figure" in DISCOUNT.adding(backing, told, at=at).codes()


@pytest.mark.parametrize(
    ("backing", "words"),
    [
        ("aim", "You'd like {w} off for the fair."),
        ("courtesy", "You asked us for {w} off."),
        ("ask:1", "{w} off is not possible for us."),
        ("ask:1", "{w} off is more than we can do."),
        ("ask:1", "{w} off goes beyond what we can do."),
        ("ask:1", "As for {w} off, we can't do it."),
        ("rule:discount", "That would be {w} off, and we can go no further than {rule.discount.limit}."),
    ],
)
def test_a_wish_may_be_told_and_declined(backing: str, words: str) -> None:
    assert DISCOUNT.adding(backing, words.replace("{w}", WISH), at=2).codes() == set()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("promise.client_figure", "We happily take {ask.2.discount_asked} off as well."),
        ("promise.other_ask", "The field moves, and so does your lower price: yes, we accept it."),
        ("promise.other_ask", "You get a refund with it."),
        ("promise.commitment", "The field moves, and proofing is free."),
    ],
)
def test_a_kept_ask_grants_nothing_beside_it(code: str, words: str) -> None:
    assert code in OTHER.adding("kept:1", words, at=2).codes()


@pytest.mark.parametrize("words", ["There is no discount with it.", "The field moves, but the price stays as it is."])
def test_a_kept_ask_may_say_what_it_does_not_bring(words: str) -> None:
    assert OTHER.adding("kept:1", words, at=2).codes() <= {"backing.beyond"}
