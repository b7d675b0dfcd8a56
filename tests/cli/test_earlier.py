"""``--earlier``: a mail that answers a no of an earlier run."""

import email
from pathlib import Path

from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from tests.cli.conftest import PLAIN_NO, STUDIO, Candor

DAY = ("--business", STUDIO, "--today", "2026-11-19")


def answered(candor: Candor, tmp_path: Path) -> Path:
    """Our no to the mail, in the folder ``spring``, and the mail that answers it."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1.eml").write_text(PLAIN_NO)
    assert candor("batch", inbox, "--out", tmp_path / "spring", *DAY).code == 0
    (file,) = (tmp_path / "spring").glob("*/*.eml")
    sent = email.message_from_bytes(file.read_bytes())
    again = tmp_path / "2.eml"
    head, _, body = PLAIN_NO.partition("\n\n")
    head = "\n".join(line for line in head.splitlines() if not line.lower().startswith("message-id:"))
    again.write_text(f"{head}\nMessage-ID: <2@mail.example>\nIn-Reply-To: {sent['Message-ID']}\n\n{body}")
    return again


def test_a_single_mail_is_the_second_round_of_a_named_folder(candor: Candor, tmp_path: Path) -> None:
    again = answered(candor, tmp_path)
    first = Outcome.model_validate_json(candor("draft", again, *DAY, "--json").out)
    second = Outcome.model_validate_json(candor("draft", again, *DAY, "--json", "--earlier", tmp_path / "spring").out)
    assert first.decision is not None
    assert second.decision is not None
    assert (first.decision.round, second.decision.round, second.action) == (1, 2, Action.DECLINE)
    assert first.key != second.key
    assert "Round       2; " in candor("draft", again, *DAY, "--earlier", tmp_path / "spring").out


def test_a_batch_knows_the_folders_it_is_given(candor: Candor, tmp_path: Path) -> None:
    again = answered(candor, tmp_path)
    given = ("--earlier", tmp_path / "spring")
    assert candor("batch", again, "--out", tmp_path / "autumn", *DAY, *given).code == 0
    (line,) = (tmp_path / "autumn" / "outcomes.jsonl").read_text().splitlines()
    decision = Outcome.model_validate_json(line).decision
    assert decision is not None
    assert decision.round == 2
    assert "Round 2" in (tmp_path / "autumn" / "review.html").read_text()


def test_a_folder_without_a_run_is_named(candor: Candor, tmp_path: Path) -> None:
    again = answered(candor, tmp_path)
    call = candor("draft", again, *DAY, "--earlier", tmp_path / "nowhere")
    assert (call.code, call.out) == (2, "")
    assert "nowhere holds no run of Candor" in call.err
