import pytest

from pipeline.addressee import client_name
from pipeline.types.message import Address
from pipeline.types.records import Client
from tests.fakes import business, message

LARK = Client(
    id="lark", name="Lark & Sons", first_name="Mimi", addresses=("mia@lark.example",), domains=("lark.example",)
)


def test_a_first_name_on_record_belongs_to_its_address_not_to_the_firm() -> None:
    known = business(clients=(LARK,))
    assert client_name(message("Hi"), known)[0] == "Mimi"
    assert client_name(message("Hi", sender="ellen@lark.example"), known)[0] == "Mia"  # as her mail shows it


@pytest.mark.parametrize("shown", ["", "mia@lark.example", "Mia | Lark", "50% off", "A B C D", "x" * 80])
def test_what_does_not_read_like_a_name_is_no_greeting(shown: str) -> None:
    mail = message("Hi").model_copy(update={"sender": Address(address="mia@lark.example", name=shown)})
    assert client_name(mail, business()) == ("", "")


@pytest.mark.parametrize(
    ("shown", "greeted"),
    [
        ("Ada Plum & Sol", ("Ada & Sol", "Ada Plum & Sol")),
        ("Dr. Ada Plum", ("Ada", "Dr. Ada Plum")),
        ("Dr. Plum", ("", "Dr. Plum")),
        ("Procurement", ("", "")),
    ],
)
def test_pairs_titles_and_departments(shown: str, greeted: tuple[str, str]) -> None:
    mail = message("Hi").model_copy(update={"sender": Address(address="mia@lark.example", name=shown)})
    assert client_name(mail, business()) == greeted
