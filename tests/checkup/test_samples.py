from decimal import Decimal

import pytest

from pipeline.checkup.rows import Mark, Row
from pipeline.checkup.samples import Account, Taken, account, sample_rows, samples, taken
from pipeline.llm.compose import ModelSpec
from pipeline.types.decision import Action
from pipeline.types.outcome import Attempt, Failure
from pipeline.types.prompt import Usage
from tests.outbox import examples

FIRST = samples()[0]
WELL = Taken(
    sample=FIRST, action=Action.DECLINE, reader="careful-1", writer="careful-1", failure="", objection="",
    undrafted=False, seconds=2.0, cost=Decimal("0.004"),
    usage=Usage(prompt_tokens=9_000, completion_tokens=900, calls=2),
)  # fmt: skip


def said(*mails: Taken) -> dict[str, Row]:
    return {row.code: row for row in sample_rows(mails)}


def but(**changes: object) -> Taken:
    return WELL.model_copy(update=changes)


def test_the_shipped_samples_are_five_invented_mails() -> None:
    assert len(samples()) == 5
    for sample in samples():
        text = sample.path.read_text("utf-8")
        assert ".example>\nTo: hello@marrowandfinch.example\n" in text
        assert text.isascii() or "charset=utf-8" in text
    assert {sample.expected for sample in samples()} == {Action.DECLINE, Action.ACCEPT, Action.SKIP}


def test_what_an_outcome_says_of_a_sample() -> None:
    outcome = examples.decline(1)
    usage = Usage(prompt_tokens=10_000, completion_tokens=1_000, calls=2)
    asked = outcome.model_copy(update={"usage": usage})
    mail = taken(FIRST, asked, 1.5, ModelSpec(name="openai:gpt-5-mini"))
    assert (mail.action, mail.seconds, mail.cost) == (Action.DECLINE, 1.5, Decimal("0.0045"))
    assert mail.writer == (outcome.draft.model if outcome.draft else "")
    assert taken(FIRST, asked, 1.5, ModelSpec(name="openai:x", base_url="http://localhost:1/v1")).cost is None


def test_a_refusal_of_the_guard_is_no_failure_of_the_model() -> None:
    objections = (Attempt(stage="draft", model="careful-1", call="", problems=("stance: say no",)),)
    failure = Failure(stage="guard", kind="NoSafeDraft", message="no draft passed")
    ended = examples.decline(1).model_copy(update={"draft": None, "failure": failure, "attempts": objections})
    mail = taken(FIRST, ended, 1.0, ModelSpec())
    assert (mail.undrafted, mail.failure, mail.objection) == (True, "", "stance: say no")
    assert said(mail)["undrafted"].mark is Mark.LOOK


def test_a_model_that_is_well() -> None:
    rows = said(WELL, WELL)
    assert list(rows) == ["reader", "expected"]
    assert rows["reader"].values["names"] == "careful-1"


@pytest.mark.parametrize(
    ("changes", "code", "mark", "words"),
    [
        (
            {"failure": "no answer within 9 seconds", "reader": ""},
            "failed",
            Mark.WRONG,
            "1 of 2 mails: no answer within",
        ),
        ({"action": Action.ESCALATE}, "unexpected", Mark.LOOK, "1 of 2 mails: 30% off a label: escalate, not decline."),
        ({"writer": "offline", "objection": "stance: say no"}, "fallen_back", Mark.LOOK, "1 of 2 drafts. What the"),
    ],
)
def test_what_is_said_of_one_that_is_not(changes: dict[str, object], code: str, mark: Mark, words: str) -> None:
    row = said(WELL, but(**changes))[code]
    assert row.mark is mark
    assert words in row.words.says


def test_an_endpoint_that_counts_no_tokens() -> None:
    assert "no_usage" in said(but(usage=Usage(calls=2), cost=None))


def test_offline_has_said_all_in_its_own_row() -> None:
    assert said(but(reader="offline", writer="offline", action=Action.ESCALATE)) == {}


def test_the_account_and_a_thousand_like_them() -> None:
    total = account([WELL, but(seconds=4.0)])
    assert (total.mails, total.seconds, total.cost) == (2, 6.0, Decimal("0.008"))
    more = total.scaled(1_000)
    assert isinstance(more, Account)
    assert (more.usage.prompt_tokens, more.usage.completion_tokens) == (9_000_000, 900_000)
    assert (more.seconds, more.cost) == (3_000.0, Decimal(4))


def test_a_cost_that_is_unknown_for_one_is_unknown_for_all() -> None:
    assert account([WELL, but(cost=None)]).cost is None
    assert account([but(usage=Usage())]).scaled(1_000).usage.prompt_tokens is None
