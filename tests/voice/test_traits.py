"""What one mail shows, and that nothing else of it is kept."""

import pytest

from pipeline.voice.phrases import phrases
from pipeline.voice.traits import greeting_of, traits_of
from tests.voice.letters import read

BODY = """\
Hi Maria,

I'm happy to send the drawings on Monday. They're ready, and we won't need the big table for them!

Please let me know which of the rooms you'd like to see first. I can't tell from here.

Kind regards,
Hannah

On Mon, 31 Aug 2026 at 10:02, Maria <mia@lark.example> wrote:
> Dear Hannah, kindly reach out!!!
"""


def test_a_mail_becomes_counts_and_entries_of_lists() -> None:
    found = traits_of(read(BODY))
    assert found is not None
    assert (found.greeting, found.signoff, found.formality) == ("Hi {name},", "Kind regards,", "informal")
    assert (found.sentences, found.contractions, found.exclamations) == (4, 5, 1)
    assert found.used == ("happy to", "please", "let me know")
    assert found.avoided == ()  # their words are not ours
    assert found.to == "mia@lark.example"
    assert found.words == 37


def test_no_word_of_a_mail_is_kept() -> None:
    found = traits_of(read(BODY.replace("rooms", "xylophones")))
    assert found is not None
    assert all(word not in found.model_dump_json() for word in ("Maria", "Hannah", "xylophones", "drawings", "Monday"))


@pytest.mark.parametrize(
    ("language", "line", "form", "names"),
    [
        ("en", "Hi Maria,", "Hi {name},", "first"),
        ("en", "HI Maria", "Hi {name}", "first"),
        ("en", "Dear Maria Weber,", "Dear {full_name},", "full"),
        ("en", "Dear Mr. Weber,", "", "title"),
        ("en", "Hi all,", "", "nobody"),
        ("en", "Hello!", "Hello!", "nobody"),
        ("en", "Good morning, Maria-José!", "Good morning, {name}!", "first"),
        ("de", "Guten Tag Frau Dr. Weber,", "", "title"),
        ("de", "Liebe Jana,", "Liebe {name},", "first"),
        ("fr", "Bonjour Élodie,", "Bonjour {name},", "first"),
        ("es", "Hola, Ana:", "Hola, {name}:", "first"),
    ],
)
def test_a_greeting_by_its_form(language: str, line: str, form: str, names: str) -> None:
    found = greeting_of(line, phrases()[language])
    assert found is not None
    assert (found.form, found.names) == (form, names)


@pytest.mark.parametrize(
    "line", ["", "Hiking is fun", "Hi, thanks for the photos", "Dear me, what a week that was", "Thanks!"]
)
def test_a_line_that_does_not_greet(line: str) -> None:
    assert greeting_of(line, phrases()["en"]) is None


def test_a_sign_off_in_the_last_line_of_the_text() -> None:
    found = traits_of(
        read("Hallo Jana,\n\ndas Plakat kommt am Montag, und du bekommst es sofort.\n\nViele Grüße, Hannah")
    )
    assert found is not None
    assert (found.signoff, found.formality, found.words) == ("Viele Grüße,", "informal", 10)


@pytest.mark.parametrize(
    "body", ["Potrebbe inviarmi il preventivo per il manifesto entro lunedì?", "Hi Maria,\n\nBest,\nH"]
)
def test_nothing_to_count(body: str) -> None:
    assert traits_of(read(body)) is None
