"""``candor eval run``, ``collect`` and ``record`` as they are typed."""

from pathlib import Path

import pytest

from eval.cli.told import advice
from eval.types.record import Plan
from pipeline.cli.ending import run
from pipeline.llm.compose import ModelSpec
from tests.eval.little import provider, suite


def candor(*arguments: str | Path) -> int:
    return run(["eval", *map(str, arguments)])


def test_a_run_by_files_from_the_first_line_to_the_recorded_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    model = ("--model", "openai:some-model", "--judge", "openai:some-judge")
    assert candor("run", suite(tmp_path / "suite"), *model, "--engine", "files", "--out", out) == 0
    assert f"2 requests wait in {out / 'requests.jsonl'}" in capsys.readouterr().out
    while (out / "requests.jsonl").exists():
        assert candor("collect", out, provider(out / "requests.jsonl", tmp_path / "results.jsonl")) == 0
    said = capsys.readouterr().out
    assert "2 made now, 0 made before, 0 waiting" not in said, "the thanks were settled one round earlier"
    assert f"To read:  candor eval report {out}" in said
    assert candor("record", out, "--into", tmp_path / "sets", "--label", "replies of a test") == 0
    assert "3 replies recorded in" in capsys.readouterr().out

    sets = [f"recorded:{tmp_path / 'sets' / name}" for name in ("drafts", "judge")]
    replay = ("--model", sets[0], "--judge", sets[1], "--out", tmp_path / "again")
    assert candor("run", tmp_path / "suite", *replay) == 0
    said = capsys.readouterr().out
    assert "2 made now" in said
    assert "handled acceptably 2 of 2; to a person 0 of 2; read at all 2 of 2" in said
    assert "decline became decline 1" in said
    assert candor("run", tmp_path / "suite", *replay) == 0
    assert "0 made now, 2 made before" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no/such/suite", "--model", "offline", "--out", "x"], "there is no suite at"),
        (["SUITE", "--model", "recorded:no/such/set", "--out", "OUT"], "no recorded set at"),
        (["SUITE", "--model", "offline", "--prompt", "draft@v999", "--out", "OUT"], "there is no prompt 'draft@v999'"),
        (["SUITE", "--model", "offline", "--rubric", "none@v9", "--out", "OUT"], "rubric"),
        (["SUITE", "--model", "offline", "--case", "stranger", "--out", "OUT"], "has no case stranger"),
        (["SUITE", "--model", "a-stranger", "--out", "OUT"], "no model is called"),
    ],
)
def test_what_can_be_mended_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    place = {"SUITE": str(suite(tmp_path / "suite")), "OUT": str(tmp_path / "out")}
    assert candor("run", *(place.get(word, word) for word in arguments)) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_a_folder_without_a_run_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert candor("collect", tmp_path, tmp_path / "results.jsonl") == 2
    assert "holds no run" in capsys.readouterr().err


def test_the_next_command_is_one_that_runs(tmp_path: Path) -> None:
    def next_of(name: str, *versions: str) -> str:
        labels = {version: ("extract@v1", version) for version in versions}
        return advice(tmp_path, Plan(suite="s", versions=labels, model=ModelSpec(name=name), rubric="decline@v1"))

    assert "compare" in next_of("openai:m", "v1", "v2")
    assert "--candidate" not in next_of("openai:m", "v1", "v2")
    assert "--baseline v1 --candidate v2" in next_of("openai:m", "v1", "v2", "v3")
    assert "compare" not in next_of("offline", "v1", "v2"), "compare refuses it"


def test_what_is_not_recorded_is_said_to_be_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "run"
    little = suite(tmp_path / "suite")
    candor("run", little, "--model", "openai:some-model", "--engine", "files", "--out", out, "--case", "thanks")
    candor("collect", out, provider(out / "requests.jsonl", tmp_path / "results.jsonl"))
    candor("record", out, "--into", tmp_path / "sets", "--label", "replies of a test")
    capsys.readouterr()
    assert (
        candor("run", little, "--model", f"recorded:{tmp_path / 'sets' / 'drafts'}", "--out", tmp_path / "again") == 0
    )
    assert "1 of 2 records hold an error" in capsys.readouterr().out
