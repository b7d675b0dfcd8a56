"""The page of the guard: every code has a row, every row's examples hold, and the page is what is shown."""

import pytest

from pipeline.guard.findings import FINDINGS
from tests.guard.examples import PAGE, Example, examples, made, page


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.code)
def test_what_fails_raises_its_code_and_what_passes_does_not(example: Example) -> None:
    found = made(example.fails).inspect().findings
    codes = {finding.code for finding in found}
    assert example.code in codes
    assert example.expected is None or codes == example.expected
    severities = {finding.severity for finding in found if finding.code == example.code}
    assert severities == {FINDINGS[example.code].severity}
    assert made(example.passes).codes() == set()


def test_every_code_has_an_example() -> None:
    assert [example.code for example in examples()] == list(FINDINGS)


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.guard.examples"
