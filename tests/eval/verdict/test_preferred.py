"""Choices in both orders: only what holds in both counts."""

from eval.verdict.preferred import preferred
from tests.eval.verdict.made import choice


def test_only_what_holds_in_both_orders_counts() -> None:
    found = preferred(
        [
            choice(1, "a", "b", "second"), choice(1, "b", "a", "first"),  # b, twice
            choice(2, "a", "b", "first"), choice(2, "b", "a", "first"),  # whoever comes first: a tie
            choice(3, "a", "b", "same"), choice(3, "b", "a", "same"),
            choice(4, "a", "b", "first"), choice(4, "b", "a", "", fault="no JSON"),  # leaves
            choice(5, "a", "c", "second"), choice(5, "c", "a", "first"),  # another pair
        ],
        "a",
        "b",
    )  # fmt: skip
    assert found.baseline == {"c001": 0.0, "c002": 0.0, "c003": 0.0}
    assert found.candidate == {"c001": 1.0, "c002": 0.0, "c003": 0.0}
    assert (found.held, found.asked) == (2, 3)
