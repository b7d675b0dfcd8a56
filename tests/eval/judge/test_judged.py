"""The converter of the labelled drafts, where they are at hand."""

import pytest

from eval.rubrics.load import load_rubric
from tests.scores.judged import DEVSET, QUESTIONS, labels


@pytest.mark.skipif(not DEVSET.exists(), reason="the labelled drafts are not at hand")
def test_the_labelled_drafts_become_labels_of_the_rubric() -> None:
    found = {label.id: label for label in labels()}
    assert len(found) == 120
    candid = found["DD-005"]
    assert (candid.quadrant, candid.care, candid.challenge) == ("obnoxious_aggression", 2, 5)
    said = [candid.labels[name] for name in ("clear_no_read", "names_ask", "three_read")]
    assert said == [True, False, False]
    assert sum("distinct_read" not in label.labels for label in found.values()) == 27
    assert "<html>" not in found["DD-003"].mail
    assert all(label.firm for label in found.values())


def test_every_label_answers_a_question_of_the_rubric() -> None:
    asked = {criterion.id for criterion in load_rubric("decline@v1").criteria if criterion.question}
    assert set(QUESTIONS.values()) <= asked
