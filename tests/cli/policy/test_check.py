import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.resources import shipped
from tests.cli.conftest import Candor


@pytest.fixture
def folder(here: Path) -> Path:
    shutil.copytree(shipped("fixtures", "starter"), here / "business")
    return here / "business"


def changed(folder: Path, file: str, change: Callable[[str], str]) -> None:
    path = folder / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_every_error_of_the_policy_and_its_texts_is_listed(candor: Candor, folder: Path) -> None:
    changed(
        folder,
        "policy.yaml",
        lambda text: text.replace("over max_discount", "over max_discont").replace("decide: ask", "decide: aks"),
    )
    call = candor("policy", "check")
    assert call.code == 1
    assert "'max_discont' is not a percentage" in call.out
    assert "Did you mean 'max_discount'?" in call.out
    assert "'aks' is not one of ask, decline, escalate, end" in call.out
    assert call.out.rstrip().endswith("3 errors, 0 warnings, 0 notes.")
    assert max(map(len, call.out.splitlines())) <= 100


def test_texts_in_further_languages_are_checked_to_their_end(candor: Candor, folder: Path) -> None:
    changed(
        folder, "texts/de.yaml", lambda text: text.replace("  discount:", "  discont:").replace("  later:", "  latter:")
    )
    found = json.loads(candor("policy", "check", "--json").out)
    assert [f["file"] for f in found["findings"]] == ["texts/de.yaml"] * 2
    assert found["findings"][0]["do"] == "Did you mean 'discount'?"


def test_strict_makes_warnings_count(candor: Candor, folder: Path) -> None:
    changed(
        folder,
        "policy.yaml",
        lambda text: text.replace("  - id: wrongdoing\n", "  - id: wrongdoing\n    until: 2020-01-01\n"),
    )
    before = json.loads(candor("policy", "check", "--json").out)
    assert before["warnings"] > 0
    assert candor("policy", "check", "--strict").code == 1


def test_a_fault_elsewhere_in_the_folder_is_an_error_with_its_place(candor: Candor, folder: Path) -> None:
    changed(folder, "profile.yaml", lambda text: text.replace("working_days: [mon,", "working_days: [moon,"))
    found = json.loads(candor("policy", "check", "--json").out)
    assert (found["errors"], found["findings"][0]["file"]) == (1, "profile.yaml")


def test_no_folder_is_a_mistake_of_the_call(candor: Candor, here: Path) -> None:
    call = candor("policy", "check", "--business", here / "nowhere")
    assert (call.code, call.out) == (2, "")
    assert "there is no business folder" in call.err
