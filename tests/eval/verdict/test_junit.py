"""JUnit XML: what broke fails, what never passed is skipped, errors are errors."""

from xml.etree import ElementTree as ET

from eval.verdict.compare import compare_sides
from eval.verdict.junit import junit
from eval.verdict.side import side_of
from tests.eval.verdict.made import ERROR, NA, RUBRIC, made, record, records, score


def test_one_suite_a_criterion_that_gates() -> None:
    baseline, candidate = made("a", 40, three=range(2)), made("b", 40, three=range(12))
    root = ET.fromstring(junit(compare_sides(baseline, candidate, RUBRIC), baseline, candidate))
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["verdict", "clear_no", "three"]
    assert (suites["verdict"][0].get("name"), suites["verdict"].get("failures")) == ("worse", "1")
    counts = {name: suites["three"].get(name) for name in ("tests", "failures", "skipped", "errors")}
    assert counts == {"tests": "40", "failures": "10", "skipped": "2", "errors": "0"}


def test_errors_and_what_is_missing() -> None:
    baseline = made("a", 4)
    rows = [*list(records("b", 4, {}))[2:], record(0, "b", score("three", ERROR)), record(1, "b", score("three", NA))]
    candidate = side_of([row for row in rows if row.about.case != "c003"], "b")
    root = ET.fromstring(junit(compare_sides(baseline, candidate, RUBRIC), baseline, candidate))
    three = next(suite for suite in root if suite.get("name") == "three")
    assert [[part.tag for part in case] for case in three] == [["error"], ["skipped"], [], ["error"]]
    assert root[0].get("errors") == "1"
