"""The section ``voice``: what it may say, and the sentence that a slip in it becomes."""

from pathlib import Path

import pytest

from pipeline.types.business import Voice
from tests.business.places import CLIENTS, PROFILE, fault, made

OLD = 'voice: {greeting: {en: "Hi {name},"}, signoff: {en: "Warmly,"}}\n'
BASE = 'voice:\n  greeting: {en: "Hi {name},"}\n  signoff: {en: "Warmly,"}\n'


def voice(folder: Path, more: str) -> Voice:
    return made(folder, profile=PROFILE.replace(OLD, BASE + more)).profile.voice


def test_an_old_profile_is_read_as_before(tmp_path: Path) -> None:
    found = made(tmp_path).profile.voice
    assert (found.greeting.pick("en"), found.signoff.pick("de")) == ("Hi {name},", "Warmly,")
    assert (found.framing, found.formality, found.shortest, found.use) == ({}, {}, 0, {})


def test_all_that_a_voice_may_say(tmp_path: Path) -> None:
    found = voice(
        tmp_path, "  formality: formal\n  words: 90 to 180\n  use: happy to\n  avoid: {de: [leider], en: alas}\n"
    )
    assert (found.formality, found.shortest, found.longest) == ({"": "formal"}, 90, 180)
    assert (found.use, found.avoid) == ({"": ("happy to",)}, {"de": ("leider",), "en": ("alas",)})


def test_a_greeting_for_each_register(tmp_path: Path) -> None:
    both = PROFILE.replace(
        '{en: "Hi {name},"}', '{en: "Hi {name},", de: {informal: "Hallo {name},", formal: "Guten Tag,"}}'
    )
    found = made(tmp_path, profile=both).profile.voice
    assert found.framing["informal"].greeting == {"de": "Hallo {name},"}
    assert found.greeting.by_language == {"en": "Hi {name},", "de": "Guten Tag,"}


def test_a_key_without_a_value_is_left_out(tmp_path: Path) -> None:
    assert voice(tmp_path, "  formality:\n  words:\n  use:\n").use == {}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("  formality: polite\n", "9:14: 'formality': 'polite' is not one of informal, formal, match"),
        ("  formality: {de: Sie}\n", "9:19: 'formality': 'Sie' is not one of informal, formal, match"),
        (
            "  formality: {german: formal}\n",
            "9:23: 'formality': 'german' is not a language's two letters, e.g. en or de",
        ),
        ("  words: long\n", "9:10: 'words': 'long' is not a length; write it as 90 to 180"),
        ("  words: 180 to 90\n", "9:10: 'words': a draft has 25 to 300 words, and the first number is the smaller one"),
        ("  words: 90 to 900\n", "9:10: 'words': a draft has 25 to 300 words"),
        ("  use: [{en: a}]\n", "9:9: 'use': one text is expected here"),
        ("  use: ['{name}']\n", "9:9: 'use': a word or a short phrase is expected, at most 60 characters"),
        (f"  avoid: {'a ' * 40}\n", "9:10: 'avoid': a word or a short phrase is expected"),
        ("  use: [alas]\n  avoid: {en: [Alas]}\n", "10:10: 'alas' is to be used and to be avoided"),
        ("  tone: warm\n", "9:9: unknown key 'tone'"),
    ],
)
def test_a_fault_in_the_voice(tmp_path: Path, more: str, says: str) -> None:
    assert fault(tmp_path, profile=PROFILE.replace(OLD, BASE + more)).startswith(f"profile.yaml:{says}")


def test_a_greeting_has_no_other_names(tmp_path: Path) -> None:
    wrong = PROFILE.replace("Hi {name},", "Hi {first_name},")
    assert "there is no {first_name} here; write {name} or {full_name}" in fault(tmp_path, profile=wrong)
    wrong = PROFILE.replace('{en: "Hi {name},"}', '{en: {polite: "Hi"}}')
    assert "unknown key 'polite'; there are informal, formal" in fault(tmp_path, profile=wrong)


def test_a_client_record_says_how_they_speak(tmp_path: Path) -> None:
    du = CLIENTS.replace("name: Lark,", "name: Lark, formality: informal,")
    assert [client.formality for client in made(tmp_path, clients=du).clients] == ["informal", None]


def test_a_client_table_says_it_too(tmp_path: Path) -> None:
    assert (
        made(tmp_path, clients="id,name,formality\nlark,Lark,formal\nheron,Heron,\n").clients[0].formality == "formal"
    )


def test_a_client_is_not_polite(tmp_path: Path) -> None:
    slip = CLIENTS.replace("name: Lark,", "name: Lark, formality: Sie,")
    assert fault(tmp_path, clients=slip) == "clients.yaml:2:39: 'formality': 'Sie' is not one of informal, formal"
