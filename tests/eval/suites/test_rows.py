from pathlib import Path

import pytest

from eval.suites.rows import read_rows
from eval.types.case import Firm


def faults(tmp_path: Path, text: str) -> tuple[str, ...]:
    path = tmp_path / "businesses.jsonl"
    path.write_text(text)
    return read_rows(path, Firm).faults


def test_rows_know_their_lines_and_blank_ones_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "businesses.jsonl"
    path.write_text('\n{"name": "lark", "policy": "starter"}\n\n{"name": "owl", "policy": "starter"}\n')

    assert [(line, firm.name) for line, firm in read_rows(path, Firm).rows] == [(2, "lark"), (4, "owl")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"name": "lark", "polcy": "starter"}', "unknown field 'polcy' (did you mean 'policy'?)"),
        ('{"name": "lark"}', "'policy' is missing"),
        ('{"name": 3, "policy": "starter"}', "'name': input should be a valid string"),
        ('{"name": "lark", "name": "owl", "policy": "starter"}', "the key 'name' stands there twice"),
        ('{"name": "lark",', "the line is not JSON (EOF while parsing a value at line 1 column 16)"),
        ("[" * 100_000, "the line is not JSON (recursion limit exceeded at line 1 column 202)"),
    ],
)
def test_a_fault_is_a_sentence_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert f"businesses.jsonl:1: {said}" in faults(tmp_path, text)


def test_every_line_is_told_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "{}\n{}\n")) == 4


def test_a_file_that_is_missing_or_no_text_is_one_fault(tmp_path: Path) -> None:
    assert read_rows(tmp_path / "cases.jsonl", Firm).faults == (f"cases.jsonl is missing in {tmp_path}",)
    (tmp_path / "cases.jsonl").write_bytes(b"\xff\xfe{}")
    assert read_rows(tmp_path / "cases.jsonl", Firm).faults == ("cases.jsonl can't be read: it is not UTF-8",)
