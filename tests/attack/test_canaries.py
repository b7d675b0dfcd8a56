"""What is private stays at home: a canary in every private field, and none in a prompt or in what a client may see.

The reviewer's own files may hold what the reviewer wrote: the private reasons of rules that fired stand in
``outcomes.jsonl``, in ``review.html`` and in the database, and nowhere else.
"""

import asyncio
import logging
from pathlib import Path

import pytest

from pipeline.outbox.export import export
from pipeline.outbox.rows import jsonl
from pipeline.resources import shipped
from pipeline.types.outcome import Outcome
from tests.attack import runs
from tests.attack.firm import PRIVATE, REASON, TODAY, firm
from tests.attack.hosts import hosts
from tests.attack.plan import Run
from tests.attack.unread import told
from tests.cli.conftest import PLAIN_NO, STUDIO, Candor, candor, here

__all__ = ["candor", "here"]  # fixtures
KEY = "sk-planted-9f2c71d0aa5e"


def rows() -> list[Outcome]:
    """Each honest mail, answered by a model that writes well and by rules; a prompt that tells a canary raises."""
    read = ("careful", "nothing_asked", "obeys_as_ask")
    made = [Run(0, host, None, "end", "canary", one, "sound") for host in hosts() for one in read]
    return [asyncio.run(runs.replied(run)) for run in made]


def test_no_canary_in_a_prompt_nor_in_what_a_client_may_see(tmp_path: Path) -> None:
    made = rows()
    export(made, tmp_path, firm().profile, TODAY)
    shown = [path for path in tmp_path.rglob("*") if path.suffix in {".eml", ".mbox", ".csv"}]
    texts = {path.name: path.read_text("utf-8") for path in shown} | {one.key: jsonl(one, public=True) for one in made}
    assert len(shown) > len(hosts())
    assert [(name, secret) for name, text in texts.items() for secret in PRIVATE if told(secret, text)] == []


def test_of_the_canaries_only_private_reasons_stand_in_the_reviewers_files(tmp_path: Path) -> None:
    export(rows(), tmp_path, firm().profile, TODAY)
    for name in ("review.html", "outcomes.jsonl"):
        text = (tmp_path / name).read_text("utf-8")
        assert [secret for secret in PRIVATE if told(secret, text)] == [REASON], name


def test_the_shipped_recordings_hold_no_key() -> None:
    folder = shipped("fixtures")
    texts = {p.name: p.read_text("utf-8") for p in folder.rglob("*") if p.suffix in {".yaml", ".jsonl"}}
    assert [name for name, text in texts.items() if "Bearer " in text or "authorization" in text.lower()] == []


def test_a_planted_key_is_in_no_file_and_no_log(
    candor: Candor,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    caplog.set_level(logging.DEBUG)
    (here / "in").mkdir()
    (here / "in/1.eml").write_text(PLAIN_NO, "utf-8")
    models = ("offline", "files")
    for model in models:
        words = ["--model", "openai:gpt-5-mini", "--engine", "files"] if model == "files" else ["--model", model]
        call = candor("batch", "in", "--out", f"out-{model}", *words, "--business", STUDIO)
        assert call.code == 0, call.err
        assert KEY not in call.out + call.err
    files = [path for path in here.rglob("*") if path.is_file()]
    assert [path.name for path in files if KEY.encode() in path.read_bytes()] == []
    assert KEY not in caplog.text
    assert "40% discount" not in caplog.text, "nor does a log tell what a mail says"


def test_what_a_run_writes_is_for_its_owner_alone(candor: Candor, here: Path) -> None:
    (here / "in").mkdir()
    (here / "in/1.eml").write_text(PLAIN_NO, "utf-8")
    assert candor("batch", "in", "--out", "out", "--model", "offline", "--business", STUDIO).code == 0
    modes = {path: path.stat().st_mode & 0o777 for path in (here / "out").rglob("*")} | {
        here / "out": (here / "out").stat().st_mode & 0o777
    }
    assert {path.name: oct(mode) for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}
