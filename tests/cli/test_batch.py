import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.checkup.clinic import Clinic, clinic
from tests.cli.conftest import STUDIO, Candor, words
from tests.fakes import filled, reading


def test_an_inbox_becomes_a_folder(candor: Candor, here: Path, inbox: Path) -> None:
    call = candor(*words(inbox))
    assert call.code == 0
    assert "3 mails: 3 done now, 0 before, 0 waiting." in call.out
    assert "drafts/review.html" in call.out
    assert call.err == "3 of 3 messages\n"
    names = {path.name for path in (here / "drafts").iterdir()}
    assert {"review.html", "summary.csv", "outcomes.jsonl", "candor.db"} <= names


def test_the_table_counts_every_mail(candor: Candor, here: Path, inbox: Path) -> None:
    out = candor(*words(inbox)).out
    with (here / "drafts" / "summary.csv").open(encoding="utf-8", newline="") as file:
        actions = [row["action"] for row in csv.DictReader(file)]
    assert len(actions) == 3
    for action in set(actions):
        line = next(line for line in out.splitlines() if line.strip().startswith(action))
        assert int(line.split()[1]) == actions.count(action)


def test_run_again_it_does_nothing_twice(candor: Candor, inbox: Path) -> None:
    candor(*words(inbox))
    call = candor(*words(inbox))
    assert "3 mails: 0 done now, 3 before, 0 waiting." in call.out
    assert (call.code, call.err) == (0, "")


def test_by_file_and_back(candor: Candor, here: Path, inbox: Path) -> None:
    call = candor(*words(inbox, "--engine", "files", "--model", "openai:some-model"))
    assert call.code == 0
    assert "2 requests wait in drafts/requests.jsonl" in call.out
    assert "candor collect drafts RESULTS.jsonl" in call.out

    requests = [json.loads(line) for line in (here / "drafts" / "requests.jsonl").read_text().splitlines()]
    (here / "results.jsonl").write_text("".join(map(reply, requests)) + "not a result\n")
    call = candor("collect", "drafts", "results.jsonl")
    assert call.code == 0
    assert "2 new replies, 0 known already, 0 failed, 0 to requests of another run, 1 unreadable lines" in call.out
    assert "3 mails: 2 done now, 1 before, 0 waiting." in call.out

    call = candor("record", "drafts", "--into", "set", "--label", "replies of some model")
    assert (call.code, call.out) == (0, "2 replies recorded in set. Replay them with --model recorded:set\n")

    again = ("batch", inbox, "--out", "again", "--business", STUDIO, "--today", "2026-11-19", "--model", "recorded:set")
    assert candor(*again).code == 0
    assert "recorded:some-model" in (here / "again" / "summary.csv").read_text()


def test_an_endpoint_that_answers_no_mail_ends_in_1(candor: Candor, here: Path, inbox: Path) -> None:
    with clinic(Clinic(key="")) as url:
        call = candor(*words(inbox, "--model", "openai:no-such-model", "--base-url", url))
    assert call.code == 1
    assert "3 mails: 3 done now" in call.out
    assert "2 mails failed: " in call.out
    assert call.err.splitlines()[-1] == (
        "candor: none of the mails that went to the model got an answer (2 tried): "
        "the endpoint refused the request (404): The model `no-such-model` does not exist"
    )


def reply(request: dict[str, Any]) -> str:
    """A provider's line: the model found nothing that is asked."""
    schema = request["body"]["response_format"]["json_schema"]["schema"]
    message = {"role": "assistant", "content": json.dumps(filled(reading(), schema))}
    body = {
        "id": "r", "object": "chat.completion", "created": 1, "model": "some-model",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
    }  # fmt: skip
    return json.dumps({"custom_id": request["custom_id"], "response": {"status_code": 200, "body": body}}) + "\n"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--model", "gpt"), "no model is called 'gpt'"),
        (("--engine", "files"), "provider files need a model of a provider, openai:NAME, not offline"),
        (("--prompt", "draft@v99"), "there is no prompt 'draft@v99'"),
        (("--business", "nowhere"), "there is no business folder at "),
    ],
)
def test_what_the_user_can_mend(candor: Candor, here: Path, inbox: Path, more: tuple[str, ...], sentence: str) -> None:
    call = candor(*words(inbox, *more))
    assert (call.code, call.out) == (2, "")
    assert call.err.startswith(f"candor: {sentence}")
    assert call.err.count("\n") == 1
    assert not (here / "drafts").exists()


@pytest.mark.parametrize(
    "command", [("collect", "drafts", "x.jsonl"), ("record", "drafts", "--into", "s", "--label", "l")]
)
def test_a_folder_without_a_run(candor: Candor, command: tuple[str, ...]) -> None:
    call = candor(*command)
    assert call.code == 2
    assert call.err.startswith("candor: drafts holds no run of Candor")


def test_nothing_to_collect(candor: Candor, inbox: Path) -> None:
    candor(*words(inbox))
    call = candor("collect", "drafts", "x.jsonl")
    assert (call.code, call.err) == (2, "candor: drafts waits for no results: it was not run with --engine files\n")


def test_a_result_file_that_is_missing(candor: Candor, inbox: Path) -> None:
    candor(*words(inbox, "--engine", "files", "--model", "openai:some-model"))
    call = candor("collect", "drafts", "x.jsonl")
    assert (call.code, call.err) == (2, "candor: x.jsonl cannot be read: No such file or directory\n")


def test_a_place_that_cannot_be_written(candor: Candor, here: Path, inbox: Path) -> None:
    (here / "drafts").write_text("")
    call = candor(*words(inbox))
    assert call.code == 2
    assert call.err == "candor: drafts is a file; --out names a folder\n"


def test_another_day_needs_another_folder(candor: Candor, inbox: Path) -> None:
    candor(*words(inbox))
    call = candor("batch", inbox, "--out", "drafts", "--business", STUDIO, "--today", "2026-12-01")
    assert call.code == 2
    assert "was begun with --today 2026-11-19" in call.err
