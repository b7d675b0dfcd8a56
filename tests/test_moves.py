from datetime import date

import pytest

from eval.rubrics.load import load_rubric
from pipeline.letter import Letter, letter_of
from pipeline.moves import PRECONDITIONS, moves_for
from pipeline.prompts import load_prompt, newest
from pipeline.types.decision import Action, AskDecision, Decision, Offer, Text
from pipeline.types.prompt import Move
from pipeline.types.quantities import Choice, Day, Flag, Quantity
from pipeline.types.request import Ask, Fact, Kind, Leverage, Pressure, Quote, Request, Sentiment, State
from tests.fakes import TODAY, business, message

QUOTE = Quote(part="body", start=0, end=5, text="Could you do it?")
OFFER = Offer(id="other_way", kind="different_approach", text=Text(by_language={"en": "Another way"}))


def letter(*, action: Action = Action.DECLINE, facts: tuple[Fact, ...] = (), **fields: object) -> Letter:
    """A letter about one refused ask; ``fields`` are those of the request or of the decision that it tells."""
    mail = message("Could you do it?")
    asked = {name: fields.pop(name) for name in tuple(fields) if name in Request.model_fields}
    ask = Ask(number=1, kind=Kind.OTHER, quote=QUOTE, facts=facts)
    request = Request.model_validate({"asks": (ask,), "language": "en", **asked})
    decided = (AskDecision(ask=1, action=action, facts=facts),)
    decision = Decision.model_validate({"action": action, "code": "x", "asks": decided, **fields})
    return letter_of(mail, request, decision, business(), TODAY)


def fact(name: str, value: Quantity) -> Fact:
    return Fact(name=name, state=State.KNOWN, value=value)


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("aim_known", letter(aim=QUOTE)),
        ("friendly", letter(sentiment=Sentiment.FRIENDLY)),
        ("upset", letter(sentiment=Sentiment.ANGRY)),
        ("pressed", letter(leverage=(Leverage(kind=Pressure.GUILT, quote=QUOTE),))),
        ("details_given", letter(details=(QUOTE,))),
        ("part_kept", letter(action=Action.ACCEPT)),
        ("better_offer", letter(offers=(OFFER,))),
        ("figures_known", letter(facts=(fact("deadline", Day(day=date(2026, 11, 27))),))),
        ("against_aim", letter(facts=(fact("against_aim", Flag(yes=True)),))),
        ("client_slip", letter(facts=(fact("fault", Choice(name="client")),))),
        ("later_round", letter(round=2)),
    ],
)
def test_a_precondition_is_looked_up_in_the_letter(when: str, holds: Letter) -> None:
    assert PRECONDITIONS[when](holds)
    assert not PRECONDITIONS[when](letter())


def test_only_a_decline_is_made_of_moves_and_in_their_order() -> None:
    moves = [Move(id=when, when=when, check="firm", guidance="…") for when in ("upset", "aim_known", "pressed")]
    angry, asking = (letter(action=each, sentiment=Sentiment.ANGRY, aim=QUOTE) for each in (Action.DECLINE, Action.ASK))
    assert [move.name for move in moves_for(angry, moves)] == ["upset", "aim_known"]
    assert moves_for(asking, moves) == ()


def test_every_shipped_move_has_a_precondition_a_check_and_one_paragraph() -> None:
    criteria = {criterion.id for criterion in load_rubric("decline@v1").criteria}
    moves = load_prompt(newest("draft")).moves
    assert len(moves) >= 12
    for move in moves:
        assert move.when in PRECONDITIONS
        assert move.check in criteria or "." in move.check
        assert "\n" not in move.guidance.strip()
