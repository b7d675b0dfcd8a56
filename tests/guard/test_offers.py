"""Exactly three permitted offers, of distinct kinds, told whole and in one place."""

from pipeline.types.decision import Action
from tests.guard.good import DISCOUNT

FOURTH = DISCOUNT.deciding(
    offers=tuple(o.model_copy(update={"kind": "start"}) if o.id == "later" else o for o in DISCOUNT.decision.offers)
)


def test_two_offers_are_too_few() -> None:
    assert "offers.count" in DISCOUNT.without("offer:phased").codes()


def test_four_offers_are_too_many() -> None:
    assert "offers.count" in FOURTH.adding("offer:later", "The whole shop, begun after the fair.").codes()


def test_an_end_takes_one_offer_or_more() -> None:
    end = DISCOUNT.deciding(action=Action.END)
    assert "offers.count" not in end.without("offer:phased", "offer:prepaid").codes()
    assert "offers.count" in end.without("offer:phased", "offer:prepaid", "offer:smaller").codes()


def test_an_offer_that_nobody_permitted_blocks() -> None:
    offers = tuple(o for o in DISCOUNT.decision.offers if o.id != "phased")
    assert "offers.not_permitted" in DISCOUNT.deciding(offers=offers).codes()


def test_two_offers_of_one_kind_block() -> None:
    case = DISCOUNT.without("offer:smaller").adding("offer:later", "The whole shop, begun after the fair.")
    assert "offers.same_kind" in case.codes()


def test_the_same_offer_in_two_names_blocks() -> None:
    words = "A smaller first version, catalogue and checkout only, for {offer.smaller.price}."
    case = DISCOUNT.saying("The whole shop with {offer.prepaid.percent} off, paid before we start.", words)
    assert "offers.same_words" in case.saying("This keeps every page you asked for.", words).codes()


def test_each_term_of_an_offer_is_told() -> None:
    assert "offers.term_missing" in DISCOUNT.saying("for {offer.smaller.price}", "for less").codes()


def test_terms_are_not_swapped_between_offers() -> None:
    swapped = DISCOUNT.saying("{offer.prepaid.percent}", "{offer.smaller.price}")
    assert {"offers.foreign_slot", "offers.term_missing"} <= swapped.codes()
    assert "offers.foreign_slot" in DISCOUNT.adding("courtesy", "Or {offer.prepaid.percent} off.").codes()


def test_an_offer_is_told_in_one_place() -> None:
    assert "offers.scattered" in DISCOUNT.adding("offer:smaller", "The catalogue comes with search.").codes()


def test_nothing_stands_between_the_offers() -> None:
    assert DISCOUNT.adding("courtesy", "There is more to tell.", at=5).codes() == {"offers.scattered"}


def test_an_option_outside_the_offers_blocks() -> None:
    assert "offers.outside" in DISCOUNT.adding("courtesy", "Alternatively, take the blog alone.").codes()
    assert "offers.outside" in DISCOUNT.adding("rule:discount", "We could also build the blog alone.").codes()


def test_a_term_is_stated_once() -> None:
    twice = DISCOUNT.saying("This keeps every page you asked for.", "And {offer.prepaid.percent} more on top of that.")
    assert "offers.term_repeated" in twice.codes()


def test_a_further_route_blocks() -> None:
    words = "A further route: our apprentice builds the blog privately."
    assert "offers.outside" in DISCOUNT.adding("courtesy", words, at=3).codes()
