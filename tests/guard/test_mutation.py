"""Every good draft, spoiled in every way that a class names: none leaves, and the guard says why.

A sample runs always; all recorded drafts run as a proof (``-m slow``).
"""

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.guard.good import GOOD, Case
from tests.guard.recorded import first_drafts
from tests.guard.spoiling import OPERATORS, Operator

SAMPLE, MANY = 6, 100


def through(cases: Iterable[Case], operators: Iterable[Operator] = OPERATORS) -> tuple[Counter[str], list[str]]:
    """How many drafts each operator spoiled, and the ones that left or were blocked for something else."""
    count: Counter[str] = Counter()
    left: list[str] = []
    for case in cases:
        for operator in operators:
            spoiled = operator.spoil(case)
            if spoiled is None:
                continue
            count[operator.name] += 1
            verdict = spoiled.inspect()
            codes = {f.code for f in verdict.findings}
            named = {
                code for code in codes for wanted in operator.codes if code == wanted or code.startswith(f"{wanted}.")
            }
            if verdict.ok or not named:
                left.append(f"{operator.name} {case.permit.language}: {sorted(codes)}")
    return count, left


def sound(suites: Iterable[str], limit: int | None = None) -> list[Case]:
    """Recorded drafts that pass as they are, in languages that have phrases."""
    cases = [case for suite in suites for case in first_drafts(suite, limit)]
    return [case for case in cases if not case.codes()]


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_no_spoiled_example_leaves(operator: Operator) -> None:
    assert through(GOOD.values(), [operator])[1] == []


def test_no_spoiled_draft_of_a_model_leaves() -> None:
    cases = sound(["decline"], SAMPLE)
    if not cases:
        pytest.skip("no reply is recorded for today's prompts")
    assert through(cases)[1] == []


@pytest.mark.slow
def test_no_spoiled_draft_of_any_model_leaves() -> None:
    cases = sound(["decline", "accept-controls"])
    assert len(cases) >= MANY
    count, left = through(cases)
    assert left == []
    assert set(count) == {operator.name for operator in OPERATORS}
