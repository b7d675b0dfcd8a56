"""The page of a run: the verdict first, every draft linked, hostile text inert, nothing loaded."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser

from eval.report.page import page
from eval.rubrics.load import load_rubric
from eval.verdict.compare import compare
from tests.eval.report.made import HOSTILE, choices, records

RUBRIC = load_rubric("decline@v1")
CASES = 48
_VOID = frozenset({"meta", "br", "circle", "rect", "path", "line", "use"})


@cache
def compared() -> str:
    made = records(RUBRIC, CASES)
    found = compare(made, "draft@v1", "draft@v2", RUBRIC, choices=choices(CASES))
    return page(made, choices(CASES), found, RUBRIC)


@cache
def alone() -> str:
    return page(records(RUBRIC, 20, ("draft@v1",)), (), None, RUBRIC)


class Read(HTMLParser):
    """What stands on a page: tags in order, ids, links, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.handlers += [name for name in given if name.startswith("on") or name in {"src", "style"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing() -> None:
    for html in (compared(), alone()):
        read = Read(html)
        assert read.open == []
        assert len(read.ids) == len(set(read.ids))
        assert read.handlers == []
        assert not {"img", "iframe", "object", "link", "form", "input", "base"} & set(read.tags)
        assert all(link.startswith("#") and link[1:] in read.ids for link in read.links)
        assert not re.search(r"url\(|@import", html)
        assert "default-src 'none'" in html


def test_no_script_comes_from_a_mail_a_model_or_a_judge() -> None:
    html = compared()
    assert Read(html).tags.count("script") == 1
    assert HOSTILE not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "\u202e" not in html
    assert "⟨U+202E⟩" in html
    assert "{{7*7}}" in html


def test_the_script_is_the_one_that_the_page_allows() -> None:
    allowed = re.search(r"script-src 'sha256-([^']+)'", compared())
    script = re.search(r"<script>(.*?)</script>", compared(), re.DOTALL)
    assert allowed is not None
    assert script is not None
    assert b64encode(sha256(script[1].encode()).digest()).decode() == allowed[1]


def test_the_verdict_stands_first_with_what_it_rests_on() -> None:
    body = compared().partition("<main>")[0]
    assert '<h1 class="worse">Worse</h1>' in body
    assert f"<b>{CASES}</b>cases, paired" in body
    assert "points in clear no, 95% between" in body
    assert "is the least difference in it" in body


def test_every_draft_is_linked_and_stands_on_the_page() -> None:
    html = compared()
    read = Read(html)
    drafts = [id_ for id_ in read.ids if re.fullmatch(r"d\d+", id_)]
    points = re.findall(r'<a href="#(d\d+)" class="point', html)
    assert len(drafts) == 2 * CASES
    assert len(points) == len(set(points))
    unplaced = re.search(r"Without a place</th><td class=\"n\">(\d+)</td><td class=\"n\">(\d+)", html)
    assert unplaced is not None
    assert len(points) + int(unplaced[1]) + int(unplaced[2]) == 2 * CASES


def test_what_only_advises_is_marked_and_errors_are_told_with_their_drafts() -> None:
    html = compared()
    warm = html.partition('<span class="what">warm</span>')[2].partition("</tr>")[0]
    assert "advises only" in warm
    assert "in error" in html
    assert "extract: the reply does not fit its schema: asks" in html
    assert "judge: the reply answers &#39;warm&#39; twice" in html


def test_a_choice_counts_only_if_it_holds_in_both_orders() -> None:
    assert "The choice held in both orders in 36 of 48 pairs (75%)" in compared()


def test_one_version_has_rates_and_a_plot_and_no_verdict() -> None:
    html = alone()
    assert "Measured, not compared" in html
    assert 'class="point v0"' in html
    assert "Holm" not in html
    assert "Worst regressions" not in html


def test_records_without_a_judge_make_a_page() -> None:
    made = [r.model_copy(update={"judgement": None, "scores": ()}) for r in records(RUBRIC, 3)]
    html = page(made, (), None, RUBRIC)
    assert "No draft has both scores" in html
    assert "nobody judged" in html


def test_a_thousand_drafts_would_take_less_than_ten_megabytes() -> None:
    assert len(compared().encode()) / (2 * CASES) < 10_000


def test_a_corrected_rate_stands_on_its_own_line() -> None:
    """Beside the rate it made the table wider than a page of 1,200 points."""
    style = re.search(r"<style>(.*?)</style>", compared(), re.DOTALL)
    assert style
    assert ".corrected { display: block;" in style[1]
