"""The stored baseline of the shipped prompts: the same replies still come to the same marks, all offline."""

import asyncio
from pathlib import Path

import pytest

from eval.runs.compose import run
from eval.runs.folder import read_records
from eval.shipped import SUITES, baseline_of, plan_of
from eval.suites.load import load_suite
from eval.verdict.side import side_of, stored
from pipeline.batch.progress import Silent

FEW = 4  # of each suite; `make eval` takes them all


@pytest.mark.parametrize("suite", SUITES)
def test_a_sample_of_each_suite_comes_to_the_marks_that_are_stored(suite: str, tmp_path: Path) -> None:
    plan, kept = plan_of(suite), stored(baseline_of(suite))
    every = [case.id for case in load_suite(Path(plan.suite)).cases]
    only = tuple(every[:: len(every) // FEW][:FEW])
    asyncio.run(run(tmp_path, plan.model_copy(update={"only": only}), Silent()))
    found = side_of(read_records(tmp_path), kept.origin.version)
    assert found.faults == (), "a prompt or a policy has changed, and what is asked now is not recorded"
    for marks, before in ((found.passes, kept.passes), (found.scales, kept.scales)):
        for name, by_case in marks.items():
            assert by_case == {case: value for case, value in before[name].items() if case in only}, name
