import pytest

from pipeline.addressee import client_name, greeting_names
from pipeline.types.message import Address, Message
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


def signing(shown: str, name: str, address: str = "desmond@okafor.example") -> Message:
    sender = Address(address=address, name=shown)
    return message("Could it be Friday?").model_copy(update={"sender": sender, "signature": f"Regards,\n{name}"})


@pytest.mark.parametrize(
    ("shown", "name", "greeted"),
    [
        ("Desmond Okafor", "Des", ("Des", "Desmond Okafor")),
        ("Prof. Ada Plum", "Ada", ("Ada", "Prof. Ada Plum")),
        ("Ada Okafor", "Mrs Okafor", ("Mrs Okafor", "Mrs Okafor")),
        ("Ada Okafor", "Mrs Ada Okafor", ("Mrs Okafor", "Mrs Okafor")),
        ("Royston Grindle", "Grindle", ("Royston Grindle", "Royston Grindle")),
        ("Familie Brehme", "Selin & Jens", ("Selin & Jens", "Selin & Jens")),
        ("Accounts", "Gilda Thorne", ("Gilda", "Gilda Thorne")),
        ("Desmond Okafor", "Team Nord", ("Desmond", "Desmond Okafor")),
        ("Desmond Okafor", "Angela", ("Desmond", "Desmond Okafor")),  # somebody else's name counts for nothing
        ("Desmond Okafor", "Mr President", ("Desmond", "Desmond Okafor")),
    ],
)
def test_they_are_greeted_as_they_sign(shown: str, name: str, greeted: tuple[str, str]) -> None:
    assert greeting_names(signing(shown, name), business()) == greeted


def test_a_record_goes_before_what_is_signed() -> None:
    known = business(clients=(LARK,))
    assert greeting_names(signing("Mia Lark", "Mo", "mia@lark.example"), known)[0] == "Mimi"


@pytest.mark.parametrize("name", ["Ada Plum", "Mimi", "Lark", "Plum"])
def test_our_own_name_and_another_clients_are_nobodys_signature(name: str) -> None:
    assert greeting_names(signing("Accounts", name), business(clients=(LARK,))) == ("", "")


def test_who_writes_formally_is_greeted_by_a_first_name_only_after_signing_with_it() -> None:
    assert greeting_names(signing("Ada Okafor", "Ada Okafor"), business(), formally=True)[0] == "Ada Okafor"
    assert greeting_names(signing("Ada Okafor", "Ada"), business(), formally=True)[0] == "Ada"
