from decimal import Decimal

import pytest

from pipeline.sheets import chart


def test_a_line_runs_from_edge_to_edge_and_higher_is_more() -> None:
    plot = chart.lines(["May", "Jun", "Jul"], [0, 5, 10])
    (curve,) = plot.curves
    assert [x for x, _ in curve] == [34, 251, 468]
    assert curve[0][1] > curve[1][1] > curve[2][1]
    assert [mark.words for mark in plot.bottom] == ["May", "Jun", "Jul"]
    assert [mark.anchor for mark in plot.bottom] == ["start", "middle", "end"]


@pytest.mark.parametrize("top", [0, 1, 3, 7, 99, 100, 101, 12_345])
def test_the_side_has_few_round_marks_and_reaches_the_top(top: int) -> None:
    plot = chart.lines(["May", "Jun", "Jul"], [0, 0, top])
    words = [int(mark.words.replace(",", "")) for mark in plot.side]
    assert 2 <= len(words) <= 5
    assert words[0] == 0
    assert words[-1] >= top
    assert all(12 <= y <= 164 for _, y in plot.curves[0])


def test_long_spans_are_labelled_here_and_there() -> None:
    plot = chart.lines([str(n) for n in range(24)], list(range(24)))
    assert len(plot.bottom) <= 6


def test_columns_stand_on_the_axis() -> None:
    plot = chart.columns(["W47", "W48"], [Decimal(40), Decimal(40)], [Decimal(0), Decimal("52.5")])
    assert plot.columns[0].filled == 164
    assert plot.columns[1].filled < plot.columns[1].whole


def test_no_weeks_are_no_columns() -> None:
    assert chart.columns([], [], []).columns == ()
