"""The section that is printed can be put in a profile, and says what it rests on."""

from pathlib import Path

import pytest

from pipeline.types.business import Voice
from pipeline.voice.habits import found
from pipeline.voice.traits import Traits
from pipeline.voice.write import Basis, section
from tests.business.places import PROFILE, made
from tests.voice.letters import traits

BASIS = Basis(mine=("hannah@m.example",), passed={"copies": 2})
TO = [f"{name}@lark.example" for name in "abc"]


def many(**more: object) -> list[Traits]:
    return [traits(to=TO[n % 3], **more) for n in range(12)]


def voice(folder: Path, mails: list[Traits]) -> Voice:
    return made(folder, profile=PROFILE.rpartition("voice:")[0] + section(found(mails), BASIS)).profile.voice


def test_it_is_read_as_it_was_found(tmp_path: Path) -> None:
    mails = many(
        greeting="Hi {name},", signoff="Best,", formality="informal", used=("just",), words=150, contractions=4
    )
    said = voice(tmp_path, mails)
    assert (said.greeting.pick("en"), said.signoff.pick("en")) == ("Hi {name},", "Best,")
    assert (said.formality, said.use, said.guidance) == (
        {"en": "informal"}, {"en": ("just",)}, "Contractions in English, no exclamation marks.",
    )  # fmt: skip
    assert (said.shortest, said.longest) == (150, 151)


def test_what_was_not_found_is_ours_and_says_so(tmp_path: Path) -> None:
    mails = many(language="de")
    assert "# Candor's own: none was common" in section(found(mails), BASIS)
    assert voice(tmp_path, mails).greeting.pick("de") == "Guten Tag {full_name},"


def test_short_mails_do_not_bind_a_no(tmp_path: Path) -> None:
    assert "# words: left out; half of your mails have 40 to 40" in section(found(many(words=40)), BASIS)
    assert voice(tmp_path, many(words=40)).longest == 0


def test_long_ones_are_held_to_what_a_draft_may_have(tmp_path: Path) -> None:
    assert voice(tmp_path, many(words=900)).longest == 300


def test_it_says_what_it_rests_on() -> None:
    text = section(found([*many(), *many(language="fr")[:4]]), BASIS)
    assert "# From the sent mail of hannah@m.example, by counting. No text of a mail is in here." in text
    assert "# Passed over: 2 copies." in text
    assert "# en: 12 mails to 3 people. 100 words, half of them 100 to 100; 10 words a sentence;" in text
    assert "# fr: too few mails (4; needs 10)." in text


def test_without_mails_enough_there_is_no_section() -> None:
    assert "voice:" not in section(found([traits()]), BASIS)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_both_registers_come_out_in_every_language(tmp_path: Path, language: str) -> None:
    both = many(language=language, formality="informal", greeting="X {name},") + many(
        language=language, formality="formal"
    )
    said = voice(tmp_path, both)
    assert said.framing["informal"].greeting == {language: "X {name},"}
    assert said.framing["formal"].greeting[language]
