"""The verdict on the terminal page."""

import io

from eval.stats.agreement import Accuracy
from eval.verdict.compare import Terms, compare_sides
from eval.verdict.comparison import Comparison
from eval.verdict.measure import Trust
from eval.verdict.say import say
from pipeline.cli.page import Page
from tests.eval.verdict.made import RUBRIC, choice, made


def said(found: Comparison) -> str:
    stream = io.StringIO()
    say(Page(stream), found)
    assert max(map(len, stream.getvalue().split("\n"))) <= 100
    return " ".join(stream.getvalue().split())


def test_the_verdict_comes_first_and_every_figure_is_there() -> None:
    asked = [choice(1, "a", "b", "second"), choice(1, "b", "a", "second")]
    found = compare_sides(
        made("a", 120, judge="gpt", three=range(30, 34)),
        made("b", 120, judge="gpt", three=range(0, 120, 3), fits=range(9)),
        RUBRIC,
        terms=Terms(margin=5),
        choices=asked,
    )
    told = said(found)
    for words in (
        "b against a",
        "Worse. three is worse: -30.0 points over 120 cases, p below 0.001 by Holm.",
        "Not shown to stay within 5 points: three.",
        "120 cases, m, scored by decline@v1. Judged by gpt.",
        "preferred cases % b 0 0.0 [0.0, 79.3] a 0 0.0",
        "Neither, or now one, now the other: 1 of 1 cases. Both orders gave the same choice in 0 of 1.",
        "three* 120 96.7 66.7 -30.0 [",
        "38/2",
        "<.001",
        "worse",
        "What a judge advises",
        "The same on every case: clear_no, length.",
        "kind discount: three is worse,",
        "Passed before, fails now",
        "cases lost something, 2 only won.",
        "more are in the report.",
    ):
        assert words in told, told


def test_rates_are_also_told_for_the_known_mistakes_of_the_judge() -> None:
    trust = Trust(frozenset({"fits"}), {"fits": Accuracy(90, 100, 40, 50)})
    sides = made("a", 100, judge="gpt"), made("b", 100, judge="gpt", fits=range(40))
    told = said(compare_sides(*sides, RUBRIC, terms=Terms(trust)))
    assert "Rates, corrected for the known mistakes of the judge" in told
    assert "fits 100.0 [100.0, 100.0] 57.1 [" in told
    assert "known mistakes" not in said(compare_sides(*sides, RUBRIC))


def test_a_version_beside_its_own_stored_state_is_called_so() -> None:
    told = said(compare_sides(made("draft@v1", 20), made("draft@v1", 20), RUBRIC))
    assert "draft@v1 against its stored baseline" in told


def test_a_scale_is_told_apart_from_its_pass_and_no_interval_is_cut() -> None:
    told = said(compare_sides(made("a", 20), made("b", 20, three=range(20)), RUBRIC))
    assert "three* 20 100.0 0.0 -100.0 [-100.0, -" in told
    assert "…" not in told
    assert "(mean)" in told


def test_nothing_to_see() -> None:
    told = said(compare_sides(made("a", 20), made("b", 20), RUBRIC, terms=Terms(margin=50)))
    assert "No evidence at this size. No criterion that counts shows a difference." in told
    assert "All that gates is within 50 points." in told
    assert "lost something" not in told
