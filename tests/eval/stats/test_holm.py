"""Several questions at once."""

import pytest

from eval.stats.holm import askable, holm


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.5, 0.9]) == (1.0, 1.0)
    assert holm([]) == ()


def test_questions_that_cannot_come_out_leave() -> None:
    assert askable([0, 3, 40, 12, 5]) == (False, False, True, True, False)
    assert askable([6]) == (True,)
    assert askable([6, 6]) == (False, False)  # together neither can reach 2.5 %
    assert askable([]) == ()
