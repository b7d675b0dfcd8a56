"""Extraction: what was read of the mail, held against the labels."""

import pytest

from eval.rubrics.first import First
from eval.rubrics.reading import Share, extraction, facts_read, kinds_read
from eval.types.record import Mark
from pipeline.errors import TransportError
from pipeline.types.decision import Action
from pipeline.types.quantities import Words
from pipeline.types.request import Fact, State
from tests.eval.rubrics.made import GOOD, case, outcome
from tests.fakes import GOOD_DISCOUNT, ask, reading


@pytest.mark.parametrize(
    ("fact", "words", "known"),
    [
        ("discount_asked", "30%", True),
        ("discount_asked", "30 per cent", True),
        ("discount_asked", "25%", False),
        ("deadline", "2026-12-01", False),
        ("threat", "no", True),
        ("threat", "yes", False),
    ],
)
def test_a_fact_is_read_if_its_value_is_the_labels(fact: str, words: str, known: bool) -> None:  # noqa: FBT001
    found = facts_read(First(case(facts={fact: words}), GOOD))
    assert (found.mark is Mark.PASS, found.value) == (known, float(known))


def test_a_label_that_no_code_can_read_is_not_scored() -> None:
    assert facts_read(First(case(facts={"price_before": "22%"}), GOOD)).mark is Mark.NA


def test_kinds_are_scored_as_a_set() -> None:
    found = kinds_read(First(case(kinds=("discount", "rush_deadline")), GOOD))
    assert (found.mark, found.why) == (Mark.FAIL, "rush_deadline is missing")
    assert found.value == pytest.approx(2 / 3)


def test_the_summary_counts_what_broke_apart() -> None:
    unread = outcome(reading(cannot_tell="too odd"))
    wrong = outcome(reading(ask("free_work", "Could we get 30% off")), GOOD_DISCOUNT)
    cases = [
        (case(facts={"discount_asked": "30%"}), GOOD),
        (case(Action.ACCEPT), unread),
        (case(), outcome(TransportError)),
    ]
    found = extraction([*cases, (case(), wrong)])
    assert (found.cases, found.broken) == (4, 1)
    assert (found.precision, found.recall) == (Share(1, 2), Share(1, 3))
    assert found.facts == Share(1, 1)
    assert found.coverage == Share(2, 3)
    assert found.matrix[Action.DECLINE, "decline"] == 1
    assert found.matrix[Action.ACCEPT, "escalate"] == 1
    assert found.escalated.rate == pytest.approx(1 / 3)


@pytest.mark.parametrize(("quote", "known"), [("30,000", True), ("thirty thousand boxes", True), ("300", False)])
def test_a_quantity_is_held_by_its_number(quote: str, known: bool) -> None:  # noqa: FBT001
    assert GOOD.request
    fact = Fact(name="quantity", state=State.KNOWN, value=Words(text=quote))
    read = GOOD.model_copy(update={"request": GOOD.request.model_copy(update={"facts": (fact,)})})
    found = facts_read(First(case(facts={"quantity": "30000 Kartons"}), read))
    assert found.mark is (Mark.PASS if known else Mark.FAIL)
