"""No word, gift or assurance that the decision does not give."""

import pytest

from tests.guard.good import DISCOUNT, GOOD, PART


@pytest.mark.parametrize(
    ("name", "promise", "negated"),
    [
        ("english_discount", "We guarantee a launch without faults.", "We can't guarantee a launch without faults."),
        ("english_discount", "You have my word.", "I won't give you my word on that."),
        ("english_discount", "The logo is free of charge.", "The logo isn't free of charge."),
        ("english_discount", "The logo is on the house.", "Nothing here is on the house."),
        ("english_discount", "We'll make sure it's done.", "We don't say that we'll make sure it's done, and won't."),
        ("english_discount", "We make an exception for you.", "We don't make an exception for anyone."),
        ("english_discount", "You will definitely be live.", "Nobody can say that you will definitely be live."),
        ("english_discount", "We won't charge for it.", "You asked us to work free of charge."),
        ("german_rush", "Das garantieren wir.", "Eine Garantie geben wir nicht."),
        ("german_rush", "Das Faltblatt ist kostenlos.", "Das Faltblatt ist nicht kostenlos."),
        ("french_scope", "Nous vous le garantissons.", "Nous ne garantissons pas cela."),
        ("french_scope", "Les panneaux sont offerts.", "Les panneaux ne sont pas offerts."),
        ("spanish_free_work", "Te lo garantizamos.", "No lo garantizamos."),
        ("spanish_free_work", "El cartel es gratis.", "El cartel no es gratis."),
        ("german_rush", "The flyer is free of charge.", "The flyer isn't free of charge."),
    ],
)
def test_a_promise_blocks_unless_it_is_negated(name: str, promise: str, negated: str) -> None:
    assert "promise.commitment" in GOOD[name].adding("courtesy", promise).codes()
    assert "promise.commitment" not in GOOD[name].adding("courtesy", negated).codes()


@pytest.mark.parametrize(
    "words",
    [
        "This is not a problem, we guarantee it.",
        "We can't take the price down but we guarantee the date.",
        "We can't say no and will do it free of charge so we guarantee it.",
    ],
)
def test_a_negation_reaches_no_further_than_its_clause(words: str) -> None:
    assert "promise.commitment" in DISCOUNT.adding("rule:discount", words).codes()


def test_an_offer_may_give_what_its_own_text_gives() -> None:
    free = DISCOUNT.saying("This keeps every page you asked for.", "With it comes a free review.")
    assert "promise.commitment" in free.codes()
    giving = tuple(
        o.model_copy(
            update={"text": o.text.model_copy(update={"by_language": {"*": "{percent} off, a review for free"}})}
        )
        if o.id == "prepaid"
        else o
        for o in DISCOUNT.decision.offers
    )
    assert free.deciding(offers=giving).codes() == set()


def test_what_is_kept_may_be_assured_and_not_guaranteed() -> None:
    assert PART.adding("kept:1", "We'll take care of it in this round.", at=2).codes() <= {"backing.beyond"}
    assert "promise.commitment" in PART.adding("kept:1", "We guarantee it.", at=2).codes()


@pytest.mark.parametrize(
    ("backing", "words"),
    [
        ("rule:discount", "So you'll have it by {ask.1.deadline}."),
        ("rule:discount", "We can do it for {ask.1.discount_asked} less."),
        ("offer:prepaid", "We accept {ask.1.discount_asked} here."),
    ],
)
def test_the_clients_figure_is_not_granted(backing: str, words: str) -> None:
    case = DISCOUNT.saying("This keeps every page you asked for.", words)
    case = case if backing.startswith("offer") else DISCOUNT.adding(backing, words, at=2)
    assert "promise.client_figure" in case.codes()


def test_the_clients_figure_may_be_declined() -> None:
    case = DISCOUNT.adding("rule:discount", "You asked for {ask.1.discount_asked}; we can't do that.", at=2)
    assert case.codes() == set()


@pytest.mark.parametrize(
    ("promise", "negated"),
    [
        ("It's free.", "It isn't free."),
        ("Proofing is free for you.", "Proofing is not free for you."),
        ("Delivery is included with it.", "Delivery is not included with it."),
        ("We print the proofs at our expense.", "We can't print the proofs at our expense."),
        ("Das geht auf uns.", "Das geht nicht auf uns."),
    ],
)
def test_a_gift_by_another_name_blocks(promise: str, negated: str) -> None:
    assert "promise.commitment" in DISCOUNT.adding("courtesy", promise).codes()
    assert "promise.commitment" not in DISCOUNT.adding("courtesy", negated).codes()


def test_paying_nothing_is_a_gift() -> None:
    assert "promise.commitment" in DISCOUNT.adding("courtesy", "You pay nothing.").codes()
