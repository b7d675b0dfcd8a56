import pytest

from pipeline.types.business import Partner
from pipeline.types.request import Kind
from tests.policy.derive.shop import ask, day, derived, entry, posters, shop

# Today is Thursday, 19 November 2026, in week 47.


@pytest.mark.parametrize(
    ("booked", "deadline", "left"),
    [
        ((40, 35), "2026-11-27", "-5"),  # five hours free until then, ten needed
        ((40, 30), "2026-11-27", "0"),
        ((30, 40), "2026-11-20", "0"),
        ((40, 30, 20), "2026-11-27", "0"),  # what comes later doesn't help
        ((40, 30), "2026-12-18", "0"),  # weeks beyond the calendar can't make it worse
        ((40, 35), "2026-12-18", "unknown"),  # but nobody knows if they help
        ((40, 30), "2026-11-24", "0"),  # a week counts whole, whichever of its days is the last
        ((0, 40), "2026-11-18", "-10"),  # yesterday holds no hours
        ((40, 30), "2026-11-29", "0"),  # a Sunday ends the week
    ],
)
def test_free_hours_until_the_deadline_less_ten(booked: tuple[int, ...], deadline: str, left: str) -> None:
    got = derived(shop(*booked), ask(Kind.NEW_PROJECT_INQUIRY, posters(2), deadline=day(deadline)))
    assert got["free_hours_after"] == left


def test_without_a_deadline_or_without_weeks_nothing_is_said_of_room() -> None:
    assert "free_hours_after" not in derived(shop(40), ask(Kind.OTHER, posters(2)))
    assert "free_hours_after" not in derived(shop(), ask(Kind.OTHER, posters(2), deadline=day("2026-11-27")))


@pytest.mark.parametrize(
    ("booked", "ready"),
    [((30, 40, 40), "2026-11-26"), ((40, 40, 35, 35), "2026-12-11"), ((40, 40), "unknown")],
)
def test_it_is_ready_by_the_end_of_the_week_that_has_the_hours_but_not_before_the_lead_time(
    booked: tuple[int, ...], ready: str
) -> None:
    assert derived(shop(*booked), ask(Kind.OTHER, posters(2)))["ready_by"] == ready


def test_the_second_ask_of_a_mail_finds_the_hours_that_the_first_one_left() -> None:
    asks = [ask(Kind.OTHER, posters(1), number=n, deadline=day("2026-11-27")) for n in (1, 2)]
    assert derived(shop(40, 32), *asks)["free_hours_after"] == "-2"


@pytest.mark.parametrize(("booked", "left"), [((40, 0), "unknown"), ((40, 36), "-1")])
def test_after_an_ask_that_nobody_could_read_only_too_few_hours_are_sure(booked: tuple[int, ...], left: str) -> None:
    asks = ask(Kind.OTHER, item=None), ask(Kind.OTHER, posters(1), number=2, deadline=day("2026-11-27"))
    got = derived(shop(*booked), *asks)
    assert (got["free_hours_after"], got["ready_by"]) == (left, "unknown")


def test_only_a_date_of_their_own_plan_can_be_late() -> None:
    rush = ask(Kind.SCOPE_ADDITION, posters(2), deadline=day("2026-11-27"))
    plan = [{"name": "fair", "due": "2026-11-27", "hours_left": 4}]
    assert derived(shop(40, 40, 20), rush, projects=plan)["days_late"] == "7"
    assert "days_late" not in derived(shop(40, 40, 20), rush, projects=[])
    assert "days_late" not in derived(shop(40, 20, 20), rush, projects=plan)


@pytest.mark.parametrize(("booked", "risk"), [((40, 40), "yes"), ((0, 0), "no")])
def test_other_work_is_at_risk_only_where_hours_are_short(booked: tuple[int, ...], risk: str) -> None:
    taken = entry("takes_from", "fair")
    got = derived(
        shop(*booked),
        ask(Kind.OTHER, posters(2), taken, deadline=day("2026-11-27")),
        projects=[{"name": "fair", "due": "2026-12-01"}],
    )
    assert got["other_work_at_risk"] == risk


def test_an_event_on_a_day_off() -> None:
    closed = shop(holidays=(day("2026-12-25").day,))
    assert derived(closed, ask(Kind.OTHER, event_day=day("2026-12-25")))["on_closed_day"] == "yes"
    assert derived(closed, ask(Kind.OTHER, event_day=day("2026-12-23")))["on_closed_day"] == "no"


@pytest.mark.parametrize(("deadline", "late"), [("2026-12-02", "yes"), ("2026-12-03", "no")])
def test_a_partner_must_be_told_ahead(deadline: str, late: str) -> None:
    ours = shop(partners=(Partner(name="Foil Ltd", for_=("foil",), notice=10),))
    got = derived(ours, ask(Kind.OTHER, entry("partner_work", "Foil Ltd: foil"), deadline=day(deadline)))
    assert got["partner_too_late"] == late


@pytest.mark.parametrize(("booked", "left"), [((40, 40), "-10"), ((40, 20), "unknown")])
def test_a_deadline_that_cannot_be_read_lies_before_the_event(booked: tuple[int, ...], left: str) -> None:
    asked = ask(Kind.OTHER, posters(2), deadline=None, event_day=day("2026-11-27"))
    assert derived(shop(*booked), asked)["free_hours_after"] == left
