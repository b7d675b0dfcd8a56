"""A version in a folder of one's own, and what is said when it can't be taken."""

from pathlib import Path

import pytest

from pipeline.errors import PromptError
from pipeline.prompts import load_prompt
from tests.prompts.shelf import INPUTS, TEXT, put


def test_a_folder_of_ones_own_is_called_after_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "softer")
    monkeypatch.chdir(tmp_path)
    assert load_prompt("pair@./pair/softer").name == "pair@softer"
    assert load_prompt("pair@pair/softer/").hash == load_prompt(f"pair@{tmp_path}/pair/softer").hash


def test_what_an_editor_hides_in_the_folder_does_not_count(tmp_path: Path) -> None:
    folder = put(tmp_path)
    before = load_prompt(f"pair@{folder}").hash
    (folder / ".prompt.prompty.swp").write_text("half a thought")
    assert load_prompt(f"pair@{folder}").hash == before
    (folder / "notes.md").write_text("a thought")
    assert load_prompt(f"pair@{folder}").hash != before


def test_line_ends_and_marks_of_another_system_are_read(tmp_path: Path) -> None:
    path = put(tmp_path) / "prompt.prompty"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_prompt(f"pair@{path.parent}").sections[0].role == "system"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"version": "v2"}, "its version is 'v1', but the front matter says 'v2'"),
        ({"stage": "draft"}, "its stage is 'pair', but the front matter says 'draft'"),
        ({"schema": "DraftReply"}, "its schema is 'PairReply', but the front matter says 'DraftReply'"),
        ({"inputs": f"{INPUTS}, mood"}, "lists what the stage has not: mood"),
        ({"inputs": "firm, firm"}, "lists an input twice"),
        ({"more": "tone: warm\n"}, "'tone': is nothing that a prompt file has"),
        ({"more": "template: mustache\n"}, "'template': "),
        ({"note": "[a, b]"}, "'metadata.note': "),
        ({"text": "user:\n{{ mail }} {{ mood }}\n"}, "unknown variable 'mood'; 'decision' is not rendered"),
        ({"text": "user:\n{{ mail \n"}, "end of print statement"),
        ({"text": "Hello\n"}, "the text must begin with a line 'system:' or 'user:'"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_one_sentence(tmp_path: Path, said: dict[str, str], sentence: str) -> None:
    version = said.pop("version", "v1")
    folder = put(tmp_path, "v1", **said)
    path = folder / "prompt.prompty"
    path.write_text(path.read_text().replace("version: v1", f"version: {version}"))
    with pytest.raises(PromptError) as caught:
        load_prompt(f"pair@{folder}")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_or_has_no_name_for_a_label(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="is no folder"):
        load_prompt(f"pair@{tmp_path}/nothing")
    (tmp_path / "my draft").mkdir()
    with pytest.raises(PromptError, match="name it in letters"):
        load_prompt(f"pair@{tmp_path}/my draft")
    (tmp_path / "empty").mkdir()
    with pytest.raises(PromptError, match="can't be read"):
        load_prompt(f"pair@{tmp_path}/empty")
    put(tmp_path).joinpath("prompt.prompty").write_bytes(TEXT.encode("utf-16"))
    with pytest.raises(PromptError, match="not UTF-8"):
        load_prompt(f"pair@{tmp_path}/pair/v1")


def test_a_folder_named_without_a_slash_is_told_how(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"write draft@\./shorter"):
        load_prompt("draft@shorter")
