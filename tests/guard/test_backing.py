"""Every sentence is backed by something in the decision, and what must be said is said."""

import pytest

from tests.guard.good import ASK, DISCOUNT, PART


@pytest.mark.parametrize("backing", ["rule:other", "ask:2", "kept:1", "question:item", "", "policy", "courtesy:1"])
def test_an_unknown_backing_blocks(backing: str) -> None:
    assert "backing.unknown" in DISCOUNT.adding(backing, "This is so.").codes()


def test_the_aim_backs_only_when_there_is_one() -> None:
    case = DISCOUNT
    request = case.request.model_copy(update={"aim": None})
    assert "backing.unknown" in type(case)(**{**vars(case), "request": request}).codes()


def test_a_decline_gives_its_reason() -> None:
    case = DISCOUNT.without("rule:discount").adding("ask:1", "We can't take that much off.", at=1)
    assert case.codes() == {"backing.reason_missing"}


def test_what_is_granted_is_said() -> None:
    assert "kept.missing" in PART.without("kept:1").codes()


def test_every_question_is_asked() -> None:
    assert "ask.question_missing" in ASK.without("question:item").codes()
    assert "ask.question_missing" in ASK.saying("their texts?", "their texts.").codes()


def test_an_ask_offers_and_grants_nothing() -> None:
    assert "ask.promises" in ASK.adding("offer:smaller", "A smaller shop.").codes()
    assert "ask.promises" in ASK.adding("kept:1", "The search field moves.").codes()
