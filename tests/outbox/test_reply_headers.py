import pytest

from pipeline.outbox.headers import ids, mailbox, subject, text
from pipeline.types.message import Address


@pytest.mark.parametrize(
    "given",
    ["Offer", "Re: Offer", "RE: re: Offer", "AW: Fwd: Offer", "Re[2]: Offer", "SV : Offer", "WG: AW: RE(3): Offer",
     "  Re:Offer", "Re\uff1a Offer", "TR: Offer", "re:\r\n Offer"],
)  # fmt: skip
def test_re_stands_once(given: str) -> None:
    assert subject(given).reads == "Re: Offer"


@pytest.mark.parametrize("word", ["Regarding the offer", "Rewrite: why", "Award: yours", "Refund", "[Re] x"])
def test_words_that_only_look_like_a_prefix_stay(word: str) -> None:
    assert subject(word).reads == f"Re: {word}"


def test_an_empty_subject_is_just_re() -> None:
    assert subject("").wire == "Re:"
    assert subject("Re: ").reads == "Re:"


def test_text_is_one_line_of_bounded_length_without_encoded_words() -> None:
    assert text(" a\r\n\tb \x00 =?utf-8?q?c?= ") == "a b = ?utf-8?q?c?="
    assert len(text("x" * 9999)) == 400


def test_encoded_words_are_short_enough_for_every_program() -> None:
    words = subject("Ärger über größere Änderungen an den Entwürfen für die neue Broschüre der Bäckerei").wire.split()
    assert len(words) > 2
    assert all(len(word) <= 75 for word in words)


def test_a_name_that_looks_like_an_address_list_stays_a_name() -> None:
    field = mailbox("To", Address(address="a@b.example", name='Feld, Jonas" <x@evil.example>'))
    assert field.wire == '"Feld, Jonas x@evil.example" <a@b.example>'


def test_ids_are_found_once_each_whatever_surrounds_them() -> None:
    assert ids(["<a@b> <c@d>\t<a@b>", "e@f", "(x) <>", "<ü@b>"]) == ("<a@b>", "<c@d>", "<e@f>")
