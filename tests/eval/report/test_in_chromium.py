"""The report as a browser shows it: what stands first, what a click opens, how wide it is, what it loads.

With ``CANDOR_PICTURES=DIR`` screenshots are left there to be looked at. Skipped where there is no Chromium.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from eval.report.page import page
from eval.rubrics.load import load_rubric
from eval.verdict.compare import compare
from tests.eval.report.browser import CHROMIUM, Browser, browser
from tests.eval.report.made import choices, records

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on the path")
CASES = 48


@cache
def html() -> str:
    rubric = load_rubric("decline@v1")
    made = records(rubric, CASES)
    found = compare(made, "draft@v1", "draft@v2", rubric, choices=choices(CASES))
    return page(made, choices(CASES), found, rubric)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as made:
        yield made


def seen(tab: Browser, name: str) -> None:
    if folder := os.environ.get("CANDOR_PICTURES"):
        tab.picture(Path(folder) / f"{name}.png")


def count(tab: Browser, selector: str) -> int:
    return int(tab.eval(f"document.querySelectorAll('{selector}').length"))


def nothing_went_wrong(tab: Browser, report: Path) -> None:
    asked = [each["request"]["url"] for each in tab.told("Network.requestWillBeSent")]
    assert asked == [report.as_uri()]
    assert not tab.told("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")


def test_the_verdict_is_the_first_thing_to_be_seen(tab: Browser, report: Path) -> None:
    tab.open(report, 1200)
    seen(tab, "verdict")
    assert tab.eval("document.querySelector('h1').textContent") == "Worse"
    assert tab.eval("document.querySelector('h1').getBoundingClientRect().top") < 200
    assert tab.eval("document.querySelector('main').getBoundingClientRect().top > 250")
    nothing_went_wrong(tab, report)


def test_the_quadrant_has_one_point_a_draft_that_can_be_seen_and_told_by_its_colour(tab: Browser, report: Path) -> None:
    tab.open(report, 1200)
    unplaced = tab.eval(
        "Array.from(document.querySelectorAll('.quadrant tbody tr:last-child td'), each => +each.textContent)"
    )
    assert count(tab, "a.point") == 2 * CASES - sum(unplaced)
    tab.eval("document.querySelector('.quadrant').scrollIntoView({block: 'center', behavior: 'instant'})")
    seen(tab, "quadrant")
    inside = """(b => Array.from(document.querySelectorAll('a.point'), a => a.getBoundingClientRect())
        .every(r => r.width > 3 && r.left >= b.left && r.right <= b.right && r.top >= b.top && r.bottom <= b.bottom)
        )(document.querySelector('.quadrant > svg').getBoundingClientRect())"""
    assert tab.eval(inside)
    colours = tab.eval(
        "[...new Set(Array.from(document.querySelectorAll('a.point'), a => a.classList[1] + getComputedStyle(a).fill))]"
    )
    assert len(colours) == 2


@pytest.mark.parametrize("width", [400, 1200])
def test_a_click_on_a_point_opens_mail_decision_draft_and_findings(tab: Browser, report: Path, width: int) -> None:
    tab.open(report, width)
    assert not tab.eval("document.elementFromPoint(innerWidth - 60, 300).closest('#pane')")
    tab.click("a.point.v1")
    seen(tab, f"pane-{width}")
    assert tab.eval("!document.querySelector('#pane').hidden")
    for part in (".theirs .mail", ".theirs .why", ".ours .draft h3", ".ours :is(.letter, .none)", ".ours .findings"):
        assert count(tab, f"#pane {part}") == 1, part
    place = "document.querySelector('#pane {}').getBoundingClientRect()"
    theirs, ours = (tab.eval(f"(r => ({{left: r.left, top: r.top}}))({place.format(s)})") for s in (".theirs", ".ours"))
    assert ours["left"] > theirs["left"] if width == 1200 else ours["top"] > theirs["top"]
    assert theirs["left"] >= 16, "the pane leaves room at the edge, also beside a scroll bar"
    assert tab.eval("document.querySelector('#pane').scrollWidth <= document.querySelector('#pane').clientWidth")
    tab.ask("Input.dispatchKeyEvent", type="keyDown", key="Escape")
    assert tab.eval("document.querySelector('#pane').hidden")
    nothing_went_wrong(tab, report)


def test_a_regression_opens_both_drafts_side_by_side(tab: Browser, report: Path) -> None:
    tab.open(report, 1200)
    tab.click(".lost a")
    seen(tab, "regression")
    assert count(tab, "#pane .ours .draft") == 2
    lefts = tab.eval("Array.from(document.querySelectorAll('#pane .draft'), d => d.getBoundingClientRect().left)")
    assert lefts[0] < lefts[1]


@pytest.mark.parametrize("width", [400, 1200])
@pytest.mark.parametrize("scripts", [True, False])
def test_no_line_is_wider_than_the_window(tab: Browser, report: Path, width: int, *, scripts: bool) -> None:
    tab.open(report, width, scripts=scripts)
    tab.eval("document.querySelectorAll('details').forEach(each => { each.open = true })")
    seen(tab, f"page-{width}{'' if scripts else '-without-scripts'}")
    assert tab.eval("document.documentElement.scrollWidth") <= width
    nothing_went_wrong(tab, report)


def test_it_reads_without_scripts(tab: Browser, report: Path) -> None:
    tab.open(report, 1200, scripts=False)
    link = tab.eval("document.querySelector('a.point').getAttribute('href')")
    tab.click("a.point")
    seen(tab, "linked-without-scripts")
    assert tab.eval("location.hash") == link
    assert tab.eval("document.querySelector('#pane').hidden")
    assert tab.eval(f"document.querySelector('{link}').closest('details').open"), "its case unfolds"
    assert count(tab, "details.case .mail") >= CASES
