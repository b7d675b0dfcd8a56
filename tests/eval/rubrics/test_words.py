"""What the words of a draft show: where the no stands, how long it is, how it closes, what it promises."""

import pytest

from eval.rubrics import words
from eval.rubrics.first import First, Reply
from tests.eval.rubrics.made import GOOD, LINES, case

REPLY = First(case(), GOOD).reply
assert REPLY


def reply(*lines: tuple[str, str], language: str = "en") -> Reply:
    """The good draft with other sentences, as they stand."""
    assert REPLY
    told = [REPLY.draft.sentences[0].model_copy(update={"backing": b, "template": t, "text": t}) for b, t in lines]
    return REPLY._replace(draft=REPLY.draft.model_copy(update={"sentences": tuple(told), "language": language}))


def test_the_no_stands_early_or_it_comes_too_late() -> None:
    no = ("ask:1", "We can't do that.")
    talk = ("courtesy", "It is a good set of posters and a good fair to show them at.")
    assert words.early_no(reply(talk, no, talk, talk)) == ""
    assert words.early_no(reply(talk, talk, talk, no)) == "45 of 49 words come before the no"
    assert words.early_no(reply(("offer:later", "We start later."), no, talk)) == "the offers come before the no"


@pytest.mark.parametrize(
    ("close", "fault"),
    [
        ([], "it ends with the offers"),
        ([("courtesy", "Which one suits you?")], ""),
        ([("courtesy", "Write me one word."), ("courtesy", "Then we begin.")], ""),
        (
            [("courtesy", "Which one suits you?"), ("courtesy", "Or shall we talk?")],
            "2 sentences and 2 questions close it",
        ),
    ],
)
def test_a_letter_closes_with_one_next_step(close: list[tuple[str, str]], fault: str) -> None:
    assert words.one_next_step(reply(*LINES[:-1], *close)) == fault


def test_a_no_in_a_language_without_a_lexicon_can_not_be_told() -> None:
    assert words.clear_no(reply(("ask:1", "Dat kan niet."), language="nl")) is None


def test_sympathy_is_no_apology_and_the_second_apology_is_one_too_many() -> None:
    sorry = ("courtesy", "I'm sorry that we can't help here.")
    assert words.fair_words(reply(sorry)) == ""
    assert words.fair_words(reply(sorry, sorry)) == "2 apologies"


def test_a_gift_outside_of_the_offers_is_a_promise() -> None:
    assert words.no_promise(reply(("courtesy", "The first poster is free of charge."))) == "'free of charge'"
    assert words.no_promise(reply(("offer:later", "The first poster is free of charge."))) == ""
