"""The road of a run: a suite through two prompt versions by provider files, recorded, replayed, and nothing twice."""

import json
from pathlib import Path

import pytest

from eval.runs.compose import Finished, run
from eval.runs.folder import CALLS, read_choices, read_records
from eval.runs.models import Opened
from eval.runs.plan import versions_of
from eval.runs.record import record
from eval.runs.results import results_of
from eval.types.record import Mark, Plan
from pipeline.batch.progress import Silent
from pipeline.errors import OutputError, UsageError
from pipeline.llm.compose import ModelSpec
from pipeline.prompts import newest
from pipeline.resources import shipped
from tests.eval.little import provider, suite
from tests.fakes import TODAY

MODEL = ModelSpec(name="openai:some-model")


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Two versions that differ in one sentence, judged, in pairs."""
    other = tmp_path / "prompts" / "other"
    other.mkdir(parents=True)
    text = (shipped("prompts", "draft", "v1") / "prompt.prompty").read_text()
    (other / "prompt.prompty").write_text(
        text.replace("version: v1", "version: other").replace("No markdown", "No html")
    )
    return Plan(
        suite=str(suite(tmp_path / "suite")),
        versions=versions_of(["draft@v1", f"draft@{other}"]),
        model=MODEL,
        judge=MODEL,
        rubric="decline@v1",
        pairwise=True,
        engine="files",
    )


def kept(place: Path, name: str) -> ModelSpec:
    return ModelSpec(name="recorded", recorded=(str(place / "sets" / name),))


async def to_the_end(folder: Path, plan: Plan) -> Finished:
    finished = await run(folder, plan, Silent())
    for _ in range(5):
        if not finished.requests:
            break
        results = provider(folder / "requests.jsonl", folder.parent / "results.jsonl")
        finished = await run(folder, plan, Silent(), results_of(folder, [results]).usable)
    return finished


async def test_a_suite_becomes_records_through_provider_files_and_nothing_is_done_twice(
    tmp_path: Path, plan: Plan
) -> None:
    out = tmp_path / "run"
    finished = await to_the_end(out, plan)
    assert (finished.units, finished.ended.waiting, finished.requests) == (2, 0, 0)
    records = read_records(out)
    assert [(row.about.case, row.version, row.outcome.action) for row in records] == [
        ("fair", "draft@v1", "decline"),
        ("fair", "draft@other", "decline"),
        ("thanks", "draft@v1", "skip"),
        ("thanks", "draft@other", "skip"),
    ]
    passed = {score.criterion: score.mark for score in records[0].scores}
    assert passed["exactly_three"] == passed["clear_no_read"] == Mark.PASS
    assert [(row.first, row.second, row.better) for row in read_choices(out)] == [
        ("draft@other", "draft@v1", "same"),
        ("draft@v1", "draft@other", "same"),
    ]

    before = {path.name: path.read_bytes() for path in out.iterdir()}
    again = await run(out, plan, Silent())
    assert (again.ended.done, again.requests) == (0, 0)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


async def test_a_complete_run_opens_no_model(tmp_path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    await to_the_end(tmp_path / "run", plan)
    monkeypatch.setattr(Opened, "models", None)
    again = await run(tmp_path / "run", plan, Silent())
    assert (again.units, again.ended.done) == (2, 0)


async def test_a_run_is_replayed_from_its_recorded_sets(tmp_path: Path, plan: Plan) -> None:
    out = tmp_path / "run"
    await to_the_end(out, plan)
    written = record(out, tmp_path / "sets", "replies of a test", TODAY)
    assert written == {"drafts": 4, "judge": 2}, "equal drafts are judged once"
    specs = {"model": kept(tmp_path, "drafts"), "judge": kept(tmp_path, "judge")}
    replay = plan.model_copy(update={**specs, "engine": "live"})
    await run(tmp_path / "again", replay, Silent())
    first, second = ([row.scores for row in read_records(tmp_path / name)] for name in ("run", "again"))
    assert first == second
    assert not (tmp_path / "again" / CALLS).read_text(), "what is replayed is not kept again"


async def test_what_is_not_recorded_is_an_error_and_never_another_models_words(tmp_path: Path, plan: Plan) -> None:
    out = tmp_path / "run"
    await to_the_end(out, plan.model_copy(update={"only": ("thanks",)}))
    record(out, tmp_path / "sets", "replies of a test", TODAY)
    others = {"judge": None, "engine": "live", "pairwise": False}
    replay = plan.model_copy(update={"model": kept(tmp_path, "drafts"), **others})
    await run(tmp_path / "again", replay, Silent())
    fair = read_records(tmp_path / "again")[0]
    assert fair.outcome.failure is not None
    assert fair.outcome.failure.kind == "NotRecordedError"
    marks = {score.mark for score in fair.scores}
    assert Mark.ERROR in marks
    assert Mark.PASS not in marks


async def test_a_run_goes_on_with_its_own_plan_only(tmp_path: Path, plan: Plan) -> None:
    await run(tmp_path / "run", plan, Silent())
    with pytest.raises(OutputError, match=r"begun with another plan \(repeat\)"):
        await run(tmp_path / "run", plan.model_copy(update={"repeat": 2}), Silent())


async def test_repeats_are_asked_anew_and_each_paid_once(tmp_path: Path, plan: Plan) -> None:
    out = tmp_path / "run"
    await to_the_end(out, plan.model_copy(update={"repeat": 2, "only": ("fair",), "judge": None, "pairwise": False}))
    assert [(row.version, row.repeat) for row in read_records(out)] == [
        ("draft@v1", 0),
        ("draft@other", 0),
        ("draft@v1", 1),
        ("draft@other", 1),
    ]
    prompts = [json.loads(line)["prompt"] for line in (out / CALLS).read_text().splitlines()]
    assert sorted(prompts) == ["draft@other"] * 2 + ["draft@v1"] * 2 + [newest("extract")] * 2


async def test_a_killed_run_loses_half_a_line_at_most(tmp_path: Path, plan: Plan) -> None:
    out = tmp_path / "run"
    await to_the_end(out, plan)
    for name in ("records.jsonl", CALLS):
        text = (out / name).read_bytes()
        (out / name).write_bytes(text[:-40])
    finished = await to_the_end(out, plan)
    assert finished.ended.waiting == 0
    assert len(read_records(out)) == 4


def test_a_result_file_of_another_run_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "requests.jsonl").write_text('{"custom_id": "a"}\n')
    (tmp_path / "results.jsonl").write_text('{"custom_id": "b", "response": {"body": {"choices": []}}}\n')
    with pytest.raises(UsageError, match="answers a request"):
        results_of(tmp_path, [tmp_path / "results.jsonl"])
