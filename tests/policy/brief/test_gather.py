from collections.abc import Iterator
from datetime import date

import pytest

from pipeline.business.folder import load_business
from pipeline.policy.brief.gather import brief
from pipeline.policy.brief.sheet import Brief, Manner
from pipeline.policy.brief.words import LANGUAGES, words_in
from pipeline.policy.facts import BY_NAME
from pipeline.resources import shipped
from pipeline.types.business import Profile
from pipeline.types.records import Client
from tests.fakes import TODAY, business, starter_policy
from tests.policy import canaries

STUDIO = load_business(shipped("fixtures", "studio"))


def lines(page: Brief) -> Iterator[str]:
    for section in page.sections:
        yield from (section.heading, section.lead)
        for part in section.parts:
            yield part.heading
            for line in part.lines:
                yield from (line.about, line.words)


def told(page: Brief, manner: Manner) -> list[str]:
    found = (section for section in page.sections if section.manner is manner)
    return [line.words for section in found for part in section.parts for line in part.lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_that_is_told_upfront_stands_there_in_its_language(language: str) -> None:
    page = brief(STUDIO, language, TODAY)
    upfront = [rule for rule in STUDIO.policy.rules if rule.tell_upfront]
    assert len(told(page, Manner.QUOTED)) == len(upfront) == 8
    assert page.left_out == ()
    assert all(line.about for line in page.sections[0].parts[0].lines)


def test_settings_are_filled_in_the_manner_of_the_language() -> None:
    assert any("10\N{NO-BREAK SPACE}%" in line for line in told(brief(STUDIO, "de", TODAY), Manner.QUOTED))
    assert "How soon you have a price in writing: 2 working days." in told(brief(STUDIO, "en", TODAY), Manner.LISTED)
    assert not any("{" in line for language in LANGUAGES for line in lines(brief(STUDIO, language, TODAY)))


def test_a_text_that_is_missing_in_the_language_is_left_out_and_named() -> None:
    page = brief(business(), "fr", TODAY)  # no texts beside the policy, so all is English
    assert told(page, Manner.QUOTED) == []
    assert "the rule 'discount' has no text in 'fr'" in page.left_out


def test_a_rule_that_states_what_only_a_mail_settles_is_left_out_and_named() -> None:
    policy = starter_policy().replace('    public: "We are booked', '    tell_upfront: yes\n    public: "We are booked')
    page = brief(business(policy), "en", TODAY)
    assert "the rule 'no_capacity' states {booked_until}, which is known only once a mail has come" in page.left_out


def test_a_text_of_its_own_is_told_in_its_place() -> None:
    policy = starter_policy().replace(
        '    public: "We are booked', '    tell_upfront: "We tell you our first free day."\n    public: "We are booked'
    )
    page = brief(business(policy), "en", TODAY)
    assert "We tell you our first free day." in told(page, Manner.QUOTED)
    assert not any("no_capacity" in each for each in page.left_out)


@pytest.mark.parametrize("period", ["from: 2026-12-01", "until: 2026-11-01"])
def test_a_rule_that_is_not_in_force_is_not_told(period: str) -> None:
    policy = starter_policy().replace("  - id: discount\n", f"  - id: discount\n    {period}\n")
    words = told(brief(business(policy), "en", TODAY), Manner.QUOTED)
    assert words
    assert not any("most we can move on price" in line for line in words)


def test_a_line_whose_setting_the_policy_lacks_is_left_out() -> None:
    page = brief(STUDIO, "en", TODAY)
    assert not any("How old it may get" in line for line in told(page, Manner.LISTED))
    policy = starter_policy().replace("  instalments: 3", "  instalments: 3\n  agreement_update_after: 12 months")
    page = brief(business(policy), "en", TODAY)
    assert any("in any case: 12 months." in line for line in told(page, Manner.LISTED))


def test_questions_are_those_of_facts_that_a_rule_reads() -> None:
    asked = told(brief(STUDIO, "en", TODAY), Manner.ASKED)
    assert "By which day do you need it?" in asked
    assert not any("limit you set for this year" in question for question in asked)  # no rule reads over_budget


def test_a_kind_of_ones_own_speaks_through_its_offer() -> None:
    policy = starter_policy().replace("kind: trade", "kind: handshake")
    page = brief(business(policy), "en", TODAY)
    assert "10% off when the whole is ordered at once" in told(page, Manner.LISTED)


def test_a_category_of_ones_own_is_never_shown() -> None:
    page = brief(business(starter_policy().replace("category: payment", "category: bad_payers")), "en", TODAY)
    assert page.sections[0].parts[-1].heading == "What else holds"
    assert not any("bad" in line for line in lines(page) if "payers" in line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_private_word_stands_on_the_page(language: str) -> None:
    page = brief(canaries.guarded(), language, TODAY)
    assert told(page, Manner.ASKED)
    assert canaries.leaks("\n".join(filter(None, lines(page)))) == []


def test_every_field_of_a_record_has_a_canary_or_is_public() -> None:
    full, plain = canaries.client(), Client(id="x", name="x")
    filled = {name for name in Client.model_fields if getattr(full, name) != getattr(plain, name)}
    assert filled == set(Client.model_fields)
    guarded, bare = canaries.guarded().profile, business().profile
    changed = {name for name in Profile.model_fields if getattr(guarded, name) != getattr(bare, name)}
    assert changed >= set(Profile.model_fields) - canaries.PUBLIC_OF_PROFILE


def test_no_phrase_is_about_a_private_fact() -> None:
    matters = words_in("en").matters
    assert all(not BY_NAME[fact].private for fact in matters)


def test_all_languages_have_the_same_parts() -> None:
    english, others = words_in("en"), [words_in(language) for language in LANGUAGES]
    for words in others:
        assert words.matters.keys() == english.matters.keys()
        assert words.categories.keys() == english.categories.keys()
        assert [f.kinds for f in words.families] == [f.kinds for f in english.families]
        assert len(words.at_the_start.lines) == len(english.at_the_start.lines)


def test_the_same_policy_and_day_give_the_same_page() -> None:
    assert brief(STUDIO, "en", date(2026, 1, 1)) == brief(STUDIO, "en", date(2026, 1, 1))
