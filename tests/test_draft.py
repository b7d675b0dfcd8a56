import pytest

from pipeline.draft import variables_of
from pipeline.letter import letter_of
from pipeline.types.decision import Action, AskDecision, Decision
from pipeline.types.request import Ask, Kind, Quote, Request
from tests.fakes import TODAY, business, message


@pytest.mark.parametrize(
    ("action", "verdict"), [(Action.CONFIRM, "yes, the offer they take (backing: accepted)"), (Action.DECLINE, "yes")]
)
def test_what_they_order_with_an_offer_that_they_take_is_no_grant_beside_it(action: Action, verdict: str) -> None:
    quote = Quote(part="body", start=0, end=14, text="Could we start")
    request = Request(asks=(Ask(number=1, kind=Kind.IN_SCOPE_REQUEST, quote=quote),), language="en")
    decision = Decision(action=action, code="x", asks=(AskDecision(ask=1, action=Action.ACCEPT),))
    letter = letter_of(message("Could we start?"), request, decision, business(), TODAY)
    assert [ask.verdict for ask in variables_of(letter).asks] == [verdict]
