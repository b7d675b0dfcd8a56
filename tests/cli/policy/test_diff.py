"""``candor policy diff``: two policies over the same past mails."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import STUDIO, Candor
from tests.cli.policy.past import discount, left, newsletter

POLICY = STUDIO / "policy.yaml"


@pytest.fixture
def history(here: Path) -> Path:
    return left(here / "drafts", discount(40), newsletter())


@pytest.fixture
def new(here: Path) -> Path:
    text = POLICY.read_text(encoding="utf-8").replace("max_discount: 10%", "max_discount: 50%")
    path = here / "new.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_changes_is_told_with_rule_and_reason(candor: Candor, history: Path, new: Path) -> None:
    call = candor("policy", "diff", POLICY, new, "--history", history)
    assert (call.code, call.err) == (0, "")
    said = " ".join(call.out.split())
    for words in (
        "1 mail replayed: 0 come out the same, 1 ends otherwise; 1 could not be replayed.",
        "decline → accept",
        "decline (discount) → accept (no_objection)",
        "discount: fired (decline) → not fired",
        "must be over max_discount (50%) (was over max_discount (10%))",
        "it was passed over unread (list) 2 news.eml",
    ):
        assert words in said


def test_json_has_all_of_it_and_the_exit_code_is_chosen(candor: Candor, history: Path, new: Path) -> None:
    call = candor("policy", "diff", POLICY, new, "--history", history, "--json", "--fail-on-change")
    told = json.loads(call.out)
    assert (call.code, told["replayed"], len(told["changes"]), len(told["left"])) == (1, 1, 1, 1)
    same = candor("policy", "diff", POLICY, POLICY, "--history", history, "--json", "--fail-on-change")
    assert (same.code, json.loads(same.out)["changes"]) == (0, [])


def test_folders_are_taken_with_their_own_records(candor: Candor, history: Path) -> None:
    assert candor("policy", "diff", STUDIO, STUDIO, "--history", history).code == 0


def test_cpu_seconds_are_told_on_request(candor: Candor, history: Path) -> None:
    assert "CPU seconds" in candor("policy", "diff", POLICY, POLICY, "--history", history, "--debug").err


def test_what_the_user_can_mend(candor: Candor, history: Path, here: Path) -> None:
    wrong = here / "wrong.yaml"
    wrong.write_text("version: 2\n")
    for words, sentence in (
        ((POLICY, POLICY, "--history", "nowhere"), "nowhere holds no run of Candor"),
        (
            (POLICY, "nowhere.yaml", "--history", history),
            "there is no policy file and no business folder at nowhere.yaml",
        ),
        ((POLICY, wrong, "--history", history), "wrong.yaml:1:10: the file must begin with 'version: 1'"),
        ((POLICY, POLICY), "Missing option '--history'"),
    ):
        call = candor("policy", "diff", *words)
        assert (call.code, call.out) == (2, "")
        assert call.err.startswith(f"candor: {sentence}")
