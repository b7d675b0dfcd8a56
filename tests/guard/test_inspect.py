"""The good drafts pass untouched; every draft, however hostile, is judged, and quickly."""

import pytest

from pipeline.guard.version import guard_version
from pipeline.types.verdict import Severity
from tests.guard.good import DISCOUNT, GOOD, Case
from tests.soon import soon

HOSTILE = {
    "letters": "a" * 100_000,
    "digits": "1" * 100_000,
    "braces": "{" * 100_000,
    "slots": "{offer.smaller.price}" * 5_000,
    "phrases": "we can't promise you free work, sorry, " * 2_600,
    "marks": "a" + "\u0301" * 100_000,
    "spaces": " " * 100_000 + "x",
    "nothing": "",
    "null": "\0\ud800",
}


@pytest.mark.parametrize("case", GOOD.values(), ids=GOOD)
def test_a_good_draft_has_no_finding(case: Case) -> None:
    assert case.inspect().findings == ()


def test_the_verdict_names_the_guard() -> None:
    assert DISCOUNT.inspect().guard == guard_version()
    assert len(guard_version()) == 16


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("size", [100_000, 4_000])
def test_hostile_text_is_refused_soon(words: str, size: int) -> None:
    DISCOUNT.inspect()  # the lexicons are read once
    case = (
        DISCOUNT.adding("rule:discount", words[:size]) if words else DISCOUNT.without(*{b for b, _ in DISCOUNT.lines})
    )
    with soon():
        assert not case.inspect().ok


def test_a_flood_of_marks_hides_no_block() -> None:
    case = DISCOUNT
    for _ in range(70):
        case = case.adding("courtesy", "Here is a lesson.")
    case = case.adding("courtesy", "We promise it.")
    verdict = case.inspect()
    assert not verdict.ok
    assert {finding.severity for finding in verdict.findings[:1]} == {Severity.BLOCK}


def test_a_finding_points_at_the_words_in_the_body() -> None:
    case = DISCOUNT.adding("courtesy", "We\u2019ll see what we can do.")
    finding = next(f for f in case.inspect().findings if f.code == "stance.soft_accept")
    assert case.draft.body[finding.start : finding.end] == finding.excerpt == "We\u2019ll see what"
