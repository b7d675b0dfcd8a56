"""Comforts and other unsafe sentences by their shape, each beside a sound one that looks alike."""

import pytest

from tests.guard.good import DISCOUNT, GOOD, PART, Case

RUSH, SCOPE, FREE = GOOD["german_rush"], GOOD["french_scope"], GOOD["spanish_free_work"]


@pytest.mark.parametrize(
    ("case", "backing", "code", "unsafe", "sound"),
    [
        (
            DISCOUNT,
            "courtesy",
            "promise.commitment",
            "You can strike the checkout off your list.",
            "You can see the checkout on your list.",
        ),
        (
            RUSH,
            "courtesy",
            "promise.commitment",
            "Um den Versand brauchen Sie sich nicht zu kümmern.",
            "Um den Versand kümmern Sie sich ja selbst.",
        ),
        (SCOPE, "courtesy", "promise.commitment", "Ne vous inquiétez pas du reste.", "Vous avez vu le reste."),
        (FREE, "courtesy", "promise.commitment", "No se preocupe por lo demás.", "Lo demás ya lo ha visto usted."),
        (
            DISCOUNT,
            "rule:discount",
            "promise.commitment",
            "Should a page ever break, one of us looks in.",
            "When a page breaks at the fair, it costs you buyers.",
        ),
        (
            DISCOUNT,
            "rule:discount",
            "stance.false_hope",
            "With the blog in hand you'd see this with other eyes, and so would we.",
            "With the blog in hand you'd see the fair from the inside.",
        ),
        (
            RUSH,
            "courtesy",
            "stance.false_hope",
            "Mit der Freigabe lässt sich darüber noch einmal anders reden.",
            "Mit der Freigabe lässt sich der Druck beginnen.",
        ),
        (
            DISCOUNT,
            "rule:discount",
            "stance.admission",
            "It ought never to have left the desk like that.",
            "It ought to be right when it leaves the desk.",
        ),
        (
            DISCOUNT,
            "rule:discount",
            "privacy.internal",
            "There is next to no margin left in it.",
            "There is no time left in it for tests.",
        ),
        (
            RUSH,
            "rule:lead",
            "stance.blame",
            "Die Messe hätten Sie besser aus dem Spiel gelassen.",
            "Die Messe hätten Sie sonst ohne Prospekt.",
        ),
    ],
)
def test_an_unsafe_shape_is_refused_and_its_sound_twin_is_not(
    case: Case, backing: str, code: str, unsafe: str, sound: str
) -> None:
    refused = {f.code for f in case.adding(backing, unsafe).inspect().findings if f.severity == "block"}
    assert code in refused
    assert case.adding(backing, sound).inspect().ok


def test_only_what_goes_on_beyond_its_backing_is_marked() -> None:
    told = "The field moves beside the basket, too."
    assert "backing.beyond" in PART.adding("kept:1", told, at=2).codes()
    assert "backing.beyond" not in PART.codes()
    assert "backing.beyond" not in DISCOUNT.adding("courtesy", told).codes()
