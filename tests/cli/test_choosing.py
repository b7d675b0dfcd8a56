"""The options of ``candor batch`` that say what a run works on and what it may cost."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import SAMPLE, Candor, words

MINI = ("--model", "openai:gpt-5-mini")


def test_a_plan_needs_no_key_and_leaves_nothing_behind(candor: Candor, here: Path, inbox: Path) -> None:
    call = candor(*words(inbox, *MINI, "--plan"))
    assert (call.code, call.err) == (0, "2 of 2 messages\n")
    assert "3 mails. Nothing has been asked, and nothing written." in call.out
    assert "To do             2   for the model" in call.out
    assert "by the list price of gpt-5-mini on" in call.out
    assert {path.name for path in here.iterdir()} == {"inbox"}


def test_a_plan_as_json(candor: Candor, inbox: Path) -> None:
    found = json.loads(candor(*words(inbox, *MINI, "--plan", "--json", "--limit", "1")).out)
    assert {name: found[name] for name in ("messages", "done", "settled", "others", "todo")} == {
        "messages": 3, "done": 0, "settled": 0, "others": 2, "todo": 1,
    }  # fmt: skip
    assert [stage["stage"] for stage in found["stages"]] == ["extract", "draft"]


def test_offline_costs_nothing(candor: Candor, inbox: Path) -> None:
    assert "This model makes no calls, and costs nothing." in candor(*words(inbox, "--plan")).out
    call = candor(*words(inbox, "--budget", "1"))
    assert call.code == 0
    assert "Spent" not in call.out


def test_a_few_at_a_time(candor: Candor, inbox: Path) -> None:
    assert "3 mails: 1 done now, 0 before, 0 waiting, 2 not chosen." in candor(*words(inbox, "--limit", "1")).out
    assert "3 mails: 2 done now, 1 before, 0 waiting." in candor(*words(inbox)).out
    assert "3 mails: 0 done now, 3 before, 0 waiting." in candor(*words(inbox, "--retry-failed")).out


def test_one_client_since_a_day(candor: Candor, here: Path, inbox: Path) -> None:
    sender = next(line for line in (inbox / SAMPLE[0]).read_text().splitlines() if line.startswith("From: "))
    address = sender.rpartition("<")[2].rstrip(">")
    assert "1 done now, 0 before, 0 waiting, 2 not chosen" in candor(*words(inbox, "--only", address)).out
    assert "0 done now, 1 before, 0 waiting, 2 not chosen" in candor(*words(inbox, "--since", "2100-01-01")).out
    assert (here / "drafts" / "summary.csv").read_text().count("\n") == 2, "only what is done is listed"


def test_a_plan_says_how_far_a_budget_reaches(candor: Candor, inbox: Path) -> None:
    plan = words(inbox, *MINI, "--plan", "--budget")
    assert "Budget      $5 holds all of it by this estimate" in candor(*plan, "5").out
    assert "Budget      $0.001 would end after about 0 of the 2 mails to do" in candor(*plan, "0.001").out


def sender(inbox: Path) -> str:
    line = next(line for line in (inbox / SAMPLE[0]).read_text().splitlines() if line.startswith("From: "))
    return line.rpartition("<")[2].rstrip(">")


@pytest.mark.parametrize(
    ("more", "why", "do"),
    [
        (("--retry-failed",), "no mail has failed", "2 mails wait: the same command without --retry-failed goes on"),
        (("--only", "beanstalk"), "this inbox holds no mail from beanstalk", "2 mails wait: the same command without"),
        (("--only", "{near}"), "this inbox holds no mail from {near}", "Do you mean {sender}? 2 mails wait"),
        (("--only", "{sender}"), "all mail from {sender} has its row already", "without --only goes on with them."),
        (("--since", "2100-01-01"), "this inbox holds no mail since 2100-01-01", "without --since goes on with them."),
    ],
)
def test_a_choice_that_comes_to_nothing_says_so(
    candor: Candor, inbox: Path, more: tuple[str, ...], why: str, do: str
) -> None:
    known = {"sender": sender(inbox), "near": sender(inbox).replace("moor", "mor")}
    assert "1 done now" in candor(*words(inbox, "--only", known["sender"])).out
    call = candor(*words(inbox, *(word.format(**known) for word in more)))
    out = " ".join(call.out.split())
    assert (call.code, call.err) == (0, "")
    assert f"Nothing was chosen: {why.format(**known)}." in out
    assert do.format(**known) in out
    assert "review.html" not in out, "no table as if something had been done"


def test_when_all_is_done_there_is_nothing_to_go_on_with(candor: Candor, inbox: Path) -> None:
    candor(*words(inbox))
    assert "All mails of this inbox have their row" in candor(*words(inbox, "--retry-failed")).out


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            ("--budget", "5", *MINI, "--base-url", "http://localhost:1/v1"),
            "no budget can be kept: the list of prices (",
        ),
        (("--budget", "5", *MINI, "--engine", "files"), "--budget is for calls that Candor makes itself; "),
        (("--budget", "much"), "Invalid value for '--budget': 'much' is no sum of US dollars; write it as 5.00."),
        (("--budget", "0"), "Invalid value for '--budget': '0' is no sum of US dollars; write it as 5.00."),
        (("--limit", "0"), "Invalid value for '--limit': 0 is not in the range x>=1."),
        (("--since", "May"), "Invalid value for '--since': 'May' is no day; write it as 2026-11-01."),
        (("--only", "nobody at all"), "no client of your records is called 'nobody at all'"),
        (("--json",), "--json belongs to --plan."),
    ],
)
def test_what_the_user_can_mend(candor: Candor, here: Path, inbox: Path, more: tuple[str, ...], sentence: str) -> None:
    call = candor(*words(inbox, *more))
    assert (call.code, call.out) == (2, "")
    assert call.err.startswith(f"candor: {sentence}")
    assert call.err.count("\n") == 1
    assert not (here / "drafts").exists()
