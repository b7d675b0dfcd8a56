import pytest

from eval.runs.plan import label, versions_of
from pipeline.errors import PromptError
from pipeline.prompts import newest


def test_a_label_names_what_differs() -> None:
    assert versions_of([]) == {newest("draft"): (newest("extract"), newest("draft"))}
    assert versions_of(["draft@v1"]) == {"draft@v1": (newest("extract"), "draft@v1")}
    assert versions_of(["extract@v1", "draft@v1"]) == {"draft@v1": ("extract@v1", "draft@v1")}
    assert label("draft@my/prompts/soft") == "draft@soft"


def test_a_version_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(PromptError, match="draft@v999"):
        versions_of(["draft@v999"])
