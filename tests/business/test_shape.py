from datetime import date
from decimal import Decimal

import pytest
from pydantic import Field

from pipeline.business.shape import read
from pipeline.errors import BusinessError
from pipeline.types.base import Value
from pipeline.yamltree import parse


class Note(Value):
    what: str
    on: date | None = None


class Page(Value):
    title: str
    day: date | None = None
    price: Decimal = Field(default=Decimal(0), ge=0)
    percent: Decimal | None = None
    times: int = 1
    open: bool = False
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    week: str = Field(default="2026-W01", pattern=r"^\d{4}-W\d{2}$")
    said: dict[str, str] = Field(default_factory=dict)


def page(text: str) -> Page:
    return read(parse(text, "page.yaml", BusinessError), Page)


def test_words_mean_what_their_field_says() -> None:
    found = page(
        "{title: no, day: 2026-12-24, price: 12.50, percent: 8 %, times: 2, open: yes, tags: [on, off], said: {en: y}}"
    )
    assert found == Page(
        title="no", day=date(2026, 12, 24), price=Decimal("12.50"), percent=Decimal(8), times=2, open=True,
        tags=("on", "off"), said={"en": "y"},
    )  # fmt: skip


def test_a_key_without_a_value_counts_as_left_out() -> None:
    assert page("title: x\nday:\ntags:\nnotes:\n") == Page(title="x")


def test_one_alone_may_stand_without_its_list_and_a_text_for_the_entry_it_names() -> None:
    assert page("{title: x, tags: one}").tags == ("one",)
    assert page("{title: x, notes: [the photographs, {what: the text, on: 2026-01-02}]}").notes == (
        Note(what="the photographs"),
        Note(what="the text", on=date(2026, 1, 2)),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{title: x, price: '4,800'}", "1:19: 'price': '4,800' is not a number with a point; write 4800"),
        ("{title: x, price: 4.800}", "1:19: 'price': '4.800' can be read in two ways; write 4800 or 4.80"),
        ("{title: x, price: '4.800,50'}", "1:19: 'price': '4.800,50' is not a number with a point; write 4800.50"),
        ("{title: x, price: 1'200}", "1:19: 'price': '1'200' is not a number with a point; write 1200"),
        ("{title: x, price: €12}", "1:19: 'price': '€12' is not a number with a point; write 12"),
        ("{title: x, price: much}", "1:19: 'price': 'much' is not a number with a point, e.g. 1200 or 12.50"),
        ("{title: x, titel: y}", "1:19: unknown key 'titel' (did you mean 'title'?)"),
        ("{title: x, zzz: y}", "1:17: unknown key 'zzz'; there are title, day, price"),
        ("{day: 2026-01-01}", "1:1: 'title' is missing"),
        ("{title: }", "1:8: 'title' is missing"),
        ("[a]", "1:1: lines such as 'title: ...' are expected here"),
        ("{title: [a]}", "1:9: 'title': one text is expected here"),
        (
            "{title: x, day: 24.12.2026}",
            "1:17: 'day': '24.12.2026' is not a day; write year-month-day, e.g. 2026-12-24",
        ),
        ("{title: x, day: 20261224}", "1:17: 'day': '20261224' is not a day"),
        ("{title: x, day: 2026-02-30}", "1:17: 'day': there is no day '2026-02-30'"),
        ("{title: x, day: 0226-02-03}", "1:17: 'day': the year of '0226-02-03' is not between 1900 and 2199"),
        ("{title: x, price: '12,5'}", "1:19: 'price': '12,5' is not a number with a point; write 12.5"),
        ("{title: x, price: 900 EUR}", "1:19: 'price': '900 EUR' is not a number with a point; write 900"),
        ("{title: x, price: NaN}", "1:19: 'price': 'NaN' is not a number"),
        ("{title: x, price: 1e99}", "1:19: 'price': '1e99' is not a number"),
        ("{title: x, price: 5%}", "1:19: 'price': '5%' is not a number"),
        ("{title: x, price: -1}", "1:19: 'price': it can't be less than 0"),
        ("{title: x, times: 1.5}", "1:19: 'times': '1.5' is not a whole number"),
        ("{title: x, open: true}", "1:18: 'open': 'true' is not one of yes, no"),
        ("{title: x, week: 38}", "1:18: 'week': a week is written as year and number, e.g. 2026-W38"),
        ("{title: x, tags: {a: b}}", "1:18: 'tags': a list is expected: each entry begins with '- '"),
        ("{title: x, notes: {what: a}}", "1:19: 'notes': a list is expected"),
        ("{title: x, notes: [{what: a, on: soon}]}", "1:34: 'on': 'soon' is not a day"),
        ("{title: x, said: hello}", "1:18: 'said': a text for each language is expected, e.g. en: ..."),
    ],
)
def test_a_fault_says_where_what_and_what_instead(text: str, says: str) -> None:
    with pytest.raises(BusinessError) as error:
        page(text)
    assert str(error.value).startswith(f"page.yaml:{says}")
