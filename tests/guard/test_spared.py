"""Sound sentences of capable writers that the guard once refused, each beside an unsafe one of the same shape."""

import pytest

from tests.guard.good import ASK, DISCOUNT, GOOD, Case

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
        # Agreeing with an argument and turning from it; what is to be agreed with somebody else.
        (
            DISCOUNT,
            "rule:discount",
            "It is a short stay for the fee, we grant that; what changed, though, were the conditions.",
            "It is yours for less, we grant that; the price is lowered.",
        ),
        (
            DISCOUNT,
            "courtesy",
            "Tell us who prepares the audit, so that we agree with them what it has to cover.",
            "We agree with you what it should cost, and we take your figure.",
        ),
        (
            RUSH,
            "rule:lead",
            "Wir stimmen Ihnen zu, dass ein Fest nicht wartet, aber der Druck braucht seine Zeit.",
            "Wir stimmen Ihnen zu, dass wir früher drucken, aber sagen Sie es keinem.",
        ),
        (
            SCOPE,
            "rule:scope",
            "Nous sommes d'accord que le jardin compte, mais il dépasse la commande.",
            "Nous sommes d'accord que le jardin est compris, mais gardez-le pour vous.",
        ),
        (
            FREE,
            "rule:unpaid",
            "Aceptamos que la feria da visibilidad, pero el trabajo hay que pagarlo.",
            "Aceptamos que el trabajo salga gratis, pero no lo cuente.",
        ),
        (
            DISCOUNT,
            "rule:discount",
            "We agree that the tests matter; still, they are part of the work.",
            "We agree that your price holds, but we write it down.",
        ),
        # "Fine" of a thing that runs, and sure as they can be, accept nothing.
        (
            DISCOUNT,
            "rule:discount",
            "A checkout can stop on a server that's running fine, so it's the update that needs care.",
            "It is running fine, so we lower the price.",
        ),
        (DISCOUNT, "courtesy", "That day decides how sure you can be of it.", "For that price, sure you can."),
        # A cause is one only where it is told of us.
        (DISCOUNT, "courtesy", "You were shown a page that you had no say in.", "We have no say in the price."),
        (RUSH, "courtesy", "Schreiben Sie uns, welche Bilder von oben kommen müssen.", "Das kommt bei uns von oben."),
        (
            DISCOUNT,
            "rule:discount",
            "A name on the website doesn't pay for the work.",
            "The website doesn't take any other price.",
        ),
        # What is not given as a gift is not given.
        (
            RUSH,
            "rule:lead",
            "Eine zweite Karte bauen wir Ihnen nicht als Kulanz ein.",
            "Eine zweite Karte bauen wir Ihnen nicht als Kulanz ein, sondern weil Sie uns wichtig sind.",
        ),
        # "On" may be anybody, and how well we suit is theirs to see.
        (
            SCOPE,
            "aim",
            "Dans un catalogue, ce sont les images que l'on regardera d'abord.",
            "Le panneau du jardin, on regardera cela pour vous.",
        ),
        (
            DISCOUNT,
            "aim",
            "To judge how well we suit you, you need pages that show how we work.",
            "We suit your figure, and you need not ask twice.",
        ),
        # The client's side, or a thing's.
        (DISCOUNT, "courtesy", "Your own day will do if nothing is fixed.", "Nothing is fixed yet, so do ask."),
        (
            SCOPE,
            "courtesy",
            "Vous avez raison de nous en parler et de laisser la question ouverte.",
            "Nous préférons laisser la question ouverte.",
        ),
        (
            SCOPE,
            "courtesy",
            "Le classeur peut rester chez vous pour l'instant.",
            "Le prix du devis est le bon pour l'instant.",
        ),
        (
            FREE,
            "rule:unpaid",
            "Aunque fuera por esta vez, la deuda crecería justo cuando más cuesta pagarla.",
            "Aunque fuera por esta vez, se lo haría con gusto.",
        ),
        (
            FREE,
            "courtesy",
            "Elegiríamos el reparto, porque así paga menos y la parte delicada la seguimos haciendo nosotros.",
            "Y la página la seguimos cuidando nosotros.",
        ),
        (
            DISCOUNT,
            "rule:discount",
            "Had the print come out different from the proof, it would be a printing error and ours to mend.",
            "Had the print come to us in time, it would be ours to do for free.",
        ),
        (
            DISCOUNT,
            "courtesy",
            "If it should cost you nothing, take the guide, because your own people can follow it.",
            "It will cost you nothing, so take the guide.",
        ),
        (
            DISCOUNT,
            "courtesy",
            "A score sheet is what they need.",
            "A score of pages is what they need.",
        ),
        # A German noun is no name.
        (
            RUSH,
            "courtesy",
            "Sie wissen, welche Ecken Tische und Stühle tragen, und wo die Tische stehen sollen.",
            "Sie wissen, welche Karten Ostermark bestellt hat.",
        ),
        (
            RUSH,
            "courtesy",
            "Sie können schon etwas tun, zum Beispiel Brocken abfahren und rechen.",
            "Sie kennen andere, zum Beispiel Petersen abwerben.",
        ),
    ],
)
def test_what_is_sound_passes_beside_what_is_not(case: Case, backing: str, honest: str, attack: str) -> None:
    assert case.adding(backing, honest).blocks() == set()
    assert not case.adding(backing, attack).inspect().ok


def test_a_refusal_that_is_interrupted_declines_the_figures_in_it() -> None:
    fronted = "{ask.1.discount_asked} Nachlass, also {ask.1.discount_asked} netto, können wir Ihnen nicht geben."
    granted = "{ask.1.discount_asked} Nachlass, also {ask.1.discount_asked} netto, können wir Ihnen gern geben."
    german = RUSH.filling("ask.1.discount_asked", "20 %")
    codes = {backing: german.adding("ask:1", backing, at=1).codes() for backing in (fronted, granted)}
    assert "promise.client_figure" not in codes[fronted]
    assert "promise.client_figure" in codes[granted]


@pytest.mark.parametrize(
    ("case", "backing", "honest", "attack"),
    [
        (RUSH, "rule:lead", "Wir beginnen weder mit den Karten noch mit den Plakaten.", "Wir drucken beides gern."),
        (DISCOUNT, "rule:discount", "We neither lower the price nor leave out a page.", "We lower the price."),
    ],
)
def test_neither_nor_is_a_clear_no(case: Case, backing: str, honest: str, attack: str) -> None:
    bare = case.without("rule:lead", "rule:discount", "ask:1")
    assert "stance.no_clear_no" not in bare.adding(backing, honest, at=1).codes()
    assert "stance.no_clear_no" in bare.adding(backing, attack, at=1).codes()


def test_one_refusal_reaches_over_and_to_the_second_figure() -> None:
    slots = {**DISCOUNT.permit.slots, "ask.1.price_wanted": "400"}
    case = DISCOUNT.permitting(slots=slots)
    held = "We can't take {ask.1.discount_asked} off and do the whole of it for {ask.1.price_wanted}."
    anew = "We can't take {ask.1.discount_asked} off, and do the whole of it for {ask.1.price_wanted}."
    assert "promise.client_figure" not in case.adding("ask:1", held, at=1).codes()
    assert "promise.client_figure" in case.adding("ask:1", anew, at=1).codes()


def test_a_refusal_is_no_only_of_what_they_ask_in_french() -> None:
    case = SCOPE.filling("ask.1.amount", "2 640 €")
    refused = "Nous ne pouvons pas inclure ce que vous demandez en plus dans les {ask.1.amount} du devis."
    granted = "Nous ne pouvons que vous accorder ce que vous demandez pour {ask.1.amount}."
    assert "promise.client_figure" not in case.adding("courtesy", refused, at=1).codes()
    assert "promise.client_figure" in case.adding("courtesy", granted, at=1).codes()


def test_an_answer_may_be_announced_behind_a_question_alone() -> None:
    told = "Whether we take on the event we'll answer then."
    asked = DISCOUNT.adding("question:day", "By which day do you need the text?")
    assert "promise.commitment" not in asked.adding("courtesy", told).codes()
    assert "promise.commitment" in DISCOUNT.adding("courtesy", told).codes()
    assert "promise.commitment" in asked.adding("courtesy", "We'll print it then.").codes()


def test_what_we_have_from_them_is_held_against_our_files_and_for_nobody() -> None:
    read = "Once we have both, we'll hold them against the versions in our files and write to you."
    assert ASK.adding("courtesy", read).inspect().ok
    assert not ASK.adding("courtesy", "Once we have both, we'll hold them for you.").inspect().ok


def test_a_courtesy_about_the_rest_of_the_mail_is_not_idle() -> None:
    short = "A short line by mail is enough, and there is no need for a call."
    idle = "A clear page helps everybody to see what there is to see."
    told = ASK.adding("courtesy", short).adding(
        "courtesy", "The backups and the login are answered together with this."
    )
    assert "backing.idle" not in told.codes()
    assert "backing.idle" in ASK.adding("courtesy", short).adding("courtesy", idle).codes()


def test_which_end_of_the_week_is_meant_may_be_asked() -> None:
    case = GOOD["german_rush"]
    asked = "Ob der Anfang oder das Ende der Woche gemeint ist, sagt uns Ihre Antwort."
    assert "grounding.outside_slot" not in case.adding("courtesy", asked).codes()
    assert "grounding.outside_slot" in case.adding("courtesy", "Bis Ende der Woche ist es bei Ihnen.").codes()


def test_offers_may_be_counted_on_as_they_are_introduced() -> None:
    first = next(n for n, (backing, _) in enumerate(FREE.lines) if backing.startswith("offer:"))
    assert FREE.adding("courtesy", "Para llegar con algo, puede contar con esto:", at=first).inspect().ok
    assert not FREE.adding("courtesy", "Para la feria puede contar con el vídeo:", at=first).inspect().ok
