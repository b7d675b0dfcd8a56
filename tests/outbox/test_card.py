import pytest

from pipeline.outbox.card import Card, Piece, Pile, Span, card, pieces, pile
from pipeline.types.outcome import Outcome
from pipeline.types.request import Ask, Kind, Quote, Request
from tests.outbox.examples import all_kinds, asking, decline, escalated, message, skipped, trap, unread, yes


def shown(outcome: Outcome) -> Card:
    return card(outcome, 1, "")


@pytest.mark.parametrize(
    ("outcome", "where"),
    [
        (trap(), Pile.EYE),
        (asking().model_copy(update={"marked": ("x",)}), Pile.EYE),
        (escalated(), Pile.YOURS),
        (unread(), Pile.YOURS),
        (yes().model_copy(update={"marked": ("x",)}), Pile.YOURS),
        (decline(), Pile.READY),
        (asking(), Pile.QUESTION),
        (yes(), Pile.YES),
        (skipped(), Pile.SKIPPED),
    ],
)
def test_every_outcome_lies_in_one_pile_and_a_mark_wins(outcome: Outcome, where: Pile) -> None:
    assert pile(outcome) is where


def test_pieces_join_to_the_text_and_overlaps_carry_both_styles() -> None:
    cut = list(pieces("abcdef", [Span(0, 4, "ask"), Span(2, 6, "fact"), Span(5, 99, "x"), Span(3, 3, "x")]))
    assert cut == [Piece("ab", "ask"), Piece("cd", "ask fact"), Piece("ef", "fact")]
    assert list(pieces("", [])) == []


def test_quoted_words_are_marked_where_they_stand() -> None:
    marked = {piece.text: piece.style for piece in shown(decline()).mail if piece.style}
    assert marked["25 %"] == "ask fact"
    assert marked["the ticket shop has to be online well before"] == "aim"


def test_a_quote_that_does_not_stand_there_is_not_marked() -> None:
    wrong = Quote(part="body", start=0, end=5, text="other")
    outcome = decline(request=Request(asks=(Ask(number=1, kind=Kind.OTHER, quote=wrong),)))
    assert {piece.style for piece in shown(outcome).mail} == {""}


def test_a_finding_is_marked_in_the_draft() -> None:
    assert [piece.text for piece in shown(trap()).letter if piece.style == "mark"] == [
        "no, we can't take 25 % off the offer"
    ]


def test_a_huge_mail_is_cut_and_counted() -> None:
    big = shown(decline(message=message(body="x" * 25_000)))
    assert (sum(len(piece.text) for piece in big.mail), big.unshown) == (20_000, 5_000)


@pytest.mark.parametrize("outcome", all_kinds())
def test_every_kind_can_be_laid_out(outcome: Outcome) -> None:
    assert shown(outcome).outcome is outcome
