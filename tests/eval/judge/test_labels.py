import json
from pathlib import Path

import pytest

from eval.judge.labels import hash_of, read_labels, subject_of_label
from pipeline.errors import UsageError
from tests.eval.judge.asked import RUBRIC

LINE: dict[str, object] = {
    "id": "one",
    "language": "en",
    "subject": "Posters",
    "mail": "Could we get 30 % off?",
    "draft": "We can't.",
    "labels": {"clear": True, "fits:2": False, "send": False},
    "care": 2,
}


def written(folder: Path, *lines: dict[str, object]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return path


def test_a_line_becomes_a_label_and_a_subject_without_labels(tmp_path: Path) -> None:
    (label,) = read_labels(written(tmp_path, LINE), RUBRIC)
    assert label.labels == {"clear": True, "fits:2": False, "send": False}
    subject = subject_of_label(label)
    assert (subject.draft, subject.decision, subject.offers) == ("We can't.", (), 3)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"labels": {"kind": True}}, "labels.jsonl:2: the rubric does not ask 'kind'; it asks clear, firm"),
        ({"labels": {"fits": True}}, "does not ask 'fits'"),
        ({"labels": {"clear:1": True}}, "does not ask 'clear:1'"),
        ({"labels": {"clear": "maybe"}}, "labels.jsonl:2: 'labels.clear'"),
        ({"quadrant": "kindness"}, "'kindness' is no quadrant"),
        ({"care": 6}, "'care'"),
        ({"id": "one"}, "the id 'one' stands there twice"),
        ({"drafts": ""}, "unknown field 'drafts'"),
    ],
)
def test_the_first_fault_is_told_with_its_line(tmp_path: Path, change: dict[str, object], fault: str) -> None:
    with pytest.raises(UsageError, match=r".") as raised:
        read_labels(written(tmp_path, LINE, LINE | {"id": "two"} | change), RUBRIC)
    assert fault in str(raised.value)


def test_no_file_and_no_labels_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is missing"):
        read_labels(tmp_path / "none.jsonl", RUBRIC)
    with pytest.raises(UsageError, match="holds no labels"):
        read_labels(written(tmp_path), RUBRIC)


def test_another_label_is_another_hash(tmp_path: Path) -> None:
    one = read_labels(written(tmp_path, LINE), RUBRIC)
    other = read_labels(written(tmp_path, LINE | {"labels": {"clear": False}}), RUBRIC)
    assert hash_of(one) != hash_of(other)
