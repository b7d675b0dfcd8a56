"""``candor policy explain``: a mail, and a past outcome, told rule by rule."""

import io
import json
import sys
from pathlib import Path

import pytest

from pipeline.types.decision import Action, Decision
from pipeline.types.outcome import Outcome
from tests.cli.conftest import INBOX, PLAIN_NO, STUDIO, Call, Candor
from tests.cli.policy.past import discount, left

DAY = ("--today", "2026-11-19")


def explained(candor: Candor, mail: Path | str, *words: str | Path) -> Call:
    return candor("policy", "explain", mail, "--business", STUDIO, *DAY, *words)


def test_each_rule_is_told_with_what_it_read(candor: Candor, mail: Path) -> None:
    call = explained(candor, mail)
    assert (call.code, call.err) == (0, "")
    for words in (
        "Decision    decline",
        "discount  decline  policy.yaml:",
        "discount total is 40%, must be over max_discount (10%)",
        "a 40% discount on the website",
        "would not fire with: discount total at most 10%",
        "Not fired",
        "lead_time  would fire with: lead days under 5 working days",
        "within_limit  (trade)  10% off",
        "more are meant for other reasons",
    ):
        assert words in " ".join(call.out.split()) or words in call.out
    assert "Draft" not in call.out


def test_json_is_the_account(candor: Candor, mail: Path) -> None:
    told = json.loads(explained(candor, mail, "--json").out)
    assert (told["decision"], told["code"], told["today"]) == ("decline", "discount", "2026-11-19")
    assert told["policy"].startswith("sha256:")
    assert len(told["decision_id"]) == 16
    assert told["range"] == ["decline", "decline"]
    assert {"because", "answers", "id", "kind"} == told["alternatives"]["excluded"][0].keys()


def test_the_standard_input_may_be_bare_text(candor: Candor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN_NO.partition("\n\n")[2].encode())))
    assert "Decision    decline" in explained(candor, "-", "--format", "text").out


def test_a_mail_that_its_form_settles_has_nothing_to_explain(candor: Candor) -> None:
    call = explained(candor, INBOX / "18-paper-newsletter.eml")
    assert (call.code, call.out) == (
        0,
        "There is nothing to explain: the mail is passed over for its form alone (list), and no rule is asked.\n",
    )


def outcome(candor: Candor, mail: Path) -> Outcome:
    return Outcome.model_validate_json(candor("draft", mail, "--business", STUDIO, *DAY, "--json").out)


def test_a_past_outcome_is_explained_without_a_model_by_its_own_business(
    candor: Candor, here: Path, mail: Path
) -> None:
    folder = left(here / "drafts", outcome(candor, mail))
    told = candor("policy", "explain", "--out", folder, "1")
    assert (told.code, told.err) == (0, "")
    assert told.out == explained(candor, mail).out
    assert candor("policy", "explain", "--out", folder, "mail.eml", "--json").code == 0


def test_a_past_outcome_under_another_policy_says_so(candor: Candor, here: Path) -> None:
    then = discount(40).model_copy(update={"decision": Decision(action=Action.DECLINE, code="discount", policy="x")})
    call = candor("policy", "explain", "--out", left(here / "drafts", then), "1")
    assert "decided by another policy then, as decline (discount)" in call.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--out", "nowhere", "1"), "nowhere holds no run of Candor: there is no outcomes.jsonl in it"),
        (("nowhere.eml",), "there is no mail at nowhere.eml: no file of that name"),
        ((), "Missing argument 'MAIL|-|NUMBER'. See 'candor policy explain --help'."),
    ],
)
def test_what_the_user_can_mend(candor: Candor, words: tuple[str, ...], sentence: str) -> None:
    call = candor("policy", "explain", *words)
    assert (call.code, call.out, call.err) == (2, "", f"candor: {sentence}\n")


def test_a_number_that_is_not_there(candor: Candor, here: Path) -> None:
    call = candor("policy", "explain", "--out", left(here / "drafts", discount(40)), "9")
    assert call.code == 2
    assert "has the number, key or file name '9'; see its summary.csv" in call.err
