"""Ten prompts, nine of them damaged on purpose, with a large language model's recorded replies.

Each damage loses on the criterion that names it; the undamaged copy loses nothing.
"""

import asyncio
from pathlib import Path

import pytest

from eval.judge.calibration import read_calibration
from eval.rubrics.load import load_rubric
from eval.runs.compose import run
from eval.runs.folder import read_records
from eval.runs.plan import label
from eval.shipped import RUBRIC, calibration, recorded
from eval.types.record import Plan, Record
from eval.verdict.compare import Terms, compare
from eval.verdict.comparison import Word
from eval.verdict.side import side_of
from eval.verdict.trust import trust_of
from pipeline.batch.progress import Silent
from pipeline.resources import shipped

_NUMBERS = "001 006 097 116 098 005 024 043 045 051 079 089 093 095 107"
CASES = tuple(f"DV-{number}" for number in _NUMBERS.split())
NAMED = {
    "no-reason": "reason_present",
    "two-offers": "exactly_three",
    "soft": "clear_no",
    "rude": "respects",
    "leak": "grounded",  # it tells of other clients: names that nobody gave, which the guard stops before a judge reads
    "wrong-language": "right_language",
    "promise": "no_promise",
    "own-figures": "grounded",
    "form-letter": "natural",
}


def records(place: Path, damages: tuple[str, ...], cases: tuple[str, ...]) -> tuple[Record, ...]:
    """What the first version and the damaged ones made of some cases."""
    prompts = ["draft@v1", *(f"draft@{shipped('fixtures', 'damaged', 'draft', name)}" for name in damages)]
    plan = Plan(
        suite=str(shipped("fixtures", "damaged", "suite")),
        versions={label(name): ("extract@v1", name) for name in prompts},
        model=recorded("damaged", "drafts"),
        judge=recorded("damaged", "judge"),
        rubric=RUBRIC,
        repair=False,
        only=cases,
    )
    asyncio.run(run(place, plan, Silent()))
    return read_records(place)


def test_a_sample_of_damages_shows_on_the_criterion_that_names_it(tmp_path: Path) -> None:
    found = records(tmp_path, ("two-offers", "soft"), CASES[:2])
    failed = {(r.version, s.criterion) for r in found for s in r.scores if s.mark == "fail"}
    assert {("draft@two-offers", "exactly_three"), ("draft@soft", "clear_no")} <= failed
    assert not {("draft@v1", "exactly_three"), ("draft@soft", "exactly_three")} & failed
    assert all(s.mark != "error" for r in found for s in r.scores), "a reply is not recorded any more"


@pytest.mark.slow
def test_every_damage_is_worse_on_the_criterion_that_names_it_and_the_copy_is_not(tmp_path: Path) -> None:
    found, rubric = records(tmp_path, (*NAMED, "copy"), CASES), load_rubric(RUBRIC)
    trust = trust_of(read_calibration(calibration()), [side_of(found, "draft@v1")], rubric)
    worse = {}
    for name in (*NAMED, "copy"):
        against = compare(found, "draft@v1", f"draft@{name}", rubric, terms=Terms(trust))
        worse[name] = {row.criterion for row in against.measured if row.word is Word.WORSE}
        assert (against.verdict is Word.WORSE) == (name != "copy"), name
    assert {name for name, criterion in NAMED.items() if criterion not in worse[name]} == set()
