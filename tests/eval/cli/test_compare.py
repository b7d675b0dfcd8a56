"""``candor eval compare`` and ``gate`` over a run's folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.runs.folder import PLAN, RECORDS, rewrite
from eval.types.record import Plan, Record
from eval.verdict.comparison import Comparison, Word
from pipeline.llm.compose import ModelSpec
from tests.cli.conftest import Candor
from tests.cli.conftest import candor as candor  # noqa: PLC0414 - a fixture of the whole command line
from tests.cli.conftest import here as here  # noqa: PLC0414 - the same
from tests.eval.verdict.made import record, score


def rows(version: str, lost: int, model: str = "m") -> Iterator[Record]:
    for case in range(60):
        yield record(case, version, score("exactly_three", case >= lost), score("clear_no", True), model=model)


def written(folder: Path, *records: Record) -> Path:
    folder.mkdir()
    spec = ModelSpec(name="openai:m")
    plan = Plan(suite="s", versions={v: ("extract@v1", v) for v in ("v1", "v2")}, model=spec, rubric="decline@v1")
    rewrite(folder / PLAN, [plan])
    rewrite(folder / RECORDS, records)
    return folder


@pytest.fixture
def run(here: Path) -> Path:
    return written(here / "run", *rows("v1", 0), *rows("v2", 15))


def test_a_loss_is_told_and_exits_with_1(candor: Candor, run: Path) -> None:
    call = candor("eval", "compare", run, "--baseline", "v1")
    assert (call.code, call.err) == (1, "")
    assert "exactly_three is worse: -25.0 points over 60 cases" in " ".join(call.out.split())


def test_the_other_way_round_it_is_better(candor: Candor, run: Path) -> None:
    call = candor("eval", "compare", run, "--baseline", "v2", "--candidate", "v1", "--json")
    assert (call.code, Comparison.model_validate_json(call.out).verdict) == (0, Word.BETTER)


def test_a_gate_against_a_stored_baseline(candor: Candor, run: Path, here: Path) -> None:
    kept = here / "baseline.json"
    call = candor("eval", "gate", run, "--candidate", "v1", "--keep", kept)
    assert (call.code, call.out) == (0, f"v1 is kept in {kept}: 60 cases.\n")
    again = written(here / "again", *rows("v1", 0))
    assert candor("eval", "gate", again, "--against", kept).code == 0
    xml = here / "gate.xml"
    assert candor("eval", "gate", run, "--candidate", "v2", "--against", kept, "--junit", xml).code == 1
    assert 'failures="15"' in xml.read_text("utf-8")
    less = written(here / "less", *list(rows("v1", 0))[:40])
    assert candor("eval", "gate", less, "--against", kept).code == 3


def test_what_the_user_can_mend(candor: Candor, run: Path, here: Path) -> None:
    offline = written(here / "offline", *rows("v1", 0, "offline"), *rows("v2", 0, "offline"))
    for words, sentence in (
        (("compare", run, "--baseline", "v9"), "there are no records of v9"),
        (("compare", here, "--baseline", "v1"), "holds no run"),
        (("compare", offline, "--baseline", "v1"), "the model offline does not read prompts"),
        (("compare", run, "--baseline", "v1", "--junit", here / "no" / "x.xml"), "cannot be written"),
        (("compare", run, "--baseline", "v1", "--calibration", here / "none.json"), "cannot be read"),
        (("gate", run), "holds v1, v2; name one with --candidate"),
        (("gate", run, "--candidate", "v2"), "give --against FILE or --baseline VERSION"),
        (("gate", run, "--candidate", "v2", "--against", here / "none.json"), "cannot be read"),
    ):
        call = candor("eval", *words)
        assert (call.code, sentence in call.err) == (2, True), call


def test_json_of_a_gate(candor: Candor, run: Path) -> None:
    call = candor("eval", "gate", run, "--baseline", "v1", "--margin", "5", "--json")
    told = json.loads(call.out)
    assert (call.code, told["within"], told["margin"], told["verdict"]) == (1, False, 5.0, "worse")
