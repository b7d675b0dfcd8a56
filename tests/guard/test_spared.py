"""Sound sentences of capable writers that the guard once refused, each beside an unsafe one of the same shape."""

import pytest

from tests.guard.good import DISCOUNT, GOOD, Case

RUSH, SCOPE, FREE = GOOD["german_rush"], GOOD["french_scope"], GOOD["spanish_free_work"]
_MAIL = "In January it was 700 a day. Our 3D view for sales@ should be there this month."
_KNOWN = frozenset({"3d", "january", "sales"})
MAILED = DISCOUNT.permitting(mail=_MAIL, known=DISCOUNT.permit.known | _KNOWN)


@pytest.mark.parametrize(
    ("case", "backing", "honest", "attack"),
    [
        # Agreeing that something is so grants nothing when the sentence turns; agreeing to a wish does.
        (
            DISCOUNT,
            "rule:discount",
            "We accept that your procedure allows no exceptions, but the tests are part of the work.",
            "We accept that price of yours, and you have our thanks.",
        ),
        (DISCOUNT, "rule:discount", "It is a long wait for a shop, we grant that.", "The lower price, we grant that."),
        (RUSH, "courtesy", "Ja, wir kennen uns lange, und Sie warten ungern.", "Ja, wir machen das so für Sie."),
        (SCOPE, "courtesy", "Oui, nous savons que vous attendez.", "Oui, nous pouvons le faire pour vous."),
        (FREE, "courtesy", "Sí, sabemos que usted espera.", "Sí, se lo haremos como usted quiere."),
        (DISCOUNT, "rule:discount", "What we confirm to you has to hold.", "We confirm to you what you asked for."),
        # A clear answer is no gift, and holding to what was signed no promise.
        (
            RUSH,
            "courtesy",
            "Über anderer Leute Aufträge reden wir nicht, aber zu Ihrem bekommen Sie eine klare Antwort.",
            "Zu Ihrem bekommen Sie einen früheren Tag.",
        ),
        (
            RUSH,
            "rule:lead",
            "Darum halten wir uns an den Abzug, den Sie kennen.",
            "Darum halten wir uns bereit und liefern Ihnen den Druck früher.",
        ),
        (RUSH, "rule:lead", "Dafür müssen wir sicher sein, dass es stimmt.", "Das versprechen wir Ihnen."),
        # Having to come back is theirs; being told to is hope.
        (
            DISCOUNT,
            "courtesy",
            "It is tiresome for you to have to come back to the price again.",
            "Do come back to us again.",
        ),
        # A house is no treat unless something is on it.
        (
            DISCOUNT,
            "courtesy",
            "The work on the house sets your timing.",
            "The work is on the house.",
        ),
        # A gift that would be is none.
        (
            SCOPE,
            "courtesy",
            "Offerte, elle vous montrerait une cuisine qui compte.",
            "La page vous est offerte, et elle vous plaira.",
        ),
        (FREE, "courtesy", "Hacerlo como favor le agrandaría el saldo.", "Se lo hacemos como favor."),
        (SCOPE, "courtesy", "Dans ce cas vous ne payez pas tout.", "Dans ce cas vous ne payez pas."),
        # A refusal with an insertion reaches to its end; a clause of its own is no insertion.
        (
            RUSH,
            "courtesy",
            "Wir werden die Karten, also Vorderseite und Rückseite, nicht bis dahin fertigstellen.",
            "Wir werden Ihnen die Karten liefern, auch wenn wir das sonst nicht machen.",
        ),
        (
            SCOPE,
            "courtesy",
            "Nous n'écrirons pas au bas de la page, même en petits caractères, que ce courriel vaut remise.",
            "Nous n'oublions pas, bien sûr, que ce courriel vaut remise.",
        ),
        # What has to be filled is a post, what is to be filled in a gap.
        (
            DISCOUNT,
            "courtesy",
            "Tell us when the post has to be filled, and we will write it with that in view.",
            "The day is to be filled in, then it is yours.",
        ),
        (DISCOUNT, "courtesy", "You and we should have the same paper in hand.", "We should have asked you earlier."),
        (DISCOUNT, "courtesy", "It has to be clear what the manual says.", "The manual says no to that."),
        (FREE, "courtesy", "La feria está a punto de abrir.", "Está en oferta punto com."),
        # The client's own words for a time, a thing and a mailbox.
        (MAILED, "courtesy", "You have had a hard January.", "We can have it ready in January."),
        (MAILED, "courtesy", "The 3D view is what you are after.", "The 9D view is what you are after."),
        (MAILED, "courtesy", "What comes to sales@ is yours to read.", "Write to us at bills@ with it."),
        (MAILED, "courtesy", "Does {offer.phased.start} suit you?", "Does {offer.smaller.price} suit you?"),
    ],
)
def test_what_is_sound_passes_beside_what_is_not(case: Case, backing: str, honest: str, attack: str) -> None:
    blocked = {
        f"{f.code}: {f.message}" for f in case.adding(backing, honest).inspect().findings if f.severity == "block"
    }
    assert blocked == set()
    assert not case.adding(backing, attack).inspect().ok


def test_a_refusal_that_is_interrupted_declines_the_figures_in_it() -> None:
    fronted = "{ask.1.discount_asked} Nachlass, also {ask.1.discount_asked} netto, können wir Ihnen nicht geben."
    granted = "{ask.1.discount_asked} Nachlass, also {ask.1.discount_asked} netto, können wir Ihnen gern geben."
    german = RUSH.filling("ask.1.discount_asked", "20 %")
    codes = {backing: german.adding("ask:1", backing, at=1).codes() for backing in (fronted, granted)}
    assert "promise.client_figure" not in codes[fronted]
    assert "promise.client_figure" in codes[granted]
