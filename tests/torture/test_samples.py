"""A small sample of what ``make torture`` does at length: one kill, one run under faults, and the provider itself."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.commands import Finished, Job, batch
from pipeline.batch.progress import Silent
from pipeline.cli.clock import today
from pipeline.llm.compose import ModelSpec
from tests.torture import kills, serving
from tests.torture.mails import BUSINESS, mails, write_mbox
from tests.torture.page import replaced
from tests.torture.provider import Bucket, Options, options_of
from tests.torture.replies import reading
from tests.torture.serving import Served

MESSAGES = 10
QUICK = Options(latency=0.05)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving.provider(QUICK) as served:
        yield served


def run(served: Served, mbox: Path, out: Path, timeout: float = 30) -> Finished:
    model = ModelSpec(name="openai:made", base_url=served.url, limit=8, timeout=timeout)
    job = Job(inbox=str(mbox), business=str(BUSINESS), prompts=(), model=model, today="mail")
    return asyncio.run(batch(out, job, today(), Silent()))


def test_a_killed_run_loses_doubles_and_changes_nothing(served: Served, tmp_path: Path) -> None:
    write_mbox(tmp_path / "in.mbox", MESSAGES)
    served.reset(QUICK)
    run(served, tmp_path / "in.mbox", tmp_path / "unkilled")
    assert (served.stats().calls, served.stats().again) == (2 * MESSAGES, 0), "each draft is let through at first try"

    served.reset(QUICK)
    work = kills.Work(served, tmp_path, tmp_path / "in.mbox", MESSAGES, {})
    assert kills.killed(work, tmp_path / "out", kills.Moment(MESSAGES, 0.0))
    assert run(served, tmp_path / "in.mbox", tmp_path / "out").summary.waiting == 0
    assert kills.drafts(tmp_path / "out") == kills.drafts(tmp_path / "unkilled")
    assert len(kills.drafts(tmp_path / "out")) == MESSAGES
    assert served.stats().again <= kills.IN_FLIGHT


def test_every_message_under_faults_ends_in_a_draft_or_a_reason(served: Served, tmp_path: Path) -> None:
    write_mbox(tmp_path / "in.mbox", MESSAGES)
    shares = {"429": 0.1, "500": 0.1, "hang": 0.05, "malformed": 0.1, "truncated": 0.1, "empty": 0.1}
    served.reset(Options(latency=0.05, retry_after=0, faults=shares))
    run(served, tmp_path / "in.mbox", tmp_path / "out", timeout=1)
    rows = [json.loads(line) for line in (tmp_path / "out" / "outcomes.jsonl").read_text("utf-8").splitlines()]
    assert len({row["key"] for row in rows}) == MESSAGES
    assert all(row["draft"] or row["failure"]["message"] for row in rows)
    assert served.stats().faults


def test_a_made_mail_is_read_by_the_templates_it_was_made_of() -> None:
    for mail in mails(200):
        text = mail.data.decode()
        claims = json.loads(json.dumps(reading(text)))
        assert claims["aim"] in text
        assert claims["asks"][0]["quote"] in text
        assert all(fact["quote"] in text for fact in claims["asks"][0]["facts"])


def test_mixed_mail_holds_newsletters_and_copies() -> None:
    asks = [mail.asks for mail in mails(100, mixed=True)]
    assert asks.count(True) == 10
    assert [mail.data for mail in mails(100, mixed=True)] == [mail.data for mail in mails(100, mixed=True)]


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket(rate=1e-9, burst=3)
    assert [bucket.taken() for _ in range(5)] == [True, True, True, False, False]
    assert "x-ratelimit-remaining-requests: 0" in bucket.told()


def test_options_come_from_the_command_line() -> None:
    found = options_of(["--latency", "0.2", "--rate", "120", "--no-headers", "--fault", "429=0.05"])
    assert found == Options(latency=0.2, rate=120, headers=False, faults={"429": 0.05})


def test_a_section_of_a_page_is_replaced_in_its_place() -> None:
    page = "# Bench\n\nWhat this is.\n\n## One\n\nold\n\n## Two\n\nkept\n"
    assert replaced(page, "One", "new\n") == "# Bench\n\nWhat this is.\n\n## One\n\nnew\n\n## Two\n\nkept\n"
    assert replaced(page, "Three", "new\n").endswith("kept\n\n## Three\n\nnew\n")
