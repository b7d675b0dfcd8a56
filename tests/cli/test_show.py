import io

import pytest

from pipeline.cli.page import Page
from pipeline.cli.show import answered, show
from pipeline.outbox.public import public
from pipeline.types.outcome import Outcome
from tests.outbox import examples


def shown(outcome: Outcome, *, body: bool = False) -> str:
    sheet = io.StringIO()
    show(Page(sheet), outcome, body=body)
    return sheet.getvalue()


def test_a_no_is_told_with_its_rule_the_quoted_words_and_what_would_flip_it() -> None:
    out = shown(examples.decline())
    assert "decline" in out
    assert "rule discount-over-ten  policy.yaml:24" in out
    assert "“we can only sign if you take 25 % off”" in out
    assert "would flip: a discount of 10 % or less" in out


def test_the_draft_stands_there_whole_and_its_checks_below() -> None:
    out = shown(examples.decline())
    words = " ".join(out.split())
    draft = examples.decline().draft
    assert draft
    assert " ".join(draft.body.split()) in words
    assert "passed: no finding" in out


def test_the_mail_itself_only_when_asked_for() -> None:
    assert "Our summer festival" not in shown(examples.decline())
    assert "Our summer festival" in shown(examples.decline(), body=True)


def test_findings_and_remarks_are_told() -> None:
    out = shown(examples.trap())
    assert "stance.soft_no: The no stands in the second sentence" in out
    assert "to review first: foreign_reply_to, stance.soft_no" in out
    assert "The mail holds hidden characters." in out
    assert "Dropped     discount_asked: the words are not in the mail" in out


def test_the_public_account_leaves_private_notes_out() -> None:
    assert "Margin on websites" in shown(examples.decline())
    assert "Margin on websites" not in shown(public(examples.decline()))


def test_a_failure_says_where_and_why() -> None:
    assert "extract: the reply does not fit its schema" in shown(examples.escalated())


def test_nobody_is_asked_about_a_newsletter() -> None:
    assert answered(examples.skipped()) == "none was asked"


def test_two_models_are_both_named() -> None:
    outcome = examples.decline()
    assert outcome.draft
    worded = outcome.model_copy(update={"draft": outcome.draft.model_copy(update={"model": "offline"})})
    assert answered(worded) == "recorded:large read the mail, offline worded the draft"


@pytest.mark.parametrize("outcome", examples.all_kinds(), ids=lambda outcome: outcome.key)
def test_every_kind_of_outcome_fits_the_page(outcome: Outcome) -> None:
    lines = shown(outcome, body=True).splitlines()
    assert max(map(len, lines)) <= 100
