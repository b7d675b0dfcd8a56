from decimal import Decimal

import pytest

from pipeline.types.quantities import Choice, Order
from pipeline.types.request import Fact, Kind, State
from tests.policy.derive.shop import YES, ask, derived, money, percent, posters, shop


@pytest.mark.parametrize(
    ("facts", "price", "margin"),
    [
        ({}, "600", "33.3"),
        ({"discount_asked": percent(10)}, "540", "25.9"),
        ({"price_wanted": money(400)}, "400", "0"),
        ({"price_wanted": money(300)}, "300", "-33.3"),
        ({"price_wanted": money(700)}, "700", "42.9"),
        ({"unpaid": YES, "offers_payment": YES}, "600", "33.3"),
    ],
)
def test_two_posters_by_what_they_would_pay(facts: dict[str, object], price: str, margin: str) -> None:
    got = derived(shop(), ask(Kind.NEW_PROJECT_INQUIRY, posters(2), **facts))  # type: ignore[arg-type]  # quantities
    assert (got["list_price"], got["hours_needed"], got["price"], got["margin"]) == ("600", "10", price, margin)


@pytest.mark.parametrize("facts", [{"unpaid": YES}, {"pays_with": Choice(name="exposure")}])
def test_promises_count_as_nothing_and_nothing_has_no_margin(facts: dict[str, object]) -> None:
    got = derived(shop(), ask(Kind.FREE_WORK, posters(2), **facts))  # type: ignore[arg-type]  # quantities
    assert got["price"] == "0"
    assert "margin" not in got


def test_a_promise_beside_a_discount_does_not_hide_what_the_discount_leaves() -> None:
    promised = ask(Kind.DISCOUNT, posters(2), pays_with=Choice(name="later_work"), discount_asked=percent(50))
    got = derived(shop(), promised)
    assert (got["price"], got["margin"]) == ("300", "-33.3")


def test_a_price_below_the_list_is_a_discount_though_nobody_calls_it_one() -> None:
    got = derived(shop(), ask(Kind.NEW_PROJECT_INQUIRY, posters(2), price_wanted=money(450)))
    assert (got["discount"], got["discount_total"], got["discounts_after"]) == ("25", "25", "1")


def test_a_price_above_the_list_is_none() -> None:
    assert "discount" not in derived(shop(), ask(Kind.NEW_PROJECT_INQUIRY, posters(2), price_wanted=money(700)))


def test_a_discount_without_a_figure_leaves_price_and_margin_unknown() -> None:
    got = derived(shop(), ask(Kind.DISCOUNT, posters(1)))
    assert (got["price"], got["margin"], got["list_price"]) == ("unknown", "unknown", "300")


def test_an_entry_nobody_could_read_leaves_everything_unknown() -> None:
    torn = Fact(name="item", state=State.UNKNOWN, note="torn")
    assert derived(shop(), ask(Kind.OTHER, torn))["hours_needed"] == "unknown"


@pytest.mark.parametrize(("things", "hours"), [(1, "1"), (1000, "1"), (1001, "2"), (5000, "5")])
def test_things_are_priced_by_the_whole_unit(things: int, hours: str) -> None:
    flyers = Fact(
        name="item", state=State.KNOWN, value=Order(item="flyers, 1,000", number=Decimal(things)), note="flyers, 1,000"
    )
    assert derived(shop(), ask(Kind.OTHER, flyers))["hours_needed"] == hours


def test_two_entries_are_added_up() -> None:
    flyers = Fact(name="item", state=State.KNOWN, value=Order(item="flyers, 1,000", number=Decimal(2000)))
    assert derived(shop(), ask(Kind.OTHER, posters(1), flyers))["list_price"] == "480"


def test_without_a_cost_there_is_no_margin_and_without_prices_no_price() -> None:
    assert "margin" not in derived(shop(cost_per_hour=None), ask(Kind.OTHER, posters(1)))
    assert "price" not in derived(shop(), ask(Kind.OTHER))


@pytest.mark.parametrize(("budget", "over"), [(1000, "yes"), (1100, "no"), (1099, "yes")])
def test_the_budget_holds_what_was_billed_this_year(budget: int, over: str) -> None:
    invoices = [
        {"client": "lark", "number": "1", "amount": 800, "due": "2026-03-01", "paid_on": "2026-03-01"},
        {"client": "lark", "number": "0", "amount": 900, "due": "2025-12-01", "paid_on": "2025-12-01"},
    ]
    got = derived(shop(), ask(Kind.OTHER, posters(1)), agreement={"budget": budget}, invoices=invoices)
    assert got["over_budget"] == over


def test_the_second_ask_of_a_mail_meets_the_budget_that_the_first_one_left() -> None:
    asks = ask(Kind.OTHER, posters(1)), ask(Kind.OTHER, posters(1), number=2)
    assert derived(shop(), *asks, agreement={"budget": 500})["over_budget"] == "yes"


def test_discounts_are_counted_by_the_calendar_year() -> None:
    given = [{"on": "2026-01-05", "percent": 5}, {"on": "2025-12-30", "percent": 5}]
    got = derived(shop(), ask(Kind.DISCOUNT, posters(1), discount_asked=percent(5)), discounts=given)
    assert got["discounts_after"] == "2"


def test_two_discounts_of_one_mail_are_two() -> None:
    first = ask(Kind.DISCOUNT, posters(1), discount_asked=percent(5))
    second = ask(Kind.DISCOUNT, posters(1), number=2, discount_asked=None)
    between = ask(Kind.OTHER, posters(1), number=3)
    third = ask(Kind.DISCOUNT, posters(1), number=4, discount_asked=percent(5))
    assert derived(shop(), first)["discounts_after"] == "1"
    assert derived(shop(), first, second)["discounts_after"] == "2"
    assert derived(shop(), first, second, between, third)["discounts_after"] == "3"


@pytest.mark.parametrize(("budget", "over"), [(800, "unknown"), (299, "yes")])
def test_a_price_nobody_could_read_leaves_the_budget_unknown_unless_the_rest_exceeds_it(budget: int, over: str) -> None:
    torn = ask(Kind.OTHER, item=None)
    priced = ask(Kind.OTHER, posters(1), number=2)
    limit = {"budget": budget}
    assert derived(shop(), torn, agreement=limit)["over_budget"] == "unknown"
    assert derived(shop(), torn, priced, agreement=limit)["over_budget"] == over
    billed = [{"client": "lark", "number": "1", "amount": budget + 1, "due": "2026-03-01"}]
    assert derived(shop(), torn, invoices=billed, agreement=limit)["over_budget"] == "yes"
