"""What a kill leaves behind is made again."""

from pathlib import Path

import pytest

from eval.runs.folder import PLAN, RunFolder, rewrite
from eval.runs.keeper import Keeper
from eval.runs.unit import Made
from eval.types.record import Plan
from pipeline.llm.compose import ModelSpec
from tests.eval.verdict.made import choice, record


def test_a_kill_between_choices_and_records_leaves_no_choice_unmade(tmp_path: Path) -> None:
    rows = record(1, "a"), record(1, "b")
    made = Made(rows, (choice(1, "a", "b", "first"), choice(1, "b", "a", "second")))
    keys = [row.key for row in rows]
    with RunFolder(tmp_path / "run") as folder:
        plan = Plan(suite="s", versions={}, model=ModelSpec(name="openai:m"), rubric="decline@v1")
        rewrite(folder.path / PLAN, [plan])
        half = Made(rows, (made.choices[0], None))  # type: ignore[arg-type]  # the second choice never comes
        with pytest.raises(AttributeError), Keeper(folder, keys) as killed:
            killed.keep(half)
        with Keeper(folder, keys) as again:
            assert not again.has(keys)
            again.keep(made)
        with Keeper(folder, keys) as whole:
            assert whole.has(keys)
