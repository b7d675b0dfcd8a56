"""A calibration allows a judge only what it was made of."""

import pytest

from eval.stats.agreement import Accuracy
from eval.types.calibration import Calibration, Figure
from eval.verdict.measure import Trust
from eval.verdict.side import JudgedBy, Side
from eval.verdict.trust import trust_of
from pipeline.prompts import load_prompt
from tests.eval.verdict.made import RUBRIC, made

HASH = load_prompt("judge@v1").hash


def figure(criterion: str, kappa: float) -> Figure:
    return Figure(
        criterion=criterion, n=100, base=0.5, agreement=0.9, kappa=kappa, low=kappa - 0.1, high=kappa + 0.1,
        good=50, good_found=45, bad=50, bad_found=40,
    )  # fmt: skip


CALIBRATION = Calibration(
    judge="gpt", rubric="decline@v1", rubric_hash="h1", prompt="judge@v1", prompt_hash=HASH,
    labels_hash="l", labels=100, errors=0, figures=(figure("fits", 0.8), figure("care", 0.3)),
)  # fmt: skip


def judged(judge: str, prompt_hash: str = HASH) -> Side:
    return made("a", 3).model_copy(
        update={"judges": (JudgedBy(judge=judge, prompt="judge@v1", prompt_hash=prompt_hash),)}
    )


def test_what_agrees_is_trusted_and_how_it_errs_is_known() -> None:
    known = Accuracy(45, 50, 40, 50)
    expected = Trust(frozenset({"fits"}), {"fits": known, "care": known})
    assert trust_of(CALIBRATION, [judged("gpt"), judged("recorded:gpt")], RUBRIC) == expected


@pytest.mark.parametrize("other", [judged("another"), judged("gpt", "another text"), made("a", 3)])
def test_another_judge_another_prompt_or_none_is_not(other: Side) -> None:
    found = trust_of(CALIBRATION, [other], RUBRIC)
    assert found.criteria == frozenset()


def test_another_text_of_the_rubric_is_not() -> None:
    changed = CALIBRATION.model_copy(update={"rubric_hash": "h2"})
    assert trust_of(changed, [judged("gpt")], RUBRIC) == Trust()
