"""A side is a file with a line a case, or a run; what is wrong with it is told in a sentence."""

import json
from pathlib import Path

import pytest

from eval.pairs.drafts import drafts_of
from pipeline.errors import UsageError


def written(path: Path, *lines: object) -> str:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return str(path)


def test_a_file_has_a_draft_a_case_and_is_called_by_its_name(tmp_path: Path) -> None:
    path = written(
        tmp_path / "page.jsonl", {"case": "a", "body": "No."}, {"case": "b", "body": "No!", "decision": ["-"]}
    )
    found = drafts_of(path)
    assert (found.name, found.suite) == ("page", None)
    assert {case: draft.body for case, draft in found.by_case.items()} == {"a": "No.", "b": "No!"}
    assert found.by_case["b"].decision == ("-",)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            ({"case": "a", "body": "No."}, {"case": "a", "body": "Nein."}),
            "page.jsonl:2: there is a draft of 'a' already",
        ),
        (({"case": "a", "body": " "},), "page.jsonl:1: the draft is empty"),
        (({"case": "a", "text": "No."},), "page.jsonl:1: 'body' is missing"),
        ((), "holds no drafts"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(
    tmp_path: Path, lines: tuple[object, ...], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        drafts_of(written(tmp_path / "page.jsonl", *lines))
