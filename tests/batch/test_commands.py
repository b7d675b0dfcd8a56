"""The three commands over the real flow, with a provider played by a few lines."""

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.batch.commands import Finished, Job, batch, collect, record
from pipeline.batch.job import Choice
from pipeline.batch.progress import Silent
from pipeline.batch.store import Store
from pipeline.errors import OutputError, UsageError
from pipeline.llm.compose import ModelSpec
from tests.fakes import GOOD_DISCOUNT, ask, filled, reading, starter_policy

NOW = date(2026, 11, 19)
PROFILE = """\
name: Plum & Press
addresses: [hello@plumpress.example]
services: [posters]
signature: Ada
voice: {greeting: {en: "Hi {name},"}, signoff: {en: "Warmly,"}}
"""
FAIR = "We want the posters up before the fair. Could we get 30% off the set?"
MAILS = {
    "1-discount.eml": ("mia@lark.example", "The posters", FAIR),
    "2-thanks.eml": ("tom@heron.example", "Thanks", "Thank you, the posters are lovely."),
    "3-own.eml": ("hello@plumpress.example", "Our spring sale", "All posters must go."),
}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    business, inbox = tmp_path / "business", tmp_path / "inbox"
    business.mkdir()
    inbox.mkdir()
    (business / "profile.yaml").write_text(PROFILE)
    (business / "policy.yaml").write_text(starter_policy())
    for name, (sender, subject, body) in MAILS.items():
        (inbox / name).write_text(
            f"From: {sender}\nTo: hello@plumpress.example\nSubject: {subject}\nMessage-ID: <{name}@mail.example>\n"
            f"Date: Wed, 18 Nov 2026 09:00:00 +0000\n\n{body}\n"
        )
    return Job(
        inbox=str(inbox), business=str(business), prompts=(), model=ModelSpec(name="openai:some-model"), engine="files"
    )


def provider(requests: Path) -> str:
    """What a batch service gives back for ``requests.jsonl``."""
    results = []
    for line in requests.read_text().splitlines():
        asked = json.loads(line)
        told = json.dumps(asked["body"]["messages"])
        form = asked["body"]["response_format"]["json_schema"]
        if form["name"] == "draft_reply":
            reply = GOOD_DISCOUNT
        elif "up before the fair" in told:
            reply = reading(
                ask("discount", "Could we get 30% off", ("discount_asked", "30% off")), aim="up before the fair"
            )
        else:
            reply = reading()
        content = json.dumps(filled(reply, form["schema"]))
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        body = {"model": "some-model-1", "choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 4}}
        results.append(json.dumps({"custom_id": asked["custom_id"], "response": {"status_code": 200, "body": body}}))
    return "\n".join(results)


async def to_the_end(folder: Path, job: Job) -> Finished:
    finished = await batch(folder, job, NOW, Silent())
    for _ in range(3):
        if not finished.requests:
            break
        results = folder.parent / "results.jsonl"
        results.write_text(provider(folder / "requests.jsonl"))
        _, finished = await collect(folder, [results], NOW, Silent())
    return finished


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in found if not path.name.startswith((".", "candor"))
    }


def drafted(folder: Path) -> tuple[str, str]:
    """The text of the first draft, and who wrote it."""
    with Store(folder, create=False) as store:
        draft = next(store.outcomes()).draft
    assert draft is not None
    return draft.body, draft.model


async def test_an_inbox_becomes_drafts_through_provider_files_and_nothing_is_done_twice(
    tmp_path: Path, job: Job
) -> None:
    out = tmp_path / "out"
    finished = await to_the_end(out, job)
    assert (finished.summary.messages, finished.summary.waiting, finished.requests) == (3, 0, 0)
    assert not (out / "requests.jsonl").exists()
    rows = [json.loads(line) for line in (out / "outcomes.jsonl").read_text().splitlines()]
    assert [row["action"] for row in rows] == ["decline", "skip", "skip"]
    assert [attempt["model"] for attempt in rows[0]["attempts"]] == ["some-model-1"] * 2
    assert (out / "summary.csv").read_bytes().count(b"\r\n") == 4
    (draft,) = (out / "drafts").glob("*.eml")
    assert "We can't take 30% off" in draft.read_text()

    before = contents(out)
    finished = await batch(out, job, date(2027, 1, 1), Silent())
    assert (finished.summary.resumed, finished.summary.ended, finished.requests) == (3, 0, 0)
    assert contents(out) == before, "run again, it writes the same bytes"

    policy = tmp_path / "business" / "policy.yaml"
    policy.write_text(f"{policy.read_text()}\n# another word\n")
    finished = await batch(out, job, NOW, Silent())
    assert (finished.summary.ended, finished.requests) == (3, 0), "the same prompts are not asked again"


@pytest.mark.parametrize(
    ("old", "new", "asked"),
    [
        ("too_many_threats: 3 ", "too_many_threats: 5 ", []),  # decides otherwise, but of no mail that is here
        ("max_discount: 10%", "max_discount: 12%", ["draft_reply"]),  # stands in the reason that the draft gives
        ("max_discount: 10%", "max_discount: 50%", []),  # no longer declined: nothing to write
    ],
)
async def test_a_changed_policy_asks_only_for_what_is_worded_otherwise(
    tmp_path: Path, job: Job, *, old: str, new: str, asked: list[str]
) -> None:
    out, policy = tmp_path / "out", tmp_path / "business" / "policy.yaml"
    await to_the_end(out, job)
    assert old in policy.read_text()
    policy.write_text(policy.read_text().replace(old, new))
    finished = await batch(out, job, NOW, Silent())
    lines = (out / "requests.jsonl").read_text().splitlines() if finished.requests else []
    names = [json.loads(line)["body"]["response_format"]["json_schema"]["name"] for line in lines]
    assert (finished.summary.resumed, names) == (0, asked)


async def test_a_recorded_run_replays_without_the_provider(tmp_path: Path, job: Job) -> None:
    out, again, into = tmp_path / "out", tmp_path / "again", tmp_path / "set"
    await to_the_end(out, job)
    assert record(out, into, "replies of a test", NOW) == 3
    replay = job.model_copy(update={"model": ModelSpec(name="recorded", recorded=(str(into),)), "engine": "live"})
    finished = await batch(again, replay, NOW, Silent())
    assert finished.summary.waiting == 0
    (draft, model), (first, _) = drafted(again), drafted(out)
    assert (draft, model) == (first, "recorded:some-model-1")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"inbox": "no/such/inbox"}, "there is no inbox at"),
        ({"business": "no/such/business"}, "there is no business folder"),
        ({"prompts": ("draft@v999",)}, "there is no prompt"),
        ({"model": ModelSpec(name="offline")}, "provider files need a model of a provider"),
        ({"model": ModelSpec(name="none"), "engine": "live"}, "no model is called"),
    ],
)
async def test_a_wrong_job_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, job: Job, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        await batch(tmp_path / "out", job.model_copy(update=change), NOW, Silent())
    assert not (tmp_path / "out").exists()


async def test_only_a_run_by_files_collects(tmp_path: Path, job: Job) -> None:
    await batch(tmp_path / "out", job.model_copy(update={"model": ModelSpec(), "engine": "live"}), NOW, Silent())
    with pytest.raises(UsageError, match="waits for no results"):
        await collect(tmp_path / "out", [], NOW, Silent())
    with pytest.raises(UsageError, match="holds no run"):
        await collect(tmp_path / "nothing", [], NOW, Silent())


async def test_an_output_folder_inside_the_inbox_is_no_mail(tmp_path: Path, job: Job) -> None:
    out = tmp_path / "inbox" / "drafts"
    first = await to_the_end(out, job)
    before = contents(out)
    again = await batch(out, job, NOW, Silent())
    assert (again.summary.messages, again.exported) == (3, first.exported)
    assert contents(out) == before


@pytest.mark.parametrize("inbox", ["", "drafts", "review", "drafts.mbox"])
async def test_an_inbox_that_is_the_output_is_refused(tmp_path: Path, job: Job, inbox: str) -> None:
    out = tmp_path / "inbox"
    mail = (out / "1-discount.eml").read_text()
    if inbox == "drafts.mbox":
        (out / inbox).write_text(f"From a Mon May  4 09:00:00 2026\n{mail}")
    elif inbox:
        (out / inbox).mkdir()
        (out / inbox / "a.eml").write_text(mail)
    before = contents(out)
    with pytest.raises(OutputError, match="in each other's way"):
        await batch(out, job.model_copy(update={"inbox": str(out / inbox)}), NOW, Silent())
    assert contents(out) == before


class Notes(Silent):
    """Keeps the remarks."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def note(self, text: str) -> None:
        self.said.append(text)


async def test_mails_of_another_inbox_leave_the_listing_with_a_word(tmp_path: Path, job: Job) -> None:
    newer, other = tmp_path / "newer", tmp_path / "other"
    shutil.copytree(job.inbox, newer)
    (newer / "4-more.eml").write_text((newer / "2-thanks.eml").read_text().replace("2-thanks", "4-more"))
    shutil.copytree(newer, other)
    (other / "3-own.eml").unlink()
    said = []
    for inbox in (Path(job.inbox), newer, newer, other, newer):
        notes = Notes()
        await batch(tmp_path / "out", job.model_copy(update={"inbox": str(inbox)}), NOW, notes)
        said.append(notes.said)
    (note,) = said.pop(3)
    assert note.startswith(
        f"This output folder was made from {newer} before. Mails of it that are not in {other} leave"
    )
    assert "leave the listing: 1. Nothing of them is lost" in note
    assert said == [[], [], [], []]


async def test_requests_under_way_are_not_dropped_for_another_model(tmp_path: Path, job: Job) -> None:
    out = tmp_path / "out"
    await batch(out, job, NOW, Silent())
    asked = (out / "requests.jsonl").read_bytes()
    with pytest.raises(OutputError, match="still waits for replies"):
        await batch(out, job.model_copy(update={"model": ModelSpec(), "engine": "live"}), NOW, Silent())
    assert (out / "requests.jsonl").read_bytes() == asked
    assert (await to_the_end(out, job)).summary.waiting == 0


async def test_a_path_that_cannot_be_remembered_is_one_sentence(tmp_path: Path, job: Job) -> None:
    odd = tmp_path / os.fsdecode(b"in\xff")
    try:
        (tmp_path / "inbox").rename(odd)
    except OSError:
        pytest.skip("this disk takes no such name")
    with pytest.raises(UsageError, match="is not UTF-8"):
        await batch(tmp_path / "out", job.model_copy(update={"inbox": str(odd)}), NOW, Silent())
    assert not (tmp_path / "out").exists()


async def test_a_changed_policy_and_a_choice_leave_what_a_person_sees_and_say_so(tmp_path: Path, job: Job) -> None:
    out, policy = tmp_path / "out", tmp_path / "business" / "policy.yaml"
    job = job.model_copy(update={"engine": "live", "model": ModelSpec()})
    await batch(out, job, NOW, Silent())
    before, notes = contents(out), Notes()
    assert before["outcomes.jsonl"].count(b"\n") == 3
    policy.write_text(f"{policy.read_text()}\n# another word\n")

    finished = await batch(out, job, NOW, notes, choice=Choice(since=date(2099, 1, 1)))
    assert (finished.summary.ended, finished.summary.others) == (0, 3)
    assert contents(out) == before
    (told,) = notes.said
    assert told.startswith("Mails shown as an earlier policy, prompt or model left them")
    assert ": 3. " in told

    notes = Notes()
    assert (await batch(out, job, NOW, notes)).summary.ended == 3
    assert notes.said == []
