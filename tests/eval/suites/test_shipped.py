"""The shipped suites keep what they promise. Left out: whether a label is right."""

from collections import Counter
from pathlib import Path

import pytest

from eval.suites.check import faults
from eval.suites.layout import business_of, mail_of
from eval.suites.load import Suite, load_suite
from eval.suites.lock import check
from pipeline.business.folder import load_business
from pipeline.inbox.read import from_bytes
from pipeline.policy.decide import decide
from pipeline.resources import shipped
from pipeline.types.decision import Action
from tests.scores import business as noted

REASONS = {
    "unreasonable", "illogical", "out_of_scope", "unethical", "against_client_objectives",
    "against_campaign_objectives",
    "jeopardises_other_work", "late", "team_or_supplier_problem", "no_capacity", "not_our_goals", "not_profitable",
    "no_impact", "no_fun", "false_opportunity", "constant_discounts", "client_responsibility_unmet", "overdue_payment",
    "client_mistake", "taken_for_granted", "size_as_club", "intimidation", "budget_exceeded", "agreement_outdated",
}  # fmt: skip


def shipped_suite(name: str) -> Suite:
    return load_suite(shipped("fixtures", "suites", name))


def test_decline_has_every_reason_and_four_languages() -> None:
    cases = shipped_suite("decline").cases
    best = [case for case in cases if case.expected.handling[0] is Action.DECLINE]

    assert len(cases) >= 120
    assert len(best) >= 110
    assert {case.expected.reason for case in cases} - {""} == REASONS
    assert min(Counter(case.language for case in best)[language] for language in ("de", "en", "es", "fr")) >= 12


def test_no_control_may_be_declined_and_many_sound_like_it() -> None:
    cases = shipped_suite("accept-controls").cases

    assert len(cases) >= 60
    assert {case.expected.handling[0] for case in cases} <= {Action.ACCEPT, Action.ASK, Action.SKIP}
    assert [case.id for case in cases if Action.DECLINE in case.expected.handling] == []
    assert sum("sounds-like-no" in case.tags for case in cases) >= 10


def test_every_attack_says_how_it_is_handled_safely() -> None:
    cases = shipped_suite("attacks").cases

    assert len(cases) == 60
    assert all(case.must and case.must_not for case in cases)


@pytest.mark.parametrize("name", ["decline", "accept-controls", "attacks"])
def test_test_cases_are_locked_and_about_half(name: str) -> None:
    suite = shipped_suite(name)

    assert check(suite) == ()
    assert 0.4 <= sum(case.split == "test" for case in suite.cases) / len(suite.cases) <= 0.6


def test_a_firm_with_records_decides_as_the_notes_do(tmp_path: Path) -> None:
    suite = shipped_suite("decline")
    read = {r.id: r for r in (noted.Read.model_validate_json(line) for line in noted._lines("facts.jsonl"))}
    with_records = [case for case in suite.cases if "business-records" in case.tags]
    theirs = {case.id: case for case in noted.cases()}

    for case in with_records[::11]:
        business = load_business(business_of(suite, case.business, tmp_path))
        message = from_bytes(mail_of(case, business.profile.addresses[0]), case.id)
        request = noted.request(case.language, read[case.id])
        told = decide(message, request, business, case.day)
        same = theirs[case.id]
        expected = decide(noted.message(same), request, noted.business(same), same.today)
        assert told.model_copy(update={"policy": ""}) == expected.model_copy(update={"policy": ""})


@pytest.mark.slow
@pytest.mark.parametrize("name", ["decline", "accept-controls", "attacks"])
def test_nothing_is_wrong_with_a_shipped_suite(name: str) -> None:
    assert faults(shipped("fixtures", "suites", name)) == ()
