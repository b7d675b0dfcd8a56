"""How clients sign, in four languages, and what signs for nobody."""

import pytest

from pipeline.signing import How, signed
from pipeline.types.message import Address, Message
from tests.fakes import message


def mail(shown: str, body: str = "Can we talk about it?", signature: str = "") -> Message:
    sender = Address(address="someone@lark.example", name=shown)
    return message(body).model_copy(update={"sender": sender, "signature": signature})


@pytest.mark.parametrize(
    ("shown", "signature", "name", "how"),
    [
        ("Desmond Okafor", "Cheers,\nDes", "Des", How.FIRST),
        ("Wilhelmina Stokes", "Best\nMina x", "Mina", How.FIRST),
        ("Robert Hale", "Thanks, Bob\nHale Roofing Ltd", "Bob", How.FIRST),
        ("Ulrich Brandt", "Viele Grüße\nUli", "Uli", How.FIRST),
        ("Sébastien Morel", "Bien à toi,\nSeb", "Seb", How.FIRST),
        ("Francisco Ruiz", "Un abrazo,\nPaco", "Paco", How.FIRST),
        ("ruben tocino", "Saludos, Rubén", "ruben", How.FIRST),  # as they show it
        ("Rüdiger Schlott", "Gruss Schlott", "Schlott", How.FAMILY),
        ("Ada Okafor", "Yours sincerely,\nMrs Okafor", "Mrs Okafor", How.TITLED),
        ("Jana Weber", "Mit freundlichen Grüßen\nDr. Weber", "Dr. Weber", How.TITLED),
        ("", "Cordialement,\nM. Dubois", "M. Dubois", How.TITLED),
        ("Marta Ruiz", "Atentamente,\nSra. Ruiz", "Sra. Ruiz", How.TITLED),
        ("Familie Brehme", "lg Selin & Jens", "Selin & Jens", How.FIRST),
        ("Les Morel", "Merci, Anne et Luc", "Anne et Luc", How.FIRST),
        ("accounts", "Kind regards,\nGilda Thorne", "Gilda Thorne", How.FULL),
    ],
)
def test_what_stands_below_the_closing_words_is_how_they_sign(shown: str, signature: str, name: str, how: How) -> None:
    found = signed(mail(shown, signature=signature))
    assert found is not None
    assert (found.name, found.how) == (name, how)


def test_a_short_name_may_be_the_last_line_of_the_text_itself() -> None:
    for body in (
        "Could it be Friday?\n\nDes",
        "Could it be Friday?\n\nDes\nOkafor Ltd",
        "Could it be Friday?\n\nthanks des",
    ):
        found = signed(mail("Desmond Okafor", body))
        assert found is not None, body
        assert found.name == "Des"
    assert signed(mail("Desmond Okafor", "Could it be Friday?\n\nTomorrow")) is None
    assert signed(mail("", "Could it be Friday?\n\nBerlin")) is None  # no closing words, and nobody of that name


@pytest.mark.parametrize(
    "line",
    [
        "Team Nord", "Accounts", "Buchhaltung", "Okafor Ltd", "Lark & Sons", "Service client", "Compras",
        "S.", "QA", "V.E.", "<b>Des</b>", "Des http://des.example", "des@lark.example", "Des 50% off", "{name}",
        "Desmond the Magnificent of Upper Nether Wallop", "D\u0435s", "Please", "Merci", "Gracias", "URGENT",
    ],
)  # fmt: skip
def test_a_role_a_firm_initials_and_tricks_sign_for_nobody(line: str) -> None:
    assert signed(mail("Desmond Okafor", signature=f"Regards,\n{line}")) is None


def test_an_initial_is_no_monsieur() -> None:
    found = signed(mail("Montgomery Pell", signature="Regards,\nM. Pell"))
    assert found is None or found.how is How.FULL


@pytest.mark.parametrize("hostile", ["Thanks, " * 900, "\n" * 8000, "a " * 4000, "Grüße" + " " * 8000 + "x"])
def test_long_hostile_text_signs_for_nobody(hostile: str) -> None:
    assert signed(mail("Mia Lark", hostile, hostile)) is None
