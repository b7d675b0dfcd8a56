"""Verdicts over made records: worse, better, no evidence, none; who may gate; where it is and which cases."""

import pytest

from eval.stats.agreement import Accuracy
from eval.verdict.compare import Terms, compare, compare_sides
from eval.verdict.comparison import Comparison, Measured, Word
from eval.verdict.measure import Trust
from pipeline.errors import UsageError
from tests.eval.verdict.made import ERROR, NA, RUBRIC, choice, made, record, records, score


def row(found: Comparison, criterion: str, measure: str = "passes") -> Measured:
    return next(one for one in found.measured if (one.criterion, one.measure) == (criterion, measure))


def test_a_loss_on_what_gates_is_worse_and_says_all_its_figures() -> None:
    found = compare([*records("a", 120, {}), *records("b", 120, {"three": range(30)})], "a", "b", RUBRIC)
    assert found.verdict is Word.WORSE
    assert found.why == ("three is worse: -25.0 points over 120 cases, p below 0.001 by Holm.",)
    three = row(found, "three")
    assert (three.n, three.lost, three.gained, three.word, three.test) == (120, 30, 0, Word.WORSE, "McNemar, mid-p")
    assert (three.baseline.value, three.candidate.value, three.difference.value) == (1.0, 0.75, -0.25)
    assert -0.34 < three.difference.low < -0.25 < three.difference.high < -0.17
    assert 0.05 < three.visible < 0.15
    assert row(found, "clear_no").word is Word.OPEN


def test_a_gain_is_better_unless_something_else_is_lost() -> None:
    baseline = made("a", 120, three=range(30))
    assert compare_sides(baseline, made("b", 120), RUBRIC).verdict is Word.BETTER
    traded = compare_sides(baseline, made("b", 120, length=range(40)), RUBRIC)
    assert traded.verdict is Word.OPEN  # length doesn't gate, but it is a loss
    assert [why.split(":")[0] for why in traded.why] == ["length is worse", "three is better"]


def test_little_is_no_evidence() -> None:
    found = compare_sides(made("a", 120, three=range(4)), made("b", 120, three=range(2, 8)), RUBRIC)
    assert (found.verdict, found.why) == (Word.OPEN, ("No criterion that counts shows a difference.",))


def test_a_judge_advises_until_it_is_trusted() -> None:
    sides = made("a", 100, judge="gpt"), made("b", 100, judge="gpt", fits=range(40))
    advised = compare_sides(*sides, RUBRIC)
    assert (advised.verdict, row(advised, "fits").word, row(advised, "fits").counts) == (Word.OPEN, Word.WORSE, False)
    trust = Trust(frozenset({"fits"}), {"fits": Accuracy(90, 100, 40, 50)})
    trusted = compare_sides(*sides, RUBRIC, terms=Terms(trust))
    assert (trusted.verdict, row(trusted, "fits").gates) == (Word.WORSE, True)
    corrected = row(trusted, "fits").corrected
    assert corrected is not None
    assert corrected[1].value == pytest.approx((0.6 + 0.8 - 1) / 0.7)


def test_the_heuristic_judge_is_never_trusted() -> None:
    sides = made("a", 100, judge="heuristic"), made("b", 100, judge="heuristic", fits=range(40))
    found = compare_sides(*sides, RUBRIC, terms=Terms(Trust(frozenset({"fits"}))))
    assert (found.verdict, row(found, "fits").gates) == (Word.OPEN, False)


def test_an_axis_has_its_values_compared_and_gates_when_trusted() -> None:
    sides = made("a", 100, judge="gpt"), made("b", 100, judge="gpt", care=range(0, 100, 3))
    found = compare_sides(*sides, RUBRIC, terms=Terms(Trust(frozenset({"care"}))))
    care = row(found, "care", "scale")
    assert (care.gates, care.word, care.test) == (True, Word.WORSE, "sign flips over clusters")
    assert care.difference.value == pytest.approx(-0.68)
    assert found.verdict is Word.WORSE


def test_choices_are_a_measure_of_their_own() -> None:
    asked = [c for i in range(20) for c in (choice(i, "a", "b", "second"), choice(i, "b", "a", "first"))]
    found = compare_sides(made("a", 20), made("b", 20), RUBRIC, choices=asked)
    preference = row(found, "preference", "preferred")
    assert (preference.gained, preference.word, preference.counts) == (20, Word.BETTER, False)
    assert found.consistency is not None
    assert (found.consistency.held, found.consistency.asked, found.verdict) == (20, 20, Word.OPEN)


def test_what_does_not_apply_in_either_leaves_the_criterion() -> None:
    one = [record(i, "a", score("three", NA if i < 5 else True)) for i in range(20)]
    other = [record(i, "b", score("three", NA if i >= 18 else True)) for i in range(20)]
    found = row(compare([*one, *other], "a", "b", RUBRIC), "three")
    assert (found.n, found.left_out) == (13, 7)


def test_too_many_errors_are_no_verdict_but_only_in_what_gates() -> None:
    def broken(criterion: str) -> Comparison:
        one = [record(i, "a", score("three", True), score("length", True)) for i in range(20)]
        other = [record(i, "b", score("three", False), score(criterion, ERROR if i < 3 else True)) for i in range(20)]
        return compare([*one, *other], "a", "b", RUBRIC)

    assert broken("length").verdict is Word.WORSE
    assert (broken("clear_no").verdict, broken("clear_no").faults[1].errors) == (Word.NONE, 3)


def test_cases_that_were_not_run_are_errors() -> None:
    found = compare_sides(made("a", 20), made("b", 15), RUBRIC)
    assert (found.verdict, found.cases, found.faults[1].errors) == (Word.NONE, 15, 5)
    assert found.why == ("b: 5 of 20 records are errors or missing.",)


def test_nothing_in_common_is_no_verdict() -> None:
    found = compare([record(1, "a", score("fits", True)), record(1, "b", score("fits", True))], "a", "b", RUBRIC)
    assert found.verdict is Word.NONE


def test_slices_get_a_word_from_twenty_cases_on() -> None:
    found = compare_sides(made("a", 120), made("b", 120, three=range(0, 120, 3)), RUBRIC)
    three = {one.name: one for one in found.slices if one.criterion == "three"}
    assert (three["discount"].n, three["discount"].word, three["discount"].difference) == (40, Word.WORSE, -1.0)
    assert (three["free_work"].word, three["free_work"].difference) == (Word.OPEN, 0.0)
    assert (three["firm1"].n, three["firm1"].word) == (10, None)


def test_regressions_come_worst_first() -> None:
    baseline = made("a", 30, three=range(20, 25))
    candidate = made("b", 30, three=range(5), clear_no=range(3, 4), length=range(7, 9), fits=range(9, 10))
    found = compare_sides(baseline, candidate, RUBRIC)
    assert [(one.about.case, one.gates) for one in found.regressions[:2]] == [("c003", 2), ("c000", 1)]
    assert found.regressions[0].lost == ("clear_no", "three")
    assert found.regressions[-1].lost == ("fits",)  # a judge that only advises comes last
    assert (len(found.regressions), found.gained) == (8, 5)


def test_a_margin() -> None:
    sides = made("a", 200), made("b", 200, three=range(3))
    wide = compare_sides(*sides, RUBRIC, terms=Terms(margin=6))
    assert (wide.within, row(wide, "three").within, row(wide, "length").within) == (True, True, None)
    assert compare_sides(*sides, RUBRIC, terms=Terms(margin=2)).within is False
    assert compare_sides(*sides, RUBRIC).within is None


def test_it_comes_back_from_json() -> None:
    found = compare_sides(made("a", 40, judge="gpt"), made("b", 40, judge="gpt", three=range(9)), RUBRIC)
    assert Comparison.model_validate_json(found.model_dump_json()) == found


def test_what_may_not_be_compared() -> None:
    offline = [record(1, v, score("three", True), model="offline") for v in "ab"]
    with pytest.raises(UsageError, match="offline does not read prompts"):
        compare(offline, "a", "b", RUBRIC)
    one = made("a", 3)
    for changed, words in (
        ({"suite": "s2"}, "different states of the suite"),
        ({"rubric": "decline@v1 h2"}, "different texts of decline@v1"),
        ({"rubric": "decline@v2 h"}, "scored by decline@v2, not by decline@v1"),
    ):
        other = one.model_copy(update={"origin": one.origin.model_copy(update=changed)})
        with pytest.raises(UsageError, match=words):
            compare_sides(one, other, RUBRIC)
