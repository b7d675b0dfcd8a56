import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

from pipeline.policy.learn.gather import report
from pipeline.policy.learn.report import Drafts, Report
from pipeline.sheets.report import as_html, figure
from pipeline.types.decision import Action
from pipeline.types.records import Client, Week
from pipeline.types.request import Kind
from tests.fakes import TODAY, business
from tests.policy.learn.pasts import asked, euros, percent

LARK = Client(id="lark", name="Lark <script>", domains=("lark.example",))
WEEKS = (Week(week="2026-W48", capacity=Decimal("1200.5"), booked=Decimal(60)),)
SHOP = business(clients=(LARK,)).model_copy(update={"weeks": WEEKS})


def full() -> Report:
    past = [
        asked(n, "discount", on=date(2026, 1 + n, 3), discount=percent(20), list_price=euros(900)) for n in range(6)
    ]
    past += [
        asked(10, action=Action.ESCALATE, code="unknown_fact", deadline=None),
        asked(11, "overdue", kind=Kind.NEW_PROJECT_INQUIRY),
    ]
    return report(past, SHOP, TODAY, Drafts(n=3, edited=1))


class _Balance(HTMLParser):
    """Every element that is opened is closed, in order."""

    empty = frozenset({"meta", "line", "rect", "circle", "polyline", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.empty:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing() -> None:
    html = as_html(full(), TODAY)
    reader = _Balance()
    reader.feed(html)
    assert reader.open == []
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=|url\(|@import|https?:", html)
    assert "Lark &lt;script&gt;" in html


def test_every_plot_has_a_title_a_text_and_a_table() -> None:
    html = as_html(full(), TODAY)
    assert html.count('role="img"') == html.count("<desc ") == html.count("<figure") == 2
    assert html.count("</figure>\n<table>") == 2
    assert html.count("<svg") == html.count('aria-hidden="true"') + 2


def test_every_figure_says_what_it_is_of() -> None:
    html = as_html(full(), TODAY)
    assert "By reason <small>7 noes</small>" in html
    assert "6 of 6" in html
    assert "Of 3 drafts on disk, people changed 1; 0 are no longer in the folder." in html
    assert "1,080.00 EUR" in html


def test_fewer_than_three_months_are_not_drawn() -> None:
    html = as_html(report([asked(1, "discount")], business(), TODAY), TODAY)
    assert "A trend needs three months; this history covers 1." in html
    assert "<polyline" not in html


def test_a_history_without_any_ask_is_a_page_too() -> None:
    html = as_html(report([], business(), TODAY), TODAY)
    assert "No mail in this history asked for anything." in html


def test_figures_have_no_more_digits_than_they_need() -> None:
    assert [figure(Decimal(n)) for n in ("120", "1200.50", "0", "1E+3")] == ["120", "1,200.5", "0", "1,000"]
