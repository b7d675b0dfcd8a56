"""Rubric files: the shipped one, its questions, and what is said of a file with a fault."""

from pathlib import Path

import pytest

from eval.rubrics.code import CODED
from eval.rubrics.load import load_rubric, questions_of
from eval.types.rubric import By
from pipeline.errors import UsageError
from pipeline.types.decision import Action
from tests.eval.rubrics.made import RUBRIC


def test_the_shipped_rubric_has_every_criterion_that_code_scores() -> None:
    assert (RUBRIC.name, RUBRIC.version, len(RUBRIC.hash)) == ("decline", "v1", 64)
    assert {criterion.id for criterion in RUBRIC.criteria if criterion.by is By.CODE} == CODED


def test_each_alternative_is_asked_about() -> None:
    ids = [line.id for line in questions_of(RUBRIC, Action.DECLINE, 3)]
    assert [each for each in ids if each.startswith("fits")] == ["fits:1", "fits:2", "fits:3"]
    assert len(ids) == len(set(ids))


def test_a_letter_that_asks_is_not_asked_for_its_no() -> None:
    ids = {line.id for line in questions_of(RUBRIC, Action.ASK, 0)}
    assert "warm" in ids
    assert not ids & {"clear_no_read", "firm", "three_read"}


SMALL = """\
schema: 1
name: small
version: v1
criteria:
  - {id: handled, by: code, family: reading, says: Handled well.}
  - {id: clear_no, by: code, family: stance, says: It says no.}
  - {id: warm, by: judge, family: stance, says: It is warm., question: Is it warm?}
  - {id: straight, by: judge, family: stance, says: It is straight., question: Is it straight?}
  - {id: send, by: judge, family: fit, says: It can be sent.}
care: {base: 1, weights: {warm: 4}}
challenge: {base: 1, weights: {straight: 4}}
contradictions:
  - [send=yes, warm=no]
"""


def written(folder: Path, text: str) -> str:
    path = folder / "small.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_file_elsewhere_is_a_rubric_too_and_another_word_another_hash(tmp_path: Path) -> None:
    first = load_rubric(written(tmp_path, SMALL))
    other = load_rubric(written(tmp_path, SMALL.replace("Handled well.", "Well handled.")))
    assert first.name == other.name == "small"
    assert first.hash != other.hash


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("schema: 1", "schema: 2", "1:9: a rubric file begins with 'schema: 1'"),
        ("id: clear_no", "id: handled", "6:5: there are two criteria 'handled'"),
        ("id: clear_no", "id: a_no", "6:5: no code scores 'a_no'; give it 'by: judge' and a question"),
        ("says: Handled well.", "says: Well, question: Is it?", "5:5: 'handled' is scored by code and has a question"),
        ("id: send", "id: post", "9:5: 'post' has no question for the judge"),
        ("{warm: 4}", "{warmth: 4}", "10:35: no question is called 'warmth'"),
        ("{warm: 4}", "{warm: much}", "10:33: 'warm' must be a number"),
        ("[send=yes, warm=no]", "[send=maybe, warm=no]", "13:6: 'send=maybe' is no answer that a judge can give"),
        ("says: It is warm.", "sagt: It is warm.", "7:49: there is no key 'sagt'"),
        (", says: It is warm.", "", "7:5: 'says' is missing"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in SMALL
    with pytest.raises(UsageError) as raised:
        load_rubric(written(tmp_path, SMALL.replace(old, new, 1)))
    assert str(raised.value).startswith(f"small.yaml:{fault}")


def test_an_unknown_rubric_is_told_what_there_is() -> None:
    with pytest.raises(UsageError, match="there is no rubric 'decline@v9'; there is decline@v1, or give the path"):
        load_rubric("decline@v9")
