"""In earnest: a real endpoint, real replies, real tokens. ``make live``; never a part of ``make test``.

The model is ``CANDOR_LIVE_MODEL`` (else a small one of OpenAI), the endpoint ``OPENAI_BASE_URL``, the key as always.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.ending import run
from pipeline.resources import shipped
from pipeline.types.outcome import Outcome

MODEL = os.environ.get("CANDOR_LIVE_MODEL", "openai:gpt-6-luna")
_ASKED = os.environ.get("OPENAI_API_KEY") or {"CANDOR_LIVE_MODEL", "OPENAI_BASE_URL"} <= os.environ.keys()
_SKIP = pytest.mark.skip(reason="set OPENAI_API_KEY, or CANDOR_LIVE_MODEL and OPENAI_BASE_URL, to ask a real endpoint")
pytestmark = [pytest.mark.live, *([] if _ASKED else [_SKIP])]

Checkup = dict[str, Any]


@pytest.fixture(scope="module")
def checkup(tmp_path_factory: pytest.TempPathFactory) -> Checkup:
    """What ``candor doctor`` lists of the model; asked once, since it costs."""
    listing = tmp_path_factory.mktemp("live") / "doctor.json"
    with pytest.MonkeyPatch.context() as patch, listing.open("w", encoding="utf-8") as out:
        patch.setattr("sys.stdout", out)
        run(["doctor", "--business", str(shipped("fixtures", "studio")), "--model", MODEL, "--yes", "--json"])
    found: Checkup = json.loads(listing.read_text("utf-8"))
    return found


def test_the_endpoint_answers_and_enforces_the_schema(checkup: Checkup) -> None:
    codes = [finding["code"] for finding in checkup["findings"]]
    assert "answers" in codes, checkup["findings"]
    assert "enforces_schema" in codes


def test_every_mail_is_taken_and_its_tokens_are_counted(checkup: Checkup) -> None:
    assert len(checkup["mails"]) == 5
    assert all(mail["usage"]["prompt_tokens"] > 0 for mail in checkup["mails"])
    assert all(mail["usage"]["completion_tokens"] > 0 for mail in checkup["mails"])


def test_the_mails_are_decided_as_a_careful_reader_would_have_it(checkup: Checkup) -> None:
    assert [mail["failure"] for mail in checkup["mails"]] == [""] * 5
    right = [mail["action"] == mail["sample"]["expected"] for mail in checkup["mails"]]
    assert sum(right) >= 4, checkup["findings"]


def test_a_batch_of_the_first_five_sample_mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for mail in sorted(shipped("fixtures", "inbox").glob("*.eml"))[:5]:
        shutil.copy(mail, inbox)
    monkeypatch.chdir(tmp_path)
    business = str(shipped("fixtures", "studio"))
    words = ["batch", "inbox", "--out", "out", "--business", business, "--model", MODEL, "--today", "2026-11-19"]
    assert run(words) == 0
    lines = (tmp_path / "out" / "outcomes.jsonl").read_text("utf-8").splitlines()
    outcomes = [Outcome.model_validate_json(line) for line in lines]
    assert len(outcomes) == 5
    assert all(outcome.attempts and outcome.usage.prompt_tokens for outcome in outcomes)
    assert [outcome.failure for outcome in outcomes if outcome.failure and outcome.failure.stage != "guard"] == []
