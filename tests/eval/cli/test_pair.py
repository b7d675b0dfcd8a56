"""``candor eval pair``: foreign drafts, a run's drafts, a provider file, and the figures."""

import json
from pathlib import Path

import pytest

from eval.pairs.tally import Tally
from eval.runs.compose import run
from eval.runs.folder import CHOICES
from eval.runs.plan import versions_of
from eval.runs.results import results_of
from eval.types.record import Plan
from pipeline.batch.progress import Silent
from pipeline.llm.compose import ModelSpec
from tests.cli.conftest import Candor
from tests.cli.conftest import candor as candor  # noqa: PLC0414 - a fixture of the whole command line
from tests.cli.conftest import here as here  # noqa: PLC0414 - the same
from tests.eval.little import provider, suite

GOOD = "Hi Mia, no, we can't take 30% off the posters, because the paper costs what it costs. Either fewer, or later."
FOREIGN = "We will get back to you."


def drafts(path: Path, **bodies: str) -> Path:
    path.write_text("".join(json.dumps({"case": case, "body": body}) + "\n" for case, body in bodies.items()), "utf-8")
    return path


@pytest.fixture
def little(here: Path) -> Path:
    return suite(here / "suite")


def test_two_files_are_asked_about_in_both_orders_and_never_twice(candor: Candor, here: Path, little: Path) -> None:
    sides = drafts(here / "ours.jsonl", fair=GOOD), drafts(here / "page.jsonl", fair=FOREIGN, thanks="Thanks.")
    words = ("eval", "pair", *sides, "--suite", little, "--judge", "heuristic", "--out", "pairs")
    call = candor(*words)
    assert (call.code, call.err) == (0, "")
    told = " ".join(call.out.split())
    assert "ours beside page" in told
    assert "Where one was preferred it was ours in 1 of 1 cases" in told
    assert "Both orders gave the same choice in 1 of 1." in told
    assert "Cases with a draft on one side only, left out: 1." in told
    choices = (here / "pairs" / CHOICES).read_text("utf-8")
    assert [json.loads(line)["better"] for line in choices.splitlines()] == ["first", "second"]
    assert Tally.model_validate_json(candor(*words, "--json").out).won[0].hits == 1
    assert (here / "pairs" / CHOICES).read_text("utf-8") == choices


async def made(folder: Path, little: Path) -> None:
    """A run through provider files."""
    spec = ModelSpec(name="openai:some-model")
    plan = Plan(suite=str(little), versions=versions_of([]), model=spec, rubric="decline@v1", engine="files")
    finished = await run(folder, plan, Silent())
    while finished.requests:
        results = provider(folder / "requests.jsonl", folder.parent / "results.jsonl")
        finished = await run(folder, plan, Silent(), results_of(folder, [results]).usable)


async def test_a_runs_drafts_beside_foreign_ones_through_a_provider_file(here: Path, little: Path) -> None:
    from eval.pairs.compose import bench_of, pair, tally_of
    from eval.pairs.drafts import drafts_of

    await made(here / "run", little)
    ours, page = drafts_of(str(here / "run")), drafts_of(str(drafts(here / "page.jsonl", fair=FOREIGN)))
    assert ours.suite == little
    bench = bench_of(ours, page, little, ModelSpec(name="openai:wise"))
    asked = await pair(bench, here / "pairs", "files")
    assert (asked.requests, asked.choices) == (2, ())
    shown = (here / "pairs" / "requests.jsonl").read_text("utf-8")
    assert shown.count(FOREIGN) == 2
    assert "The firm declines, and offers alternatives." in shown, "the run tells what was decided"
    assert "draft@v1" not in shown, "a judge does not know who wrote"
    results = provider(here / "pairs" / "requests.jsonl", here / "results.jsonl")
    paired = await pair(bench, here / "pairs", "files", results_of(here / "pairs", [results]).usable)
    found = tally_of(bench, paired)
    assert (found.n, found.neither, found.held) == (1, 1, 1)
    assert found.judges == ("some-model-1",)
    assert (await pair(bench, here / "pairs", "live")).choices == paired.choices, "complete, it needs no model"


def test_what_the_user_can_mend(candor: Candor, here: Path, little: Path) -> None:
    ours = drafts(here / "ours.jsonl", fair=GOOD)
    for other, more, sentence in (
        (drafts(here / "page.jsonl", fair=FOREIGN), (), "give --suite"),
        (drafts(here / "odd.jsonl", strange=FOREIGN), ("--suite", little), "the suite has no such case"),
        (drafts(here / "apart.jsonl", thanks="Thanks."), ("--suite", little), "have no case in common"),
        (ours, ("--suite", little), "both sides are called ours"),
        (here / "none.jsonl", ("--suite", little), "none.jsonl is missing"),
    ):
        call = candor("eval", "pair", ours, other, *more, "--judge", "heuristic", "--out", "pairs")
        assert (call.code, sentence in call.err) == (2, True), call
