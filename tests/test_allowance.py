from pipeline.allowance import permit
from pipeline.letter import letter_of
from pipeline.types.decision import Action, Decision
from pipeline.types.records import Client
from pipeline.types.request import Ask, Kind, Quote, Request
from tests.fakes import TODAY, business, message

LARK = Client(
    id="lark", name="Lark & Sons", first_name="Mimi", addresses=("mia@lark.example",), domains=("lark.example",)
)
HERON = Client(id="heron", name="Heron Ltd", addresses=("pay@heron.example",), private_notes=("pays late",))
QUOTE = Quote(part="body", start=0, end=5, text="Could you do it?")
REQUEST = Request(asks=(Ask(number=1, kind=Kind.OTHER, quote=QUOTE),), language="en")


def test_the_permit_holds_no_client_but_this_one() -> None:
    known = business(clients=(LARK, HERON))
    letter = letter_of(message("Hi"), REQUEST, Decision(action=Action.ASK, code="x"), known, TODAY)
    private = permit(letter, TODAY).private
    assert {"Heron Ltd", "pay@heron.example", "pays late"} <= set(private)
    assert "Lark & Sons" not in private
