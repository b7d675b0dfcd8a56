from eval.judge.subject import MOST_JUDGED, from_text, subject_of
from pipeline.types.decision import Action
from tests.eval.rubrics.made import case, drafted
from tests.fakes import GOOD_DISCOUNT

MADE = drafted(GOOD_DISCOUNT)


def test_a_decision_is_told_in_plain_words_with_its_values() -> None:
    told = subject_of(case(), MADE)
    assert told.decision[0] == "The firm declines, and offers alternatives."
    assert 'Refused: "Could we get 30% off"' in told.decision
    assert any(line.startswith("The reason to be told: ") and "10%" in line for line in told.decision)
    assert sum(line.startswith("May be offered") for line in told.decision) >= 3
    assert not any("{" in line for line in told.decision)


def test_nothing_private_is_told() -> None:
    assert MADE.decision
    private = MADE.model_copy(update={"decision": MADE.decision.model_copy(update={"private": ("margin 4 %",)})})
    assert "margin" not in str(subject_of(case(), private))


def test_the_draft_comes_as_it_would_be_sent_with_the_number_of_its_offers() -> None:
    told = subject_of(case(), MADE)
    assert MADE.draft
    assert (told.draft, told.offers, told.action) == (MADE.draft.body, 3, Action.DECLINE)
    assert told.mail.startswith("We love the posters")


def test_without_a_draft_its_text_is_empty() -> None:
    assert subject_of(case(), MADE.model_copy(update={"draft": None})).draft == ""


def test_a_long_mail_is_cut() -> None:
    assert len(from_text(language="en", subject="", mail="x" * 9_000, draft="No.").mail) == MOST_JUDGED
