import pytest

from pipeline.outbox.quoted import attribution, quoted
from pipeline.types.message import Address
from tests.outbox.examples import message


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "On 20 November 2026, Jonas Feld wrote:"),
        ("de", "Am 20. November 2026 schrieb Jonas Feld:"),
        ("fr", "Le 20 novembre 2026, Jonas Feld a écrit :"),
        ("es", "El 20 de noviembre de 2026, Jonas Feld escribió:"),
        ("sv", "On 20 November 2026, Jonas Feld wrote:"),
        ("und", "On 20 November 2026, Jonas Feld wrote:"),
    ],
)
def test_the_line_above_is_in_the_mails_language(language: str, line: str) -> None:
    assert attribution(message(), language) == line


def test_without_a_date_or_a_name_the_line_does_with_what_there_is() -> None:
    assert attribution(message(sent=None), "de") == "Jonas Feld schrieb:"
    assert (
        attribution(message(sent=None, sender=Address(address="j@linden.example")), "en") == "j@linden.example wrote:"
    )


def test_a_name_in_braces_is_just_a_name() -> None:
    assert attribution(message(sent=None, sender=Address(address="j@l.example", name="{day.__class__}")), "en") == (
        "{day.__class__} wrote:"
    )


def test_every_line_is_quoted_and_hidden_commands_are_gone() -> None:
    text = quoted(message(body="one\r\n\r\n\x1b[2Jtwo\u202e\U000e0041"), "en")
    assert text.endswith("wrote:\n> one\n>\n> [2Jtwo\n")


def test_a_huge_mail_is_cut_and_says_so() -> None:
    text = quoted(message(body="word " * 100_000), "en")
    assert len(text) < 21_000
    assert text.endswith("> […]\n")
