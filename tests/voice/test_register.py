"""Who is du and who is Sie, in sentences as people write them."""

import time

import pytest

from pipeline.voice.register import LONGEST, marks, register_of


@pytest.mark.parametrize(
    ("language", "text", "register"),
    [
        ("de", "Könnten Sie uns 20 % entgegenkommen?", "formal"),
        ("de", "Wir freuen uns auf Ihre Antwort.", "formal"),
        ("de", "Kannst du mir das bis Montag schicken?", "informal"),
        ("de", "könntet ihr uns das schicken", "informal"),
        ("de", "Sie ist gekommen. Sie geht wieder.", ""),  # somebody else
        ("de", "Wir haben ihr das Angebot und ihre Unterlagen geschickt.", ""),
        ("de", "Moin, das Plakat bitte größer. LG", ""),
        ("de", "Liebe Frau Adler, das Plakat bitte größer.", "formal"),
        ("de", "Liebe Frau Adler, kannst du das Plakat größer machen?", "informal"),  # an address outweighs a hint
        ("de", "Hallo ihr Lieben, schafft ihr das bis Montag?", "informal"),
        ("de", "Er schrieb „du kannst mich mal“, und ich bitte Sie um Rat.", "formal"),
        ("fr", "Pourriez-vous baisser le prix ?", "formal"),
        ("fr", "Est-ce que tu peux m'envoyer le fichier ?", "informal"),
        ("fr", "Je t'envoie le fichier demain.", "informal"),
        ("fr", "Le rendez-vous a-t-il lieu ? Le ton du texte est bon.", ""),
        ("fr", "Madame, le tarif est trop élevé.", "formal"),
        ("es", "¿Puedes mandarme tu presupuesto?", "informal"),
        ("es", "¿Podéis bajarlo un poco?", "informal"),
        ("es", "Le agradezco su respuesta; quedo a la espera de usted.", "formal"),
        ("es", "Hola, necesitamos el cartel.", ""),
        ("en", "Hi Hannah, can you make it cheaper?", "informal"),
        ("en", "Dear Ms Marrow, could the price be lower?", "formal"),
        ("en", "Could the price be lower?", ""),
        ("it", "Potrebbe inviarmi il preventivo?", ""),
        ("und", "???", ""),
    ],
)
def test_the_register_of(language: str, text: str, register: str) -> None:
    assert register_of(text, language) == register


def test_as_many_for_each_is_none() -> None:
    assert register_of("Ich bitte dich, und ich bitte Sie.", "de") == ""


def test_a_language_may_come_with_its_country() -> None:
    assert register_of("Ich bitte Sie.", "de-AT") == "formal"


def test_a_decomposed_accent_counts() -> None:
    assert register_of("y tu\u0301", "es") == "informal"


def test_marks_say_where() -> None:
    text = "Können Sie mir sagen, was du meinst?"
    assert [(text[m.start : m.end], m.formality) for m in marks(text, "de")] == [
        ("Sie", "formal"), ("du", "informal"), ("meinst", "informal"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ['"' * 100_000, "„" * 100_000, "\n " * 50_000, "Sie " * 50_000, "\u0301" * 100_000, ""]
)
def test_hostile_text_is_one_short_pass(text: str) -> None:
    began = time.process_time()
    for language in ("en", "de", "fr", "es"):
        register_of(text, language)
    assert time.process_time() - began < 2
    assert all(mark.end <= LONGEST for mark in marks(text, "de"))
