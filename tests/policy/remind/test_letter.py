from datetime import date

import pytest

from pipeline.policy.brief.words import LANGUAGES
from pipeline.policy.remind.due import Due, What, due
from pipeline.policy.remind.letter import Letter, letter
from pipeline.types.records import Client
from tests.fakes import TODAY, business
from tests.policy import canaries

CHECK_IN = Due(what=What.CHECK_IN, because="", since=date(2026, 8, 1))
UPDATE = Due(what=What.UPDATE, because="", since=date(2026, 1, 15))
MIA = Client(id="lark", name="Lark", first_name="Mia")


def rule(name: str) -> Due:
    return Due(what=What.RULE, because="", rule=name, times=3)


def written(*things: Due, client: Client = MIA, language: str = "en") -> Letter:
    return letter(client, things, business(), language)


def test_it_is_a_whole_letter() -> None:
    told = written(CHECK_IN)
    assert told.subject == "A short talk"
    assert told.body.startswith("Hi Mia,\n\nWe last took stock together on 1 August 2026,")
    assert told.body.endswith("Warmly,\nAda Plum\nPlum & Press")


def test_who_has_no_name_on_record_is_greeted_without_one() -> None:
    assert written(CHECK_IN, client=Client(id="x", name="X")).body.startswith("Hi,\n")


def test_a_tested_rule_is_told_in_its_public_words_with_its_matter() -> None:
    body = written(rule("discount")).body
    assert "One point came up several times lately" in body
    assert "- A lower price: 10% is the most we can move on price" in body
    both = written(rule("discount"), rule("unpaid_work")).body
    assert "Some points came up" in both


def test_a_rule_whose_text_needs_a_mail_is_left_out_and_named() -> None:
    told = written(rule("no_capacity"))
    assert told.body == ""
    assert told.left_out == ("the rule 'no_capacity' states {booked_until}, which is known only once a mail has come",)


def test_a_text_that_is_missing_in_the_language_is_not_told_in_another() -> None:
    told = written(CHECK_IN, rule("discount"), language="de")
    assert told.left_out == ("the rule 'discount' has no text in 'de'",)
    assert "price" not in told.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_fill_in(language: str) -> None:
    for things in ((CHECK_IN, UPDATE), (CHECK_IN.model_copy(update={"since": None}),)):
        body = written(*things, language=language).body
        assert body
        assert "{" not in body
        assert "None" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_private_word_is_in_a_letter(language: str) -> None:
    ours = canaries.guarded()
    things = due(ours, TODAY, ())[ours.clients[0].id]
    assert {thing.what for thing in things} == {What.CHECK_IN, What.UPDATE}
    told = letter(ours.clients[0], (*things, rule("zqx_discount")), ours, language)
    assert "Mia" in told.body
    assert canaries.leaks(f"{told.subject}\n{told.body}") == []
