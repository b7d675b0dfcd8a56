"""A look ahead over the real flow: what it counts, and that nothing changes by it."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.batch.ahead import Estimate, plan
from pipeline.batch.commands import Job, batch, collect
from pipeline.batch.job import EVERYTHING, Choice
from pipeline.batch.progress import Silent
from pipeline.batch.store import Store
from pipeline.errors import OutputError, UsageError
from pipeline.llm.compose import ModelSpec
from tests.batch.test_commands import NOW, contents, job, provider

__all__ = ["job"]  # the fixture: a print shop with three mails, one of which asks for a discount


async def look(folder: Path, job: Job, choice: Choice = EVERYTHING) -> Estimate:
    found = await plan(folder, job, NOW, Silent(), choice)
    assert found
    return found


def mails(found: Estimate) -> tuple[int, ...]:
    return found.done, found.settled, found.others, found.todo, found.ready


def calls(found: Estimate) -> dict[str, tuple[int, int]]:
    return {stage.stage: (stage.stored, stage.to_ask) for stage in found.stages}


def priced(job: Job, engine: str = "files") -> Job:
    return job.model_copy(update={"model": ModelSpec(name="openai:gpt-5-mini"), "engine": engine})


async def test_before_the_first_run_no_folder_is_made_and_no_key_is_needed(tmp_path: Path, job: Job) -> None:
    found = await look(tmp_path / "out", priced(job, "live"))
    assert not (tmp_path / "out").exists()
    assert mails(found) == (0, 1, 0, 2, 0)
    assert calls(found) == {"extract": (0, 2), "draft": (0, 2)}, "of two readings, 0.8 lead to a letter"
    assert found.messages == 3
    assert found.cost
    assert found.at_most
    assert found.cost / 2 == found.by_file
    assert found.cost < found.at_most < Decimal("0.05")


async def test_what_is_stored_is_not_asked_again(tmp_path: Path, job: Job) -> None:
    out, results = tmp_path / "out", tmp_path / "results.jsonl"
    await batch(out, job, NOW, Silent())
    results.write_text(provider(out / "requests.jsonl"))
    await collect(out, [results], NOW, Silent())
    found = await look(out, job)
    assert mails(found) == (2, 0, 0, 1, 0), "the letter of one mail waits"
    assert calls(found) == {"extract": (1, 0), "draft": (0, 1)}
    results.write_text(provider(out / "requests.jsonl"))
    await collect(out, [results], NOW, Silent())
    found = await look(out, job)
    assert mails(found) == (3, 0, 0, 0, 0)
    assert calls(found) == {"extract": (0, 0), "draft": (0, 0)}

    policy = tmp_path / "business" / "policy.yaml"
    policy.write_text(f"{policy.read_text()}\n# another word\n")
    found = await look(out, job)
    assert mails(found) == (0, 1, 0, 2, 2), "after a changed policy all replies are there already"
    assert calls(found) == {"extract": (2, 0), "draft": (1, 0)}


async def test_it_leaves_the_folder_as_it_is(tmp_path: Path, job: Job) -> None:
    out = tmp_path / "out"
    await batch(out, job, NOW, Silent())
    before = contents(out), dump(out), sorted(path.name for path in out.iterdir())
    await look(out, job.model_copy(update={"today": ""}), Choice(limit=1))
    assert (contents(out), dump(out), sorted(path.name for path in out.iterdir())) == before


def dump(folder: Path) -> list[str]:
    with Store(folder, create=False) as store:
        return list(store._db.iterdump())


async def test_it_refuses_what_a_run_refuses(tmp_path: Path, job: Job) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "taxes.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds other files"):
        await look(out, job)
    with pytest.raises(UsageError, match="no client of your records is called 'nobody'"):
        await look(tmp_path / "new", job, Choice(only="nobody"))


async def test_a_choice_is_counted(tmp_path: Path, job: Job) -> None:
    found = await look(tmp_path / "out", job, Choice(limit=1))
    assert mails(found) == (0, 0, 2, 1, 0)
    assert calls(found)["extract"] == (0, 1)


async def test_a_model_that_asks_nobody_costs_nothing(tmp_path: Path, job: Job) -> None:
    offline = job.model_copy(update={"model": ModelSpec(), "engine": "live"})
    found = await look(tmp_path / "out", offline)
    assert (mails(found), found.stages, found.model, found.cost) == ((0, 1, 0, 2, 2), (), "", None)


async def test_a_model_without_a_price_is_told_in_tokens(tmp_path: Path, job: Job) -> None:
    found = await look(tmp_path / "out", job)
    assert found.cost is None
    assert all(stage.usage.prompt_tokens for stage in found.stages)


async def test_files_ask_for_no_more_than_was_chosen(tmp_path: Path, job: Job) -> None:
    out, results = tmp_path / "out", tmp_path / "results.jsonl"
    finished = await batch(out, job, NOW, Silent(), choice=Choice(limit=1))
    assert (finished.requests, finished.summary.others) == (1, 2)
    while finished.requests:
        results.write_text(provider(out / "requests.jsonl"))
        _, finished = await collect(out, [results], NOW, Silent())
        assert finished.requests <= 1
    assert (finished.summary.resumed + finished.summary.ended, finished.summary.others) == (1, 2)
    finished = await batch(out, job, NOW, Silent())
    assert (finished.requests, finished.summary.others) == (1, 0)


async def test_what_failed_in_a_file_for_good_can_be_asked_again(tmp_path: Path, job: Job) -> None:
    out, results = tmp_path / "out", tmp_path / "results.jsonl"
    await batch(out, job, NOW, Silent())
    asked = [json.loads(line)["custom_id"] for line in (out / "requests.jsonl").read_text().splitlines()]
    results.write_text("\n".join(json.dumps({"custom_id": key, "error": {"message": "expired"}}) for key in asked))
    _, finished = await collect(out, [results], NOW, Silent(), final=True)
    assert (finished.requests, finished.summary.waiting) == (0, 0)

    finished = await batch(out, job, NOW, Silent())
    assert (finished.requests, finished.summary.resumed) == (0, 3)
    finished = await batch(out, job, NOW, Silent(), choice=Choice(failed=True))
    assert finished.requests == len(asked) == 2
    results.write_text(provider(out / "requests.jsonl"))
    collected, _ = await collect(out, [results], NOW, Silent())
    assert collected.accepted == 2
