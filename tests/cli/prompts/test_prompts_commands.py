"""``candor prompts``: list, show, diff and lint, from the command line."""

import json
import re
from pathlib import Path

from tests.cli.conftest import Candor
from tests.prompts.shelf import TEXT, put


def test_list_names_every_version_with_its_lock(candor: Candor) -> None:
    rows = json.loads(candor("prompts", "list", "--json").out)
    assert {"extract@v1", "draft@v1"} <= {row["name"] for row in rows if row["lock"] == "locked"}
    out = candor("prompts", "list").out
    assert "draft@v1" in out
    assert max(map(len, out.splitlines())) <= 100


def test_show_prints_the_file_and_a_sample_of_what_is_sent(candor: Candor) -> None:
    assert candor("prompts", "show", "draft@v1").out.startswith("---\nname: draft\n")
    rendered = candor("prompts", "show", "draft@v1", "--rendered").out
    assert rendered.startswith("system:\nYou write replies")
    assert "{{" not in rendered
    assert '"Could you do them for 30% off?"' in rendered


def test_diff_shows_front_matter_and_text_by_the_sentence(candor: Candor, here: Path) -> None:
    text = "You compare. " * 10
    put(here, "old", text=TEXT.replace("You compare.", text + "Be short."))
    put(here, "new", text=TEXT.replace("You compare.", text + "Be kind."), note="kinder")
    out = candor("prompts", "diff", "pair@./pair/old", "pair@./pair/new").out.splitlines()
    assert out[:2] == ["--- pair@./pair/old", "+++ pair@./pair/new"]
    assert {"-  note: a test", "+  note: kinder", "-Be short.", "+Be kind."} <= set(out)
    same = candor("prompts", "diff", "draft@v1", "draft@v1")
    assert (same.code, same.out) == (0, "draft@v1 and draft@v1 are the same, front matter and text.\n")


def test_lint_exits_with_1_naming_the_version(candor: Candor, here: Path) -> None:
    put(here / "mine")
    assert candor("prompts", "lint", "mine", "--strict").code == 1
    assert candor("prompts", "lint", "mine", "--lock", "--strict").code == 0
    put(here / "mine", note="other")
    call = candor("prompts", "lint", "mine", "--lock")
    assert call.code == 1
    assert "pair@v1" in call.out
    assert "its text has changed" in call.out
    assert "1 version: 1 error, 0 warnings." in call.out
    assert candor("prompts", "lint", "mine", "--lock", "--accept").code == 0


def test_a_version_that_cannot_be_read_locks_nothing(candor: Candor, here: Path) -> None:
    put(here / "mine", text="Hello\n")
    assert candor("prompts", "lint", "mine", "--lock").code == 1
    assert not (here / "mine" / "prompts.lock.json").exists()


def test_a_mistake_of_the_call_is_one_sentence(candor: Candor, here: Path) -> None:
    (here / "pair").mkdir()
    for words in (
        ["lint", "nowhere"],
        ["lint", "pair"],
        ["lint", "--accept"],
        ["show", "draft@v99"],
        ["diff", "draft@v1", "draft@./no"],
    ):
        call = candor("prompts", *words)
        assert (call.code, call.out) == (2, "")
        assert call.err.count("\n") == 1


def test_a_name_that_is_no_prompt_shows_how_one_is_named(candor: Candor) -> None:
    err = candor("prompts", "show", "nope").err
    assert re.fullmatch(
        r"candor: there is no prompt 'nope'; one is named as draft@v\d+, 'candor prompts list' has all\n", err
    )
