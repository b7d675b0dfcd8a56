"""The axes: what a careful reader says of a draft puts it where it belongs."""

import pytest

from eval.rubrics.candor import axes, quadrant
from tests.eval.rubrics.made import RUBRIC

ALL = {**RUBRIC.care.weights, **RUBRIC.challenge.weights}


def where(*no: str) -> str:
    return quadrant(*axes({name: float(name not in no) for name in ALL}, RUBRIC))


@pytest.mark.parametrize(
    ("no", "found"),
    [
        ((), "radical_candor"),
        (("reason_educates",), "radical_candor"),  # straight and kind, but only their own rule
        (("firm", "natural"), "radical_candor"),  # bends at the end
        (("warm",), "radical_candor"),  # brief, and about their aim
        (("straight", "reason_educates", "reason_true"), "ruinous_empathy"),  # a no that hides
        (("straight", "reason_educates"), "ruinous_empathy"),  # the true reason, drowned in regret
        (("clear_no_read", "firm", "straight", "reason_educates", "reason_true", "aim_met"), "ruinous_empathy"),
        (("warm", "respects", "uses_goal"), "obnoxious_aggression"),
        (("warm", "respects", "natural"), "obnoxious_aggression"),
        (("warm", "uses_goal", "straight", "reason_true", "reason_educates", "natural"), "manipulative_insincerity"),
    ],
)
def test_the_answers_give_the_quadrant(no: tuple[str, ...], found: str) -> None:
    assert where(*no) == found


def test_an_axis_runs_from_one_to_five() -> None:
    assert axes(dict.fromkeys(ALL, 1.0), RUBRIC) == (5, 5)
    assert axes({}, RUBRIC) == (1, 1)
