"""The composer's letters on the road that production takes: extract, decide, slots, draft, guard."""

import pytest

from pipeline.llm.offline.wording import wording
from pipeline.policy.load import load_policy
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from pipeline.types.request import Kind, Sentiment
from tests.fakes import ask, starter_policy
from tests.llm.offline.told import LANGUAGES, LINES, kept, letter, line_of, studio, unclear

RULES = [str(line["rule"]) for line in LINES["en"]]
ABUSE = [{"name": name, "quote": "!", "choice": None} for name in ("abuse", "earlier_no")]


def refused(outcome: Outcome) -> list[str]:
    assert outcome.verdict
    return [f"{finding.code}: {finding.excerpt}" for finding in outcome.verdict.findings]


def words_of(outcome: Outcome) -> int:
    assert outcome.draft
    return len(outcome.draft.body.split())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_letter_of_every_rule_passes_the_guard_and_is_short_whatever_the_voice(language: str) -> None:
    heard = set()
    for number, rule in enumerate(RULES, 1):
        ps = "x" * number  # any further words may choose another voice
        outcome = await letter(language, rule, ps=ps, details=[ps])
        assert (outcome.action, outcome.code, refused(outcome)) == (Action.DECLINE, rule, []), rule
        assert 100 <= words_of(outcome) <= 200, rule
        assert outcome.draft
        heard.add(outcome.draft.sentences[-1].template)
    assert heard == {voice.next for voice in wording(language).voices}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_mixed_answers_questions_and_partings_pass_the_guard(language: str) -> None:
    for ps in ("", "ps"):
        details = [ps] if ps else []
        for outcome, action in (
            (await letter(language, "discount", "lead_time", ps=ps, details=details), Action.DECLINE),
            (await letter(language, "out_of_scope", ps=ps, more=(kept(language),), details=details), Action.DECLINE),
            (await letter(language, "unpaid_work", ps=ps, more=(unclear(language),), details=details), Action.DECLINE),
            (await letter(language, ps=ps, more=(unclear(language),), sentiment="anxious"), Action.ASK),
            (await letter(language, "discount", ps=f"{ps}!", mail_facts=ABUSE, details=details), Action.END),
        ):
            assert (outcome.action, refused(outcome)) == (action, [])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_no_to_every_kind_of_ask_passes_the_guard(language: str) -> None:
    feelings, words = list(Sentiment), str(line_of(language, "unpaid_work")["ask"])
    for number, kind in enumerate(Kind):
        asked = ask(kind.value, words, ("beyond_terms", words))
        outcome = await letter(language, more=(asked,), sentiment=feelings[number % len(feelings)].value)
        assert (outcome.action, refused(outcome)) == (Action.DECLINE, []), kind


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gap", ["missing_item", "missing_time", "missing_evidence", "missing_terms", "contradiction"])
async def test_a_question_about_each_gap_passes_the_guard(language: str, gap: str) -> None:
    words = str(line_of(language, "unpaid_work")["ask"])
    outcome = await letter(language, more=(ask("in_scope_request", words, (gap, words)),))
    assert (outcome.action, refused(outcome)) == (Action.ASK, [])


async def test_each_refused_ask_is_answered_by_an_offer() -> None:
    outcome = await letter("en", "discount", "lead_time")
    assert outcome.draft
    assert outcome.decision
    asks = {o.id: o.asks for o in outcome.decision.offers}
    assert {number for used in outcome.draft.offers for number in asks[used]} == {1, 2}


async def test_a_policy_in_another_language_than_the_mail_leaves_the_letter_to_a_person() -> None:
    english = studio().model_copy(update={"policy": load_policy(starter_policy(), "policy.yaml")})
    outcome = await letter("de", "discount", business=english)
    assert outcome.draft is None
    assert refused(outcome)
