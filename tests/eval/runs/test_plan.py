from pathlib import Path
from shutil import copytree

import pytest

from eval.runs.plan import label, versions_of
from pipeline.errors import PromptError, UsageError
from pipeline.prompts import newest
from pipeline.resources import shipped


def test_a_label_names_what_differs() -> None:
    assert versions_of([]) == {newest("draft"): (newest("extract"), newest("draft"))}
    assert versions_of(["draft@v1"]) == {"draft@v1": (newest("extract"), "draft@v1")}
    assert versions_of(["extract@v1", "draft@v1"]) == {"draft@v1": ("extract@v1", "draft@v1")}
    assert label("draft@my/prompts/soft") == "draft@soft"


def test_a_version_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(PromptError, match="draft@v999"):
        versions_of(["draft@v999"])


def test_two_prompts_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    copytree(shipped("prompts", "draft", "v1"), tmp_path / "v1")
    with pytest.raises(UsageError, match="both be called draft@v1"):
        versions_of(["draft@v1", f"draft@{tmp_path / 'v1'}"])
