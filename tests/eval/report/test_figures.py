"""Rates of one version: repeats within a case, cases within a cluster."""

import pytest

from eval.report.figures import rate
from eval.types.record import Record
from tests.eval.verdict.made import ERROR, record, score


def clustered(case: int, ok: object, cluster: str = "", repeat: int = 0) -> Record:
    one = record(case, "v1", score("three", ok), repeat=repeat)
    return one.model_copy(update={"about": one.about.model_copy(update={"cluster": cluster})})


def test_repeats_are_one_case_and_errors_none() -> None:
    found = rate([clustered(1, True), clustered(1, False, repeat=1), clustered(2, True), clustered(3, ERROR)], "three")
    assert found is not None
    assert (found.value, found.n) == (0.75, 2)
    assert rate([clustered(1, ERROR)], "three") is None


def test_cases_of_one_source_count_for_less() -> None:
    apart = rate([clustered(case, case % 4 != 0) for case in range(40)], "three")
    alike = rate([clustered(case, case % 4 != 0, cluster=f"s{case % 4}") for case in range(40)], "three")
    assert apart is not None
    assert alike is not None
    assert apart.value == alike.value == pytest.approx(0.75)
    assert alike.high - alike.low > 2 * (apart.high - apart.low)
