import email
import io
import json
import shutil
import stat
import sys
from email.policy import default
from pathlib import Path

import pytest

from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from tests.cli.conftest import INBOX, PLAIN_NO, STUDIO, Call, Candor

DAY = ("--today", "2026-11-19")


def drafted(candor: Candor, mail: Path | str, *words: str | Path) -> Call:
    return candor("draft", mail, "--business", STUDIO, *DAY, *words)


def test_a_no_is_shown_with_its_reasons(candor: Candor, mail: Path) -> None:
    call = drafted(candor, mail)
    assert (call.code, call.err) == (0, "")
    assert "Decision    decline" in call.out
    assert "rule discount  policy.yaml:" in call.out
    assert "40%" in call.out
    assert "would flip: discount total at most 10%" in call.out
    assert "Model       offline" in call.out
    assert "\x1b" not in call.out


def test_json_is_the_outcome(candor: Candor, mail: Path) -> None:
    outcome = Outcome.model_validate_json(drafted(candor, mail, "--json").out)
    assert (outcome.action, outcome.code, str(outcome.today)) == (Action.DECLINE, "discount", "2026-11-19")


def test_public_leaves_private_facts_out(candor: Candor, mail: Path) -> None:
    mail.write_text(PLAIN_NO.replace("casper@lumenyoga.example", "gavin@pruitthomes.example"))
    both = [json.loads(drafted(candor, mail, "--json", *more).out) for more in ((), ("--public",))]
    assert [row["decision"]["action"] for row in both] == ["decline", "decline"]
    values = [{f["name"]: f["value"] for f in row["decision"]["facts"]} for row in both]
    assert values[0] != values[1]
    assert not both[1]["decision"]["private"]


def test_the_standard_input(candor: Candor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN_NO.encode())))
    assert "Decision    decline" in drafted(candor, "-").out


def test_noise_on_the_standard_input_is_one_sentence(candor: Candor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bytes(range(256)))))
    call = drafted(candor, "-")
    assert (call.code, call.out, call.err) == (2, "", "candor: stdin is neither a mail nor text\n")


def test_the_draft_as_a_mail(candor: Candor, here: Path, mail: Path) -> None:
    assert drafted(candor, mail, "--out", "reply.eml").code == 0
    reply = email.message_from_bytes((here / "reply.eml").read_bytes(), policy=default)
    assert reply["To"] == "Casper Lindqvist <casper@lumenyoga.example>"
    assert reply["In-Reply-To"] == "<quote-1@lumenyoga.example>"
    assert stat.S_IMODE((here / "reply.eml").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_overwritten(candor: Candor, here: Path, mail: Path) -> None:
    (here / "reply.eml").write_text("mine")
    call = drafted(candor, mail, "--out", "reply.eml")
    assert (call.code, call.err) == (2, "candor: reply.eml is there already; nothing was overwritten\n")
    assert (here / "reply.eml").read_text() == "mine"


def test_a_place_for_the_draft_is_looked_at_before_the_mail(candor: Candor, mail: Path) -> None:
    call = drafted(candor, mail, "--out", "nowhere/reply.eml")
    assert (call.code, call.out) == (2, "")
    assert call.err == "candor: nowhere/reply.eml cannot be written: there is no folder nowhere\n"


def test_without_a_draft_there_is_no_file(candor: Candor, here: Path) -> None:
    call = drafted(candor, INBOX / "18-paper-newsletter.eml", "--out", "reply.eml")
    assert call.code == 0
    assert "there is no draft, the decision is skip" in call.err
    assert not (here / "reply.eml").exists()


def test_today_may_be_the_mails_own_day(candor: Candor, mail: Path) -> None:
    out = candor("draft", mail, "--business", STUDIO, "--today", "mail", "--json").out
    assert json.loads(out)["today"] == "2026-11-18"


def test_the_business_folder_is_found(candor: Candor, here: Path, mail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert candor("draft", mail).err == (
        "candor: there is no business folder at business; 'candor init business' makes one\n"
    )
    candor("init", "business")
    assert candor("draft", mail).code == 0
    monkeypatch.setenv("CANDOR_BUSINESS", str(STUDIO))
    assert "policy.yaml" in candor("draft", mail).out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--model", "gpt"), "no model is called 'gpt'; there are offline, recorded and openai:NAME"),
        (("--model", "openai:x"), "the model openai:x needs a key: set the variable OPENAI_API_KEY"),
        (("--model", "openai:x", "--base-url", "here"), "'here' is no address of a model"),
        (("--model", "recorded:nowhere"), "no recorded set at "),
        (("--prompt", "draft@v99"), "there is no prompt 'draft@v99'"),
        (("--prompt", "poem@v1"), "there is no prompt stage 'poem'"),
        (("--business", "nowhere"), "there is no business folder at nowhere"),
    ],
)
def test_what_the_user_can_mend(candor: Candor, mail: Path, words: tuple[str, ...], sentence: str) -> None:
    call = drafted(candor, mail, *words)
    assert (call.code, call.out) == (2, "")
    assert call.err.startswith(f"candor: {sentence}")
    assert call.err.count("\n") == 1


def test_no_such_file(candor: Candor) -> None:
    call = drafted(candor, "nowhere.eml")
    assert (call.code, call.err) == (2, "candor: there is no mail at nowhere.eml: no file of that name\n")


def test_a_file_of_another_kind(candor: Candor, here: Path) -> None:
    (here / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    call = drafted(candor, here / "picture.png")
    assert call.code == 2
    assert "is neither an mbox, nor an .eml file" in call.err


def test_several_mails_are_a_batch(candor: Candor) -> None:
    call = drafted(candor, INBOX)
    assert call.code == 2
    assert "holds more than one mail; take 'candor batch" in call.err


def test_a_mail_that_cannot_be_read_is_no_usage_error(candor: Candor, here: Path) -> None:
    (here / "huge.eml").write_bytes(b"Subject: x\n\n" + b"x" * (26 * 1024 * 1024))
    call = drafted(candor, here / "huge.eml")
    assert call.code == 1
    assert call.err.count("\n") == 1


@pytest.mark.parametrize("name", ["profile.yaml", "policy.yaml", "clients.yaml"])
def test_a_broken_file_is_named_with_its_place(candor: Candor, here: Path, mail: Path, name: str) -> None:
    shutil.copytree(STUDIO, here / "business", dirs_exist_ok=True)
    (here / "business" / name).write_text("name: [one\nother: two\n")
    call = candor("draft", mail)
    assert call.code == 2
    assert call.err.startswith(f"candor: {name}:")
    assert call.err.count("\n") == 1
