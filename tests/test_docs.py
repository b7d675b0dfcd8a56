"""What the documents say is true: the tree, the commands, the links, the policy excerpt."""

import re
from pathlib import Path

import pytest

from pipeline.cli.ending import run as candor
from tests.docs.commands import unknown
from tests.tree import ROOT, tree, whole, written

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = re.findall(r"^ {4}(make \w+)", README, re.MULTILINE)
    assert commands == ["make demo", "make test"]


def test_the_tree_in_the_readme_is_the_tree() -> None:
    assert written(README) == README, "python -m tests.tree writes it anew"
    assert (ROOT / "docs/tree.md").read_text(encoding="utf-8") == whole(), "python -m tests.tree writes it anew"


def test_the_tree_in_the_readme_is_short() -> None:
    assert 30 <= tree().count("\n") <= 60


COMMANDS = sorted(set(re.findall(r"^ {4}(candor \w+.*)$", README, re.MULTILINE)))


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_readme_exists_with_its_options(line: str) -> None:
    assert unknown(line) == set()


def test_the_excerpt_in_the_readme_is_what_the_demo_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    excerpt = re.search(r"<!-- demo -->\n```text\n(.*?)```", README, re.DOTALL)
    assert excerpt is not None
    assert candor(["demo", "--out", str(tmp_path / "demo")]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in excerpt[1].splitlines() if line.strip() not in [*lines, "", "..."]] == []


def test_the_policy_in_the_readme_stands_in_the_starter_policy() -> None:
    rule = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert rule is not None
    starter = (ROOT / "fixtures/starter/policy.yaml").read_text(encoding="utf-8")
    for line in rule[1].strip().splitlines():
        assert line.strip() in starter


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_paths_that_documents_name_exist(path: Path) -> None:
    named = re.findall(r"`((?:pipeline|eval|docs|tests|fixtures|prompts)/[\w./-]*)`", path.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []
