"""A judge's answers as scores."""

from eval.rubrics.score import score
from eval.types.record import Judgement, Mark, Score
from tests.eval.rubrics.made import GOOD, RUBRIC, case, judgement


def scored(said: Judgement) -> dict[str, Score]:
    return {each.criterion: each for each in score(case(), GOOD, said, RUBRIC)}


def test_good_answers_pass_and_give_radical_candor() -> None:
    found = scored(judgement())
    assert (found["care"].value, found["challenge"].value, found["candor"].why) == (5, 5, "radical_candor")
    assert found["leaks_internal"].mark is Mark.PASS  # the good answer is no


def test_one_alternative_that_does_not_fit_fails_and_the_share_is_kept() -> None:
    fits = scored(judgement(fits_2="no"))["fits"]
    assert (fits.mark, fits.value) == (Mark.FAIL, 2 / 3)


def test_only_a_yes_sends() -> None:
    found = [scored(judgement(send))["send"] for send in ("yes", "gap", "no", "")]
    assert [each.mark for each in found] == [Mark.PASS, Mark.FAIL, Mark.FAIL, Mark.ERROR]
    assert [each.value for each in found] == [1, 0.5, 0, None]


def test_an_answer_that_is_missing_is_an_error_and_so_is_what_rests_on_it() -> None:
    said = judgement()
    found = scored(said.model_copy(update={"answers": tuple(a for a in said.answers if a.criterion != "warm")}))
    assert [found[name].mark for name in ("warm", "care", "candor", "challenge")] == [
        Mark.ERROR, Mark.ERROR, Mark.ERROR, Mark.PASS,
    ]  # fmt: skip


def test_of_a_faulty_judgement_nothing_counts() -> None:
    found = scored(judgement().model_copy(update={"fault": "the judge contradicts itself"}))
    assert {found[name].mark for name in ("firm", "send", "care", "candor")} == {Mark.ERROR}
    assert found["clear_no"].mark is Mark.PASS
