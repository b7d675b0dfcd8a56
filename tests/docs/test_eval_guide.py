"""What docs/eval.md says is true: its commands and options exist, its case is one, its figures are the suites'."""

import re

import pytest

from eval.pairs.drafts import Drafted
from eval.rubrics.load import load_rubric
from eval.suites.load import load_suite
from eval.types.calibration import Label
from eval.types.case import Case
from eval.types.rubric import By
from pipeline.resources import shipped
from tests.docs.commands import unknown

PAGE = shipped("docs", "eval.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (candor .+)$", PAGE, re.MULTILINE)
NAMED = re.findall(r"`(candor eval [^`]+)`", PAGE)


@pytest.mark.parametrize("line", [*COMMANDS, *NAMED])
def test_every_command_and_option_is_there(line: str) -> None:
    assert unknown(line) == set()


def test_the_case_of_the_page_is_a_case() -> None:
    (text,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert Case.model_validate_json(text).id == "fair"


def test_the_label_of_the_page_is_a_label_and_asks_what_the_rubric_asks() -> None:
    (text,) = re.findall(r"A label is `(\{.+\})`", PAGE)
    label = Label.model_validate_json(text.replace("...", '"en"'))
    asked = {criterion.id for criterion in load_rubric("decline@v1").criteria if criterion.by is By.JUDGE}
    assert {name.partition(":")[0] for name in label.labels} <= asked


def test_the_draft_of_the_page_is_one() -> None:
    (text,) = re.findall(r'`(\{"case".+?\})`', PAGE)
    assert Drafted.model_validate_json(text).case == "fair"


@pytest.mark.parametrize(
    ("suite", "figure"),
    [("decline", "`decline` (156 mails"), ("accept-controls", "`accept-controls` (89"), ("attacks", "`attacks` (60")],
)
def test_the_suites_are_as_large_as_the_page_says(suite: str, figure: str) -> None:
    said = " ".join(PAGE.split())
    assert figure in said
    assert f"({len(load_suite(shipped('fixtures', 'suites', suite)).cases)}" in figure
