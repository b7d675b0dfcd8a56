"""Counting in working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.values.workdays import Calendar, calendar_of

WEDNESDAY = date(2026, 12, 23)
CHRISTMAS = Calendar(holidays=(date(2026, 12, 25), date(2026, 12, 26)))
CALENDARS = st.builds(
    Calendar,
    working_days=st.lists(st.integers(1, 7), unique=True).map(tuple),
    holidays=st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=8).map(tuple),
)
DAYS = st.dates(date(2025, 12, 1), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (WEDNESDAY, 0, WEDNESDAY),
        (date(2026, 12, 25), 0, date(2026, 12, 28)),
        (WEDNESDAY, 1, date(2026, 12, 24)),
        (WEDNESDAY, 2, date(2026, 12, 28)),
        (date(2026, 12, 26), 1, date(2026, 12, 28)),
        (date(2026, 12, 28), -1, date(2026, 12, 24)),
        (date.max, 3, date.max),
    ],
)
def test_adding(day: date, n: int, expected: date) -> None:
    assert CHRISTMAS.add(day, n) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (WEDNESDAY, WEDNESDAY, 0),
        (WEDNESDAY, date(2026, 12, 24), 1),
        (WEDNESDAY, date(2026, 12, 27), 1),
        (WEDNESDAY, date(2027, 1, 6), 9),
        (date(2026, 12, 28), WEDNESDAY, -2),
    ],
)
def test_between(start: date, end: date, expected: int) -> None:
    assert CHRISTMAS.between(start, end) == expected


def test_a_short_week_and_no_week_at_all() -> None:
    assert Calendar(working_days=(2, 4)).add(WEDNESDAY, 2) == date(2026, 12, 29)
    assert Calendar(working_days=()).add(WEDNESDAY, 2) == date(2026, 12, 25)


def test_a_far_day_is_counted_at_once() -> None:
    assert Calendar().between(date.min, date.max) > 2_000_000


@settings(deadline=None)
@given(CALENDARS, DAYS, DAYS)
def test_between_counts_the_days_that_work(calendar: Calendar, start: date, end: date) -> None:
    start, end = sorted((start, end))
    days = (start + timedelta(days=n + 1) for n in range((end - start).days))
    assert calendar.between(start, end) == sum(map(calendar.works, days))


@settings(deadline=None)
@given(CALENDARS, DAYS, st.integers(1, 30))
def test_what_is_added_lies_between(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.between(day, calendar.add(day, n)) == n


@settings(deadline=None)
@given(CALENDARS, DAYS)
def test_a_day_works_unless_its_weekday_or_a_holiday_says_no(calendar: Calendar, day: date) -> None:
    weekday = not calendar.working_days or day.isoweekday() in calendar.working_days
    assert calendar.works(day) == (weekday and day not in calendar.holidays)


def test_the_calendar_of_a_firm_is_made_once() -> None:
    first = calendar_of((1, 2), (WEDNESDAY,))
    assert first is calendar_of((1, 2), (WEDNESDAY,))
    assert first == Calendar(working_days=(1, 2), holidays=(WEDNESDAY,))
    assert not first.works(WEDNESDAY)
    assert first == Calendar(working_days=(1, 2), holidays=(WEDNESDAY,))
