from itertools import cycle, islice
from pathlib import Path

import pytest

from eval.judge.calibration import calibrate, quadrant_of, read_calibration, trusted
from eval.types.calibration import Calibration, Figure, Label
from eval.types.record import Answer, Judgement
from pipeline.errors import UsageError
from pipeline.prompts import load_prompt
from tests.eval.judge.asked import RUBRIC

TEMPLATE = load_prompt("judge@v1")
GOOD, BAD = (5, 5, "radical_candor"), (1, 1, "manipulative_insincerity")


def label(number: int, *, fine: bool) -> Label:
    care, challenge, quadrant = GOOD if fine else BAD
    return Label(
        id=str(number), language="en", subject="", mail="May we?", draft="No.", care=care, challenge=challenge,
        quadrant=quadrant, labels={"clear": fine, "rude": not fine, "fits:1": fine, "fits:2": fine, "send": fine},
    )  # fmt: skip


def judgement(*, fine: bool, fault: str = "", judge: str = "wise") -> Judgement:
    yes, no = ("yes", "no") if fine else ("no", "yes")
    said = [("clear", None, yes), ("firm", None, yes), ("rude", None, no), ("fits", 1, yes), ("fits", 2, yes)]
    answers = [
        Answer.model_validate({"criterion": c, "of": n, "reason": "", "quote": "", "answer": a}) for c, n, a in said
    ]
    return Judgement(
        judge=judge, prompt=TEMPLATE.name, prompt_hash=TEMPLATE.hash, rubric="small@v1", rubric_hash=RUBRIC.hash,
        answers=() if fault else tuple(answers), send="" if fault else "yes" if fine else "no", fault=fault,
    )  # fmt: skip


def held(*rounds: list[Judgement]) -> Calibration:
    truth = islice(cycle([True, True, False]), len(rounds[0]))
    labels = [label(number, fine=fine) for number, fine in enumerate(truth)]
    return calibrate(labels, rounds, RUBRIC, TEMPLATE)


def judgements(count: int, wrong: int = 0) -> list[Judgement]:
    """As the labels want them, but for the first ``wrong``."""
    truth = islice(cycle([True, True, False]), count)
    return [judgement(fine=fine if number >= wrong else not fine) for number, fine in enumerate(truth)]


def figure(found: Calibration, criterion: str) -> Figure:
    return next(each for each in found.figures if each.criterion == criterion)


def test_figures_are_of_passes_whatever_the_good_answer() -> None:
    found = held(judgements(60, wrong=6))
    for name in ("clear", "rude", "send", "care", "challenge", "candor"):
        each = figure(found, name)
        assert (each.n, each.good, each.good_found, each.bad, each.bad_found) == (60, 40, 36, 20, 18), name
        assert each.agreement == pytest.approx(0.9)
        assert each.low < each.kappa < each.high
    assert figure(found, "fits").n == 120
    assert (found.quadrants, found.quadrants_right) == (60, 54)
    assert found.scales[0].difference == pytest.approx((36 * 1 + 4 * 4 + 2 * 3) / 60)  # the judge's best is a 4


def test_a_question_without_labels_has_no_figure() -> None:
    assert "firm" not in {each.criterion for each in held(judgements(3)).figures}


def test_faults_are_counted_and_leave_every_figure() -> None:
    some = judgements(60)
    some[:5] = [judgement(fine=False, fault="nonsense")] * 5
    found = held(some)
    assert (found.errors, figure(found, "clear").n, found.quadrants) == (5, 55, 55)
    assert figure(found, "clear").kappa == 1


def test_two_rounds_tell_how_far_the_judge_agrees_with_itself() -> None:
    each = figure(held(judgements(60), judgements(60, wrong=15)), "clear")
    assert (each.twice, each.same, each.kappa) == (60, 45, 1)
    assert figure(held(judgements(60)), "clear").twice == 0


def test_a_judge_that_agrees_may_gate() -> None:
    gates = trusted(held(judgements(60, wrong=2)), "recorded:wise", RUBRIC, TEMPLATE)
    assert gates == {"clear", "rude", "fits", "send", "care", "challenge", "candor"}


@pytest.mark.parametrize(("count", "wrong"), [(49, 0), (60, 15)])
def test_too_few_labels_or_too_little_agreement_gate_nothing(count: int, wrong: int) -> None:
    assert trusted(held(judgements(count, wrong)), "wise", RUBRIC, TEMPLATE) <= {"fits"}


def test_another_judge_rubric_or_prompt_gates_nothing() -> None:
    found = held(judgements(60))
    other = RUBRIC.model_copy(update={"hash": "x"})
    assert trusted(found, "foolish", RUBRIC, TEMPLATE) == frozenset()
    assert trusted(found, "wise", other, TEMPLATE) == frozenset()
    assert trusted(found, "wise", RUBRIC, load_prompt("pair@v1")) == frozenset()


def test_the_heuristic_judge_never_gates() -> None:
    fine = [each.model_copy(update={"judge": "heuristic"}) for each in judgements(60)]
    assert trusted(held(fine), "heuristic", RUBRIC, TEMPLATE) == frozenset()


def test_two_judges_in_one_calibration_are_nobody() -> None:
    mixed = [*judgements(59), judgement(fine=True, judge="foolish")]
    assert trusted(held(mixed), "wise", RUBRIC, TEMPLATE) == frozenset()


def test_a_quadrant_follows_from_the_figures() -> None:
    assert quadrant_of(label(1, fine=True).model_copy(update={"quadrant": "", "care": 2})) == "obnoxious_aggression"
    assert quadrant_of(label(1, fine=True).model_copy(update={"quadrant": "", "care": None})) == ""


def test_a_file_that_is_no_calibration_is_said(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(held(judgements(3)).model_dump_json())
    assert read_calibration(path) == held(judgements(3))
    path.write_text("{}")
    with pytest.raises(UsageError, match="is no calibration"):
        read_calibration(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_calibration(tmp_path / "none")
