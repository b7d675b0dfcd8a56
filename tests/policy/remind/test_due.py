from datetime import date, timedelta

import pytest

from pipeline.policy.remind.due import Refused, What, due
from pipeline.types.records import Agreement, Client
from tests.fakes import TODAY, business, starter_policy


def lark(**record: object) -> Client:
    return Client.model_validate({"id": "lark", "name": "Lark", **record})


def found(client: Client, *noes: Refused, settings: str = "") -> dict[What, str]:
    policy = starter_policy().replace("settings:\n", f"settings:\n  {settings}\n") if settings else starter_policy()
    things = due(business(policy, clients=(client,)), TODAY, noes).get("lark", ())
    return {thing.what: thing.because for thing in things}


def ago(days: int) -> date:
    return TODAY - timedelta(days)


@pytest.mark.parametrize(("days", "is_due"), [(29, False), (30, True), (200, True), (-5, False)])
def test_a_check_in_is_due_on_the_day_it_is_planned_for(days: int, *, is_due: bool) -> None:
    client = lark(check_in_every_days=30, last_check_in=ago(days))
    assert (What.CHECK_IN in found(client)) is is_due


def test_a_check_in_counts_from_the_agreement_if_that_is_later() -> None:
    agreement = Agreement(updated=ago(10))
    assert found(lark(check_in_every_days=30, last_check_in=ago(90), agreement=agreement)) == {}


def test_a_check_in_without_any_day_is_due() -> None:
    assert found(lark(check_in_every_days=30)) == {What.CHECK_IN: "no check-in is on record"}


def test_nobody_is_due_who_has_no_plan() -> None:
    assert found(lark(last_check_in=ago(900), agreement=Agreement(updated=ago(900)))) == {}


def test_an_agreement_whose_scope_changed_since_is_due() -> None:
    agreement = Agreement(updated=ago(90), changes=(ago(100), ago(50), ago(20), ago(-3)))
    assert found(lark(agreement=agreement)) == {
        What.UPDATE: "the scope changed 2 times since the agreement was updated"
    }


@pytest.mark.parametrize(("age", "is_due"), [(359, False), (360, True)])
def test_an_old_agreement_is_due_by_the_setting(age: int, *, is_due: bool) -> None:
    client = lark(agreement=Agreement(updated=ago(age)))
    assert (What.UPDATE in found(client, settings="agreement_update_after: 12 months")) is is_due


def noes(rule: str, *days: int) -> list[Refused]:
    return [Refused(client="lark", rule=rule, on=ago(day)) for day in days]


def test_a_rule_is_worth_a_word_after_three_noes_in_a_year() -> None:
    assert found(lark(), *noes("discount", 1, 2)) == {}
    assert found(lark(), *noes("discount", 1, 2, 400)) == {}
    assert found(lark(), *noes("discount", 1, 2, 3)) == {What.RULE: "'discount' led to 3 noes in a year"}


def test_how_often_is_a_setting() -> None:
    assert found(lark(), *noes("discount", 1, 2), settings="remind_after: 2") == {
        What.RULE: "'discount' led to 2 noes in a year"
    }


def test_a_rule_without_words_for_a_client_or_of_an_older_policy_is_no_matter() -> None:
    assert found(lark(), *noes("threat", 1, 2, 3), *noes("long_gone", 1, 2, 3)) == {}


def test_the_noes_of_one_client_are_not_those_of_another() -> None:
    other = [Refused(client="finch", rule="discount", on=ago(n)) for n in range(5)]
    assert found(lark(), *other) == {}
