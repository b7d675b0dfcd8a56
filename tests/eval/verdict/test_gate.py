"""Exit codes, with and without a margin."""

import pytest

from eval.verdict.compare import Terms, compare_sides
from eval.verdict.gate import gate
from tests.eval.verdict.made import RUBRIC, made


@pytest.mark.parametrize(
    ("lost", "n", "margin", "code"),
    [
        (0, 100, None, 0),
        (4, 100, None, 0),  # no evidence of a loss
        (30, 100, None, 1),
        (0, 100, 5, 0),
        (30, 100, 5, 1),
        (12, 400, 6, 0),  # a loss for certain, and within the margin
        (4, 100, 5, 3),  # neither shown to be worse nor to be within it
        (0, 20, 5, 3),
    ],
)
def test_codes(lost: int, n: int, margin: float | None, code: int) -> None:
    found = compare_sides(made("a", n), made("b", n, three=range(lost)), RUBRIC, terms=Terms(margin=margin))
    assert gate(found) == code


def test_missing_cases_pass_no_gate() -> None:
    assert gate(compare_sides(made("a", 100), made("b", 80), RUBRIC)) == 3
