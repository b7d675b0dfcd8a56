"""The line that greets, from the mail to the letter."""

import pytest

from pipeline.letter import Letter
from pipeline.types.business import Voice
from pipeline.types.decision import Action, Decision, Text
from pipeline.types.message import Address
from pipeline.types.request import Request
from tests.fakes import business, message


def greeting(shown: str, name: str, body: str, language: str, **own: str) -> str:
    firm = business()
    voice = Voice(greeting=Text(by_language=own), signoff=Text(by_language={}))
    firm = firm.model_copy(update={"profile": firm.profile.model_copy(update={"voice": voice})})
    sender = Address(address="someone@lark.example", name=shown)
    mail = message(body).model_copy(update={"sender": sender, "signature": name})
    request = Request(asks=(), language=language)
    return Letter(mail, request, Decision(action=Action.DECLINE, code="x"), firm, {}).greeting


@pytest.mark.parametrize(
    ("shown", "name", "body", "language", "expected"),
    [
        ("Desmond Okafor", "Des", "Hi, could it be Friday?", "en", "Hi Des,"),
        ("Ada Okafor", "Mrs Okafor", "Dear Ms Plum, could it be Friday?", "en", "Dear Mrs Okafor,"),
        ("Jana Weber", "Dr. Weber", "Sehr geehrte Frau Plum, geht Freitag bei Ihnen?", "de", "Guten Tag Dr. Weber,"),
        ("Jana Weber", "Fr. Weber", "Sehr geehrte Frau Plum, geht Freitag bei Ihnen?", "de", "Guten Tag Frau Weber,"),
        ("Luc Dubois", "M. Dubois", "Madame, pouvez-vous vendredi ?", "fr", "Bonjour Monsieur Dubois,"),
        ("Luc Dubois", "Luc Dubois", "Madame, pouvez-vous vendredi ?", "fr", "Bonjour,"),
        ("Luc Dubois", "Lulu", "Salut, tu peux vendredi ?", "fr", "Bonjour Lulu,"),
        ("Marta Ruiz", "Sra. Ruiz", "Estimada señora: ¿podría usted el viernes?", "es", "Buenos días, Sra. Ruiz:"),
        ("Compras", "Equipo Norte", "¿Puedes el viernes?", "es", "Hola:"),
    ],
)
def test_the_form_follows_how_they_write_and_sign(
    shown: str, name: str, body: str, language: str, expected: str
) -> None:
    assert greeting(shown, name, body, language) == expected


def test_who_writes_formally_is_not_called_by_a_first_name_that_they_did_not_sign() -> None:
    formal = "Sehr geehrte Damen und Herren, könnten Sie am Freitag liefern?"
    assert greeting("Jana Weber", "Jana Weber", formal, "de", de="Hallo {name},") == "Hallo Jana Weber,"
    assert greeting("Jana Weber", "Jana", formal, "de", de="Hallo {name},") == "Hallo Jana,"
    vous = "Bonjour, pouvez-vous livrer vendredi ?"
    assert greeting("Luc Dubois", "Luc Dubois", vous, "fr", fr="Bonjour {name},") == "Bonjour Luc,"
    assert greeting("Luc Dubois", "M. Dubois", "Pouvez-vous vendredi ?", "fr", fr="Bonjour,") == "Bonjour,"  # our own
