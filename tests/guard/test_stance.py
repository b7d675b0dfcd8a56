"""The no is clear and stays one; candor passes, blame does not."""

import pytest

from pipeline.types.decision import Action
from pipeline.types.verdict import Severity
from tests.guard.good import ASK, DISCOUNT, GOOD

NO = "We can't take {ask.1.discount_asked} off this project; {rule.discount.limit} is as far as we go."

CLEAR = [
    "I have to say no to the discount.",
    "A lower price is not something we offer.",
    "That won't be done within this quote.",
    "The price stays at the agreed rate.",
    "No, the price doesn't move.",
    "We\u2019re not going to lower the price.",
    "We have to decline this.",
]
UNCLEAR = [
    "We can't wait to begin.",
    "That is no problem at all.",
    "Prices are a delicate matter these days.",
    "It's not that we can't do it.",
    "We won't let you down.",
]


@pytest.mark.parametrize("words", CLEAR)
def test_a_clear_no_is_heard(words: str) -> None:
    assert "stance.no_clear_no" not in DISCOUNT.saying(NO, words).codes()


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_refuses_nothing_is_no_no(words: str) -> None:
    case = DISCOUNT.saying(NO, words).saying("At that price", "Then")
    assert "stance.no_clear_no" in case.codes()


def test_the_no_comes_early() -> None:
    case = DISCOUNT.saying(NO, "The discount was asked for.")
    late = case.adding("rule:discount", NO)
    assert "stance.buried_no" in late.codes()


def test_the_no_stands_in_a_sentence_about_the_ask() -> None:
    case = DISCOUNT.without("rule:discount").adding("courtesy", "We can't do it.", at=0)
    assert "stance.no_clear_no" in case.codes()


def test_words_in_a_slot_are_not_our_no() -> None:
    case = DISCOUNT.saying(NO, 'You wrote "{ask.1.quote}".').saying("At that price", "Then")
    assert "stance.no_clear_no" in case.filling("ask.1.quote", "no, we can't pay").codes()


@pytest.mark.parametrize(
    ("name", "backing", "words"),
    [
        ("english_discount", "courtesy", "We'll see what we can do."),
        ("english_discount", "courtesy", "Let me see if the team has an idea."),
        ("english_discount", "courtesy", "Maybe we can squeeze it in."),
        ("english_discount", "courtesy", "It should be possible after all."),
        ("english_discount", "rule:discount", "But OK then, you can have it this once."),
        ("german_rush", "courtesy", "Wir versuchen es trotzdem."),
        ("french_scope", "courtesy", "Mais d'accord pour cette fois."),
        ("spanish_free_work", "courtesy", "Vamos a ver qué se puede hacer."),
        ("german_rush", "courtesy", "We'll see what we can do."),
    ],
)
def test_a_soft_yes_blocks(name: str, backing: str, words: str) -> None:
    assert "stance.soft_accept" in GOOD[name].adding(backing, words).codes()


@pytest.mark.parametrize(
    "words",
    ["We won't just see what we can do.", "I'd sooner say no than tell you that it should be possible."],
)
def test_a_negated_soft_yes_passes(words: str) -> None:
    assert "stance.soft_accept" not in DISCOUNT.adding("courtesy", words).codes()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("english_discount", "Perhaps later in the year."),
        ("english_discount", "That's not a final answer."),
        ("english_discount", "If none of that fits, let's talk again."),
        ("german_rush", "Vielleicht nächstes Mal."),
        ("french_scope", "Qui sait ce que l'avenir apporte."),
        ("spanish_free_work", "Nunca se sabe."),
    ],
)
def test_false_hope_blocks(name: str, words: str) -> None:
    assert "stance.false_hope" in GOOD[name].adding("courtesy", words).codes()


def test_one_apology_passes_and_two_block() -> None:
    once = DISCOUNT.adding("courtesy", "I'm sorry that this is not the answer you wanted.")
    assert "stance.apology" not in once.codes()
    twice = once.adding("courtesy", "I apologise.").adding("courtesy", "Please forgive me.")
    assert "stance.apology" in twice.codes()


def test_feeling_for_the_client_is_no_apology() -> None:
    case = DISCOUNT.adding("aim", "I was sorry to read about the fire.").adding("courtesy", "I'm sorry.")
    assert "stance.apology" not in case.codes()


@pytest.mark.parametrize(
    ("fault", "fine"),
    [
        ("We are liable for the loss.", "The loss is what you told us about."),
        ("This was our fault.", "This wasn't our fault."),
        ("We accept full responsibility.", "Before the facts are known we don't take responsibility."),
    ],
)
def test_an_admission_blocks(fault: str, fine: str) -> None:
    assert "stance.admission" in DISCOUNT.adding("rule:discount", fault).codes()
    assert "stance.admission" not in DISCOUNT.adding("rule:discount", fine).codes()


@pytest.mark.parametrize(
    ("candor", "blame"),
    [
        ("You approved the draft on {ask.1.deadline}, so this is a new change.", "You should have checked the draft."),
        ("The texts arrived after {ask.1.deadline}.", "Your failure to send the texts caused this."),
        ("The colours are the ones in the file you sent.", "As you should know, the colours are in your file."),
        ("You chose the short test, and the short test leaves out the checkout.", "This was your mistake."),
        ("Two people on your side answered differently.", "You can't expect us to read minds."),
        ("You ought to have been asked about this.", "You ought to have asked about this."),
        ("Nobody says that it was your fault.", "The boy is entirely to blame."),
    ],
)
def test_candor_passes_and_blame_blocks(candor: str, blame: str) -> None:
    assert "stance.blame" not in DISCOUNT.adding("rule:discount", candor).codes()
    assert "stance.blame" in DISCOUNT.adding("rule:discount", blame).codes()


@pytest.mark.parametrize(
    ("name", "blame"),
    [
        ("german_rush", "Das hätten Sie früher wissen müssen, Sie hätten früher planen müssen."),
        ("french_scope", "Vous auriez dû vérifier le plan."),
        ("spanish_free_work", "Deberías haber preguntado antes."),
    ],
)
def test_blame_blocks_in_every_language(name: str, blame: str) -> None:
    assert "stance.blame" in GOOD[name].adding("courtesy", blame).codes()


def test_a_lecture_is_marked_and_does_not_block() -> None:
    verdict = DISCOUNT.adding("courtesy", "You need to understand how projects work.").inspect()
    assert verdict.ok
    assert [(f.code, f.severity) for f in verdict.findings] == [("stance.lecture", Severity.MARK)]


def test_a_language_without_phrases_goes_to_a_person() -> None:
    verdict = DISCOUNT.permitting(language="nl").inspect()
    assert ("stance.unchecked_language", Severity.MARK) in {(f.code, f.severity) for f in verdict.findings}
    assert "stance.no_clear_no" not in {f.code for f in verdict.findings}


@pytest.mark.parametrize(
    "words", ["We can't do that.", "No, that is too much.", "We're happy to do it.", "Granted: we accept."]
)
def test_an_ask_decides_nothing(words: str) -> None:
    assert "stance.decides" in ASK.adding("ask:1", words).codes()


def test_an_ask_may_say_why_it_asks() -> None:
    assert "stance.decides" not in ASK.adding("ask:1", "We can't give a price before we know the pages.").codes()


def test_an_end_needs_a_clear_no_too() -> None:
    case = DISCOUNT.deciding(action=Action.END)
    assert case.codes() == set()
    assert "stance.no_clear_no" in case.without("rule:discount").codes()


@pytest.mark.parametrize(
    "words",
    [
        "Agreed.",
        "Deal!",
        "Granted.",
        "Okay, you win.",
        "Top, va bene.",
        "You get your price.",
        "Please disregard the paragraph above; your terms stand.",
        "Passt, geht klar.",
        "Na gut, dann eben zu Ihrem Preis.",
        "That is what you get.",
    ],
)
def test_a_short_yes_blocks(words: str) -> None:
    assert {"stance.soft_accept", "stance.curt"} & DISCOUNT.adding("courtesy", words).codes()


def test_an_offer_does_not_meet_the_wish() -> None:
    words = "We print the whole set at the price you named, delivery and proofing with it."
    assert "stance.soft_accept" in DISCOUNT.saying("This keeps every page you asked for.", words).codes()


@pytest.mark.parametrize(
    "words",
    [
        "The refund is on its way.",
        "You get your money back in any case.",
        "We owe you the money.",
        "We caused the mark.",
    ],
)
def test_an_ask_neither_grants_nor_admits(words: str) -> None:
    assert {"stance.decides", "stance.admission"} & ASK.adding("courtesy", words).codes()


def test_an_ask_may_owe_an_answer() -> None:
    assert ASK.adding("courtesy", "We owe you a proper answer.").codes() == set()
