"""Figures, dates, amounts and addresses come from slots, and the finished text holds no others."""

import pytest

from pipeline.types.verdict import Severity
from tests.guard.good import DISCOUNT, GOOD, SIGNATURE, Case


@pytest.mark.parametrize(
    "words",
    [
        "It costs 900.",
        "It costs nine hundred euros.",
        "It takes five weeks.",
        "It is done by Monday.",
        "It is done on 9 May.",
        "That is twenty per cent.",
        "That is cheap in €.",
        "That is ½ of it.",
        "Room ② is free of dust.",
        "It costs \uff19\uff10\uff10.",
        "It costs ٩٠٠.",
        "Write to anna@quince.example.",
        "Call +49 30 1234567.",
        "Half {rule.discount.limit} is fine.",
        "It is {offer.smaller.price} thousand.",
    ],
)
def test_a_value_outside_a_slot_blocks(words: str) -> None:
    assert "grounding.outside_slot" in DISCOUNT.adding("rule:discount", words).codes()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("german_rush", "Das kostet neunhundert Euro."),
        ("german_rush", "Am Dienstag ist es fertig."),
        ("french_scope", "Cela coûte neuf cents euros."),
        ("french_scope", "Ce sera prêt mardi."),
        ("spanish_free_work", "Cuesta novecientos euros."),
        ("spanish_free_work", "Estará listo el martes."),
    ],
)
def test_a_value_in_words_blocks_in_every_language(name: str, words: str) -> None:
    assert "grounding.outside_slot" in GOOD[name].adding("courtesy", words).codes()


@pytest.mark.parametrize(
    "words", ["These may well help.", "Here are three ways.", "One of them fits.", "The third option is the shortest."]
)
def test_prose_is_no_value(words: str) -> None:
    assert DISCOUNT.adding("courtesy", words).codes() == set()


@pytest.mark.parametrize(
    "words", ["From {offer.none.price}.", "From {price.", "From {{rule.discount.limit}}.", "From { }."]
)
def test_an_unknown_slot_blocks(words: str) -> None:
    assert "grounding.unknown_slot" in DISCOUNT.adding("rule:discount", words).codes()


def _tampered(case: Case, old: str, new: str) -> set[str]:
    """Codes of a draft whose finished text was changed behind its templates."""
    draft = case.draft
    sentences = tuple(s.model_copy(update={"text": s.text.replace(old, new)}) for s in draft.sentences)
    changed = draft.model_copy(update={"body": draft.body.replace(old, new), "sentences": sentences})

    class Tampered(Case):
        draft = changed

    return Tampered(**vars(case)).codes()


@pytest.mark.parametrize(
    ("old", "new"),
    [("€4,480.00", "€4,080.00"), ("4 May 2026", "5 May 2026"), ("€4,480.00", "$4,480.00"), ("10%", "20%")],
)
def test_a_figure_changed_behind_the_template_blocks(old: str, new: str) -> None:
    assert {"grounding.rendering", "grounding.figure"} <= _tampered(DISCOUNT, old, new)


def test_the_first_letter_may_have_become_a_capital() -> None:
    case = DISCOUNT.adding("rule:discount", "{rule.discount.word} is as far as we go.").filling(
        "rule.discount.word", "ten per cent"
    )
    assert _tampered(case, "ten per cent", "Ten per cent") == set()


def test_an_address_is_ours_or_blocks() -> None:
    assert "grounding.contact" in DISCOUNT.permitting(names=("Mara",)).codes()
    assert DISCOUNT.permitting(names=(SIGNATURE,)).codes() == set()


def test_an_address_in_the_clients_words_blocks() -> None:
    case = DISCOUNT.adding("ask:1", 'You wrote "{ask.1.quote}".').filling("ask.1.quote", "see www.evil.example")
    assert "grounding.contact" in case.codes()


def test_the_clients_words_stand_in_quotation_marks() -> None:
    assert "grounding.unquoted" in DISCOUNT.adding("ask:1", "You wrote {ask.1.quote}.").codes()
    assert DISCOUNT.adding("ask:1", "You wrote “{ask.1.quote}”.").codes() == set()
    assert DISCOUNT.filling("ask.1.quote", "«30% off now»").adding("ask:1", "You wrote {ask.1.quote}.").codes() == set()


@pytest.mark.parametrize(
    "words",
    [
        "We bring it down by a fifth.",
        "You get tenfold value.",
        "We treble the run.",
        "It comes to two grand.",
        "It is ready in quatorze jours.",
        "It takes a score of days.",
    ],
)
def test_a_figure_in_other_words_blocks(words: str) -> None:
    assert "grounding.outside_slot" in DISCOUNT.adding("courtesy", words).codes()


@pytest.mark.parametrize(
    "words",
    ["The pages come twice.", "It takes a few days.", "The bread rises overnight.", "It is there by Xmas."],
)
def test_what_may_be_a_figure_is_marked(words: str) -> None:
    found = DISCOUNT.adding("courtesy", words).inspect().findings
    assert [(f.code, f.severity) for f in found] == [("grounding.vague_figure", Severity.MARK)]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("grounding.client_words", "Yes, we agree to your price"),
        ("grounding.client_words", "all of it free of charge"),
        ("grounding.unquoted", "every page and every picture, as you wrote to us of it"),
    ],
)
def test_the_clients_words_do_not_speak_for_us(code: str, words: str) -> None:
    case = DISCOUNT.adding("ask:1", "We can't do {ask.1.quantity} for that.").filling("ask.1.quantity", words)
    assert code in case.codes()
