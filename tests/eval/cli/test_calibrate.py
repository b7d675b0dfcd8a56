from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.cli.calibrate import command
from eval.judge.calibration import read_calibration
from eval.types.calibration import Label
from pipeline.errors import UsageError

LABELS = [
    Label(id="soft", language="en", subject="", mail="May we?", draft="We might, perhaps.", labels={"firm": False}),
    Label(id="firm", language="en", subject="", mail="May we?", draft="We can't do it.", labels={"firm": True}, care=1),
]


def labels(folder: Path) -> str:
    path = folder / "labels.jsonl"
    path.write_text("".join(f"{label.model_dump_json()}\n" for label in LABELS), "utf-8")
    return str(path)


def test_a_judge_is_held_against_labels_and_its_file_written(tmp_path: Path) -> None:
    out = tmp_path / "calibration.json"
    done = CliRunner().invoke(command, [labels(tmp_path), "--judge", "heuristic", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "heuristic by decline@v1 and judge@v1, 2 labelled drafts" in done.output
    assert "firm                2     0.50  1.00" in done.output
    assert "This judge advises; it gates nothing." in done.output
    assert read_calibration(out).judge == "heuristic"


def test_through_files_it_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    out = tmp_path / "calibration.json"
    options = ["--judge", "openai:wise", "--engine", "files", "--repeat", "1", "--out", str(out)]
    done = CliRunner().invoke(command, [labels(tmp_path), *options])
    assert done.exit_code == 0, done.output
    assert f"2 requests wait in {tmp_path / 'calibration.calls' / 'requests.jsonl'}" in done.output
    assert not out.exists()


def test_labels_of_another_rubric_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(LABELS[0].model_copy(update={"labels": {"nice": True}}).model_dump_json(), "utf-8")
    done = CliRunner().invoke(command, [str(path), "--judge", "heuristic", "--out", str(tmp_path / "out.json")])
    assert isinstance(done.exception, UsageError)
    assert "does not ask 'nice'" in str(done.exception)
