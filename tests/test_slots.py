from datetime import date

import pytest

from pipeline.slots import client_name, fill, letter_of, permit
from pipeline.types.decision import Action, Decision
from pipeline.types.message import Address
from pipeline.types.quantities import Day, Words
from pipeline.types.records import Client
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, State
from tests.fakes import TODAY, business, message

LARK = Client(
    id="lark", name="Lark & Sons", first_name="Mimi", addresses=("mia@lark.example",), domains=("lark.example",)
)
HERON = Client(id="heron", name="Heron Ltd", addresses=("pay@heron.example",), private_notes=("pays late",))
QUOTE = Quote(part="body", start=0, end=5, text="Could you do it?")


def request(*facts: Fact) -> Request:
    return Request(asks=(Ask(number=1, kind=Kind.OTHER, quote=QUOTE, facts=facts),), language="en")


def test_a_first_name_on_record_belongs_to_its_address_not_to_the_firm() -> None:
    known = business(clients=(LARK,))
    assert client_name(message("Hi"), known)[0] == "Mimi"
    assert client_name(message("Hi", sender="ellen@lark.example"), known)[0] == "Mia"  # as her mail shows it


@pytest.mark.parametrize("shown", ["", "mia@lark.example", "Mia | Lark", "50% off", "A B C D", "x" * 80])
def test_what_does_not_read_like_a_name_is_no_greeting(shown: str) -> None:
    mail = message("Hi").model_copy(update={"sender": Address(address="mia@lark.example", name=shown)})
    assert client_name(mail, business()) == ("", "")


def test_the_clients_values_and_short_quotes_are_slots_and_addresses_never() -> None:
    due = Fact(name="deadline", state=State.KNOWN, value=Day(day=date(2026, 11, 27)))
    link = Fact(name="quantity", state=State.KNOWN, value=Words(text="see evil.example"))
    letter = letter_of(message("Hi"), request(due, link), Decision(action=Action.ASK, code="x"), business(), TODAY)
    assert letter.slots["ask.1.deadline"].words == "27 November"
    assert letter.slots["ask.1.quote"].words == "Could you do it"
    assert "ask.1.quantity" not in letter.slots
    assert fill("By {ask.1.deadline}, {nothing}.", letter.slots) == "By 27 November, {nothing}."


def test_the_permit_holds_no_client_but_this_one() -> None:
    known = business(clients=(LARK, HERON))
    letter = letter_of(message("Hi"), request(), Decision(action=Action.ASK, code="x"), known, TODAY)
    private = permit(letter, TODAY).private
    assert {"Heron Ltd", "pay@heron.example", "pays late"} <= set(private)
    assert "Lark & Sons" not in private
