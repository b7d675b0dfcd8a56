"""Records become shares by case; errors stand apart; a side comes back from its file as it was."""

from pathlib import Path

import pytest

from eval.verdict.side import Fault, side_of, store, stored
from pipeline.errors import OutputError, UsageError
from pipeline.types.outcome import Attempt
from tests.eval.verdict.made import ERROR, FAIL, NA, PASS, made, record, score


def test_repeats_are_averaged_and_errors_leave() -> None:
    side = side_of(
        [
            record(1, "v1", score("three", PASS), repeat=0),
            record(1, "v1", score("three", FAIL), repeat=1),
            record(1, "v1", score("three", ERROR), repeat=2),
            record(2, "v1", score("three", NA), score("care", PASS, 4.0)),
            record(2, "v2", score("three", FAIL)),
        ],
        "v1",
    )
    assert side.passes == {"three": {"c001": 0.5}, "care": {"c002": 1.0}}
    assert side.scales == {"care": {"c002": 4.0}}
    assert side.repeats == {"c001": 3, "c002": 1}
    assert side.faults == (Fault(case="c001", repeat=2, criteria=("three",)),)


def test_judges_are_named_with_what_they_were_asked() -> None:
    assert [one.judge for one in made("v1", 3, judge="gpt").judges] == ["gpt"]


def test_a_replayed_model_is_named_by_its_replies() -> None:
    replayed = record(1, "v1", model="recorded")
    attempt = Attempt(stage="draft", model="recorded:large", call="c")
    answered = replayed.model_copy(update={"outcome": replayed.outcome.model_copy(update={"attempts": (attempt,)})})
    assert side_of([answered, record(2, "v1", model="recorded")], "v1").origin.model == "recorded:large"
    assert side_of([replayed], "v1").origin.model == "recorded"
    assert side_of([record(1, "v1")], "v1").origin.model == "m"


def test_a_judgement_with_a_fault_names_no_further_judge() -> None:
    """A call that failed has no model's own name; one such cost every criterion its calibration."""
    lost = record(2, "v1", judge="recorded")
    assert lost.judgement
    lost = lost.model_copy(update={"judgement": lost.judgement.model_copy(update={"fault": "no reply"})})
    assert [one.judge for one in side_of([record(1, "v1", judge="gpt"), lost], "v1").judges] == ["gpt"]


def test_what_was_made_by_two_things_is_no_side() -> None:
    with pytest.raises(UsageError, match="not all made by the same"):
        side_of([record(1, "v1", model="a"), record(2, "v1", model="b")], "v1")
    with pytest.raises(UsageError, match="no records of v9; the versions recorded here: v1"):
        side_of([record(1, "v1")], "v9")


def test_stored_and_read(tmp_path: Path) -> None:
    side, path = made("v1", 4, three=range(2)), tmp_path / "baseline.json"
    store(side, path)
    assert stored(path) == side
    path.write_text("{}")
    with pytest.raises(UsageError, match="is no stored baseline"):
        stored(path)
    with pytest.raises(UsageError, match="cannot be read"):
        stored(tmp_path / "none.json")
    with pytest.raises(OutputError):
        store(side, tmp_path / "no" / "folder.json")
