"""The least difference that a suite can see, beside a table that was simulated."""

import pytest

from eval.stats.visible import fewest, visible, visible_mean

TABLE = {
    50: (None, 17.3, 21.2),  # 10 % can't hold a difference of 12.2 points
    100: (8.8, 12.4, 15.2),
    200: (6.2, 8.8, 10.8),
    400: (4.4, 6.2, 7.6),
    800: (3.1, 4.4, 5.4),
}


@pytest.mark.parametrize(
    ("n", "share", "points"),
    [
        (n, share, points)
        for n, row in TABLE.items()
        for share, points in zip((0.1, 0.2, 0.3), row, strict=True)
        if points
    ],
)
def test_as_simulated(n: int, share: float, points: float) -> None:
    assert visible(n, share) * 100 == pytest.approx(points, abs=0.1)


def test_no_case_that_differs_makes_no_suite_keen() -> None:
    assert fewest() == 6
    assert visible(200, 0.0) >= 6 / 200
    assert visible(4, 0.0) == visible(0, 0.0) == 1.0


def test_more_questions_see_less() -> None:
    assert visible(200, 0.2, alpha=0.005) > visible(200, 0.2)


def test_a_mean() -> None:
    assert visible_mean(0.1, 100) == pytest.approx(0.28, abs=0.001)
    assert visible_mean(0.0, 100) == 0.06
    assert visible_mean(0.0, 0) == 1.0
