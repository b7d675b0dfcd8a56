import json
from pathlib import Path

from click.testing import CliRunner, Result

from eval.cli.suite import command
from tests.eval.suites.small import case, pair, suite


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], standalone_mode=False)


def test_a_suite_is_locked_and_then_has_no_faults(tmp_path: Path) -> None:
    suite(tmp_path, pair())

    assert run("lock", tmp_path).output == "1 test case is locked.\n"
    checked = run("check", tmp_path)
    assert (checked.return_value, checked.output) == (
        0,
        "Nothing to mend: 2 cases (1 for test) of one business in en.\n",
    )


def test_faults_are_listed_and_exit_with_one(tmp_path: Path) -> None:
    suite(tmp_path, [case("a", lanugage="en"), case("b", business="owl")])

    checked = run("check", tmp_path)

    assert checked.return_value == 1
    assert checked.output.splitlines() == [
        "cases.jsonl:1: unknown field 'lanugage' (did you mean 'language'?)",
        "cases.jsonl:2: there is no business 'owl' in businesses.jsonl",
    ]


def test_a_folder_that_is_not_there_is_no_faulty_suite(tmp_path: Path) -> None:
    assert "there is no suite at" in str(run("check", tmp_path / "none").exception)


def test_an_edit_is_locked_only_when_it_is_meant(tmp_path: Path) -> None:
    suite(tmp_path, pair())
    run("lock", tmp_path)
    suite(tmp_path, [case("first"), case("second", split="test", day="2026-05-05")])

    assert "'--accept' locks them as they are now" in str(run("lock", tmp_path).exception)
    assert run("lock", tmp_path, "--accept").exception is None


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").output)["title"] == "Case"
