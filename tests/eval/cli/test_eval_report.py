"""``candor eval report``: a run's folder becomes a page."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.rubrics.load import load_rubric
from eval.runs.folder import CHOICES, PLAN, RECORDS
from eval.types.record import Plan
from pipeline.cli.ending import run
from pipeline.llm.compose import ModelSpec
from pipeline.types.base import Value
from tests.eval.report.made import choices, records

BOTH = ("draft@v1", "draft@v2")


def report(*arguments: str | Path) -> int:
    return run(["eval", "report", *map(str, arguments)])


def run_in(folder: Path, versions: tuple[str, ...] = BOTH, model: str = "openai:small") -> Path:
    folder.mkdir()
    named = {version: ("extract@v1", version) for version in versions}
    plan = Plan(suite="s", versions=named, model=ModelSpec(name=model), rubric="decline@v1")
    made = records(load_rubric("decline@v1"), 12, versions)
    put(folder / PLAN, [plan])
    put(folder / RECORDS, [record.model_copy(update={"model": model}) for record in made])
    put(folder / CHOICES, choices(12))
    return folder


def put(path: Path, rows: Sequence[Value]) -> None:
    path.write_text("".join(f"{row.model_dump_json()}\n" for row in rows), "utf-8")


def test_two_versions_are_compared_without_being_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = run_in(tmp_path / "run")
    for _ in range(2):  # the page in the run's own folder is written anew
        code, said = report(made), capsys.readouterr()
        assert (code, said.err) == (0, "")
    assert "cases, paired" in (made / "report.html").read_text("utf-8")
    assert (made / "report.html").stat().st_mode & 0o077 == 0


def test_the_versions_can_be_turned_and_the_page_be_put_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = run_in(tmp_path / "run")
    assert report(made, "--candidate", "draft@v1", "--out", tmp_path / "page.html") == 0
    assert "draft@v1 against" in (tmp_path / "page.html").read_text("utf-8").partition("<h1")[0]
    code, said = report(made, "--out", tmp_path / "page.html"), capsys.readouterr()
    assert code == 2
    assert "nothing was overwritten" in said.err


def test_three_versions_have_no_verdict_until_two_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = run_in(tmp_path / "run", (*BOTH, "draft@v3"))
    assert report(made) == 0
    assert "Measured, not compared" in (made / "report.html").read_text("utf-8")
    assert report(made, "--baseline", "draft@v1") == 2
    assert report(made, "--baseline", "draft@v1", "--candidate", "draft@v3") == 0


def test_a_refused_verdict_still_leaves_a_page_unless_it_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = run_in(tmp_path / "run", model="offline")
    code, said = report(made), capsys.readouterr()
    assert code == 0
    assert "No verdict: " in said.err
    assert "does not read prompts" in said.err
    assert report(made, "--baseline", "draft@v1") == 2


def test_no_run_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = report(tmp_path), capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
