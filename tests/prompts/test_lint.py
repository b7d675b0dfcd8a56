"""What the lint says of versions, and what the lock keeps."""

from pathlib import Path

import pytest

from pipeline.errors import PromptError
from pipeline.prompts.lint import Level, lint
from pipeline.prompts.lock import read_lock, write_lock
from tests.prompts.shelf import TEXT, put


def said(root: Path, level: Level) -> list[str]:
    return [f"{f.version} {f.says}" for f in lint(root).findings if f.level is level]


def locked(root: Path) -> Path:
    write_lock(root, lint(root).hashes, accept=False)
    return root


def test_a_locked_version_that_says_all_of_itself_has_nothing_to_mend(tmp_path: Path) -> None:
    put(tmp_path)
    assert said(tmp_path, Level.WARNING) == ["pair@v1 it is not locked yet"]
    assert lint(locked(tmp_path)).findings == ()


def test_a_changed_text_under_an_old_version_is_an_error(tmp_path: Path) -> None:
    put(tmp_path)
    locked(tmp_path)
    put(tmp_path, text=TEXT.replace("compare", "compare well"))
    assert said(tmp_path, Level.ERROR) == ["pair@v1 its text has changed since it was locked"]


def test_the_lock_takes_new_versions_and_leaves_changed_ones_unless_told(tmp_path: Path) -> None:
    put(tmp_path)
    old = read_lock(locked(tmp_path))
    put(tmp_path, note="other")
    put(tmp_path, "v2", parent="v1")
    assert read_lock(locked(tmp_path)).keys() == {"pair@v1", "pair@v2"}
    assert read_lock(tmp_path)["pair@v1"] == old["pair@v1"]
    write_lock(tmp_path, lint(tmp_path).hashes, accept=True)
    assert lint(tmp_path).findings == ()


def test_a_locked_version_whose_folder_has_gone_is_an_error(tmp_path: Path) -> None:
    folder = put(tmp_path)
    locked(tmp_path)
    (folder / "prompt.prompty").unlink()
    assert len(said(tmp_path, Level.ERROR)) == 1  # there, but without its file
    folder.rmdir()
    assert said(tmp_path, Level.ERROR) == ["pair@v1 it is locked, but its folder has gone"]


def test_front_matter_that_leaves_something_out_is_an_error_of_the_lint_alone(tmp_path: Path) -> None:
    put(tmp_path, stage="", schema="", inputs="")
    assert said(locked(tmp_path), Level.ERROR) == ["pair@v1 its front matter leaves out stage, schema, inputs"]


@pytest.mark.parametrize("parent", ["v9", "v2", "draft@v1", "pair"])
def test_a_parent_must_be_another_version(tmp_path: Path, parent: str) -> None:
    put(tmp_path, "v1")
    put(tmp_path, "v2", parent=parent)
    assert said(locked(tmp_path), Level.WARNING) == [f"pair@v2 its parent '{parent}' is no other version"]
    put(tmp_path, "v2", parent="pair@v1")
    assert said(tmp_path, Level.WARNING) == []


def test_a_note_is_missed(tmp_path: Path) -> None:
    put(tmp_path, note="")
    assert said(locked(tmp_path), Level.WARNING) == ["pair@v1 it has no note"]


def test_fixed_text_belongs_before_what_differs_by_mail(tmp_path: Path) -> None:
    rules = "Be fair. " * 50
    put(tmp_path, text=TEXT.replace("You compare.", "You compare for {{ firm }}. " + rules))
    assert said(locked(tmp_path), Level.WARNING) == []
    put(tmp_path, "v2", parent="v1", text=TEXT + rules)
    behind = "characters of fixed text stand behind 'language', which differs by mail"
    assert said(locked(tmp_path), Level.WARNING) == [f"pair@v2 449 {behind}"]


def test_a_lock_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "prompts.lock.json").write_text("<<<<<<< ours\n")
    with pytest.raises(PromptError, match="take it from the last commit"):
        lint(tmp_path)
