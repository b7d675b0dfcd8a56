"""What a draft's manner follows: the client's record, the profile, then how they write."""

import pytest

from pipeline.types.business import Framing, Voice
from pipeline.types.decision import Text
from pipeline.types.records import Client
from pipeline.voice.manner import greeted, manner_of

VOICE = Voice(
    greeting=Text(by_language={"en": "Hi {name},", "de": "Servus {name},"}),
    signoff=Text(by_language={"en": "Warmly,", "de": "Herzlich"}),
)
DU = "Kannst du mir das schicken?"
SIE = "Können Sie mir das schicken?"


def client(formality: str | None = None) -> Client:
    return Client.model_validate({"id": "lark", "name": "Lark", "formality": formality})


@pytest.mark.parametrize(
    ("record", "setting", "written", "language", "formality"),
    [
        ("informal", {"": "formal"}, SIE, "de", "informal"),
        ("formal", {}, DU, "de", "formal"),
        (None, {"": "formal"}, DU, "de", "formal"),
        (None, {"de": "informal", "": "formal"}, SIE, "de", "informal"),
        (None, {"fr": "informal"}, SIE, "de", "formal"),
        (None, {"": "match"}, DU, "de", "informal"),
        (None, {}, DU, "de", "informal"),
        (None, {}, "Mehr Rabatt bitte.", "de", "formal"),
        (None, {}, "Plus de remise.", "fr", "formal"),
        (None, {}, "Más descuento.", "es", "formal"),
        (None, {}, "More discount.", "en", ""),
        (None, {}, "Più sconto.", "it", ""),
    ],
)
def test_the_formality(
    record: str | None, setting: dict[str, str], written: str, language: str, formality: str
) -> None:
    voice = Voice.model_validate({**VOICE.model_dump(), "formality": setting})
    assert manner_of(voice, client(record), written, language).formality == formality


def test_an_unknown_sender_is_matched() -> None:
    assert manner_of(VOICE, None, DU, "de").formality == "informal"


@pytest.mark.parametrize("written", [DU, SIE])
def test_a_text_by_language_serves_both_registers(written: str) -> None:
    manner = manner_of(VOICE, None, written, "de")
    assert (manner.greeting, manner.signoff) == ("Servus {name},", "Herzlich")


@pytest.mark.parametrize(
    ("language", "formality", "greeting", "signoff"),
    [
        ("fr", "informal", "Bonjour {name},", "Bien à toi,"),
        ("fr", "formal", "Bonjour,", "Bien cordialement,"),
        ("es", "informal", "Hola, {name}:", "Un saludo,"),
        ("es", "formal", "Buenos días, {full_name}:", "Un cordial saludo,"),
        ("it", "formal", "Hi {name},", "Warmly,"),
        ("und", "informal", "Hi {name},", "Warmly,"),
    ],
)
def test_a_language_without_a_text_gets_ours(language: str, formality: str, greeting: str, signoff: str) -> None:
    manner = manner_of(VOICE, client(formality), "", language)
    assert (manner.greeting, manner.signoff) == (greeting, signoff)


def test_each_register_has_its_own_text_and_none_serves_for_the_other() -> None:
    framing = {"informal": Framing(greeting={"de": "Hallo {name},"}, signoff={"de": "LG"})}
    voice = VOICE.model_copy(update={"framing": framing})
    assert manner_of(voice, None, DU, "de").greeting == "Hallo {name},"
    formal = manner_of(voice, None, SIE, "de")
    assert (formal.greeting, formal.signoff) == ("Guten Tag {full_name},", "Freundliche Grüße")


def test_words_of_the_language_come_before_those_of_all() -> None:
    voice = VOICE.model_copy(update={"use": {"": ("a",), "en": ("b",), "de": ("c",)}, "shortest": 90, "longest": 180})
    manner = manner_of(voice, None, "", "en")
    assert (manner.use, manner.avoid, manner.shortest, manner.longest) == (("b", "a"), (), 90, 180)


@pytest.mark.parametrize(
    ("greeting", "first", "full", "words"),
    [
        ("Hi {name},", "Maria", "Maria Weber", "Hi Maria,"),
        ("Guten Tag {full_name},", "Maria", "Maria Weber", "Guten Tag Maria Weber,"),
        ("Guten Tag {full_name},", "", "Dr. Weber", "Guten Tag Dr. Weber,"),
        ("Hola, {name}:", "", "", "Hola:"),
        ("Hi {name}!", "", "Frau Weber", "Hi,"),
        ("Good day,", "", "", "Good day,"),
    ],
)
def test_a_greeting_without_a_name_ends_after_its_words(greeting: str, first: str, full: str, words: str) -> None:
    assert greeted(greeting, first, full) == words
