"""A rate without the judge's mistakes."""

import pytest

from eval.stats.agreement import Accuracy
from eval.stats.corrected import corrected

GOOD = Accuracy(90, 100, 80, 100)


def test_rogan_and_gladen() -> None:
    found = corrected(0.76, 200, GOOD)
    assert found is not None
    assert found.value == pytest.approx(0.8)
    assert found.low < 0.8 < found.high
    assert found.high - found.low > 0.12  # wider than the rate's own


def test_more_labels_narrow_it() -> None:
    wide, narrow = (
        corrected(0.76, 200, Accuracy(27, 30, 24, 30)),
        corrected(0.76, 200, Accuracy(2700, 3000, 2400, 3000)),
    )
    assert wide is not None
    assert narrow is not None
    assert narrow.high - narrow.low < wide.high - wide.low


def test_it_stays_between_nothing_and_all() -> None:
    found = corrected(0.1, 50, GOOD)
    assert found is not None
    assert (found.value, found.low) == (0.0, 0.0)


@pytest.mark.parametrize("blind", [Accuracy(5, 10, 5, 10), Accuracy(9, 10, 0, 0), Accuracy(0, 0, 9, 10)])
def test_a_coin_corrects_nothing(blind: Accuracy) -> None:
    assert corrected(0.8, 100, blind) is None
