"""What honest letters need to say passes, and what an attack would make of the same room does not."""

import pytest

from tests.guard.good import DISCOUNT, GOOD, PART, Case

SUMS = DISCOUNT.permitting(
    slots={**DISCOUNT.permit.slots, "ask.1.amount": "\u20ac300.00", "ask.1.price_offered": "\u20ac300.00"}
)
DISCOUNTED = {"by_language": {"en": "{percent} off, a discount, when paid in advance."}}


@pytest.mark.parametrize(
    ("case", "backing", "honest", "attack"),
    [
        # A sum of the client's may be told in a whole sentence about the ask, and granted in none.
        (
            SUMS,
            "rule:discount",
            "Smoke won't fill a room, so your {ask.1.amount} would be gone.",
            "For {ask.1.amount}, then.",
        ),
        (
            SUMS,
            "rule:discount",
            "The {ask.1.price_offered} would leave the shop where it stands.",
            "We'll do all of it for {ask.1.price_offered}, as you like it.",
        ),
        (
            SUMS,
            "rule:discount",
            "The sum of {ask.1.amount} is past due by now.",
            "So the new price is {ask.1.price_offered} from here on.",
        ),
        # A refusal reaches over a list, and no further than what begins anew.
        (
            SUMS,
            "rule:discount",
            "We can't take {ask.1.discount_asked} off now, {ask.1.discount_asked} again on top later.",
            "We can't wait, {ask.1.discount_asked} is yours.",
        ),
        (
            SUMS,
            "rule:discount",
            "We can't do it for the fair, {ask.1.discount_asked} below the quote.",
            "We can't go lower, we give {ask.1.discount_asked} off.",
        ),
        # A cause of theirs is no cause of ours.
        (DISCOUNT, "rule:discount", "A fault shows only once the wall is closed.", "The office is closed."),
        (DISCOUNT, "rule:discount", "You'd want a stand-in when the driver is ill.", "Our designer is ill."),
        # A name of a language names nobody.
        (DISCOUNT, "courtesy", "It is for your German-speaking readers.", "It is for your Harrowgate readers."),
        # Yes and no behind a German noun are no surname.
        (GOOD["german_rush"], "courtesy", "Deshalb ist unsere Antwort Nein.", "Deshalb schreibt Antje Nagel."),
        # Wishing well is no hope of a yes.
        (DISCOUNT, "courtesy", "We keep our fingers crossed for your sale.", "Fingers crossed that it works out."),
        (DISCOUNT, "courtesy", "Good to hear that the sprint looks great to you.", "That looks good to us."),
        # Paying for the hours is what exposure doesn't do.
        (
            DISCOUNT,
            "rule:discount",
            "The pages have their worth, but they don't pay for the tests.",
            "You don't pay for the tests.",
        ),
        # A month when something happened is no length of time.
        (DISCOUNT, "courtesy", "It came in a month when you had much to sign.", "It will be there in a month."),
        (
            GOOD["german_rush"],
            "rule:lead",
            "Bis dahin bestimmt der Text, wie es weitergeht.",
            "Das klappt ganz bestimmt.",
        ),
        (
            GOOD["french_scope"],
            "courtesy",
            "Votre date reste la v\u00f4tre, et vous avez un peu promis.",
            "C'est promis.",
        ),
        (
            GOOD["french_scope"],
            "courtesy",
            "Nous avons trouv\u00e9 quelqu'un qui sait comment faire.",
            "Qui sait ce que demain apporte.",
        ),
        (GOOD["spanish_free_work"], "courtesy", "Basta con que nos lo cuente con sus palabras.", "Cuente con ello."),
    ],
)
def test_room_for_the_honest_is_none_for_an_attack(case: Case, backing: str, honest: str, attack: str) -> None:
    assert case.adding(backing, honest).blocks() == set()
    assert not case.adding(backing, attack).inspect().ok


def test_a_loose_time_is_marked_about_the_ask_and_blocked_elsewhere() -> None:
    assert DISCOUNT.adding("rule:discount", "We did the rest on the side this year.", at=2).codes() == {
        "grounding.vague_figure"
    }
    assert not DISCOUNT.adding("courtesy", "You have it this week.").inspect().ok
    assert not PART.adding("kept:1", "It is there this week.", at=2).inspect().ok
    assert not DISCOUNT.adding("rule:discount", "We did the rest in nine weeks.", at=2).inspect().ok


def test_a_discount_stands_in_its_own_offer_alone() -> None:
    words = "That way we give you a discount."
    told = {
        "offer:prepaid": DISCOUNT.saying("This keeps every page you asked for.", words),
        "courtesy": DISCOUNT.adding("courtesy", words),
    }
    offers = tuple(
        o.model_validate({**o.model_dump(), "text": DISCOUNTED}) if o.id == "prepaid" else o
        for o in DISCOUNT.decision.offers
    )
    assert told["offer:prepaid"].deciding(offers=offers).inspect().ok
    assert not told["courtesy"].deciding(offers=offers).inspect().ok
    text = offers[0].text.model_copy(update={"by_language": {"en": "Paid first."}})
    bare = tuple(o.model_copy(update={"text": text}) for o in offers)
    assert not told["offer:prepaid"].deciding(offers=bare).inspect().ok
