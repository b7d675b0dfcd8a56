"""Days: dates in figures and words, weekdays, months, and what is said from today ("end of next week").

Where the year is missing, the next such day from 60 days ago on is meant, so that a date just past reads as past. A
weekday is the next one after today; a week stands for its Friday, a month or a year for its last day. What names a day
only roughly ("early June") is found but not read. "As soon as possible" is no day: whoever writes it may have a week or
an hour in mind, so it stays unknown. Left out: times of day; holidays in "within 3 working days".
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.types.quantities import Day, Duration
from pipeline.values.durations import duration
from pipeline.values.grammar import Match
from pipeline.values.lexicon import Lexicon
from pipeline.values.workdays import Calendar

_PAST = timedelta(days=60)
_WEEK = timedelta(days=7)
_FRIDAY = 5
_LEAP = 8  # years between two leap days, at most
_FAR = 50  # years from today: beyond, a figure is no date of ours
_FARTHEST = 1000  # units in "within ..."
_SHIFT = re.compile(r"(day|week|month|year)([+-]\d)")


def day(match: Match, today: date) -> Day | None:
    """The day of a match of kind ``day``, ``weekday``, ``month`` or ``after``."""
    try:
        found = _resolve(match, today)
    except (ValueError, OverflowError):  # 31 June, the year 0, the end of the calendar
        return None
    return Day(day=found) if found and abs(found.year - today.year) <= _FAR else None


def agrees(match: Match, found: date) -> bool:
    """Whether the weekday that a date names, if it does, is the weekday of that day."""
    name = match.part("weekday")
    return not name or _weekday(name, match.lexicon) == found.isoweekday()


def _resolve(match: Match, today: date) -> date | None:
    if shift := _SHIFT.fullmatch(match.meaning):
        return _SHIFTS[shift[1]](today, int(shift[2]))
    resolve = _MEANINGS.get(f"{match.kind}.{match.meaning}")
    return resolve(match, today) if resolve else None


def _shifted_week(today: date, weeks: int) -> date | None:
    friday = today + weeks * _WEEK + timedelta(days=_FRIDAY - today.isoweekday())
    return friday if friday >= today else None  # "this week", said on a weekend


def _month_end(today: date, months: int) -> date:
    years, month = divmod(today.month - 1 + months, 12)
    last = monthrange(today.year + years, month + 1)[1]
    return date(today.year + years, month + 1, last)


_SHIFTS: dict[str, Callable[[date, int], date | None]] = {
    "day": lambda today, n: today + timedelta(days=n),
    "week": _shifted_week,
    "month": _month_end,
    "year": lambda today, n: date(today.year + n, 12, 31),
}


def _numbered(match: Match, today: date) -> date | None:
    """A date in figures. With slashes the day comes first, unless the second figure can only be a day."""
    if match.part("a"):
        first, second = int(match.part("a")), int(match.part("b"))
        dom, month = (second, first) if second > 12 >= first else (first, second)  # noqa: PLR2004 - months
    else:
        dom, month = int(match.part("dd")), int(match.part("mm"))
    return _dated(match.part("year"), month, dom, today)


def _named(match: Match, today: date) -> date | None:
    return _dated(match.part("year"), _month(match), _dom(match), today)


def _dated(year: str, month: int, dom: int, today: date) -> date | None:
    if year:
        figure = int(year.lstrip("'"))
        return date(figure + 2000 if figure < 100 else figure, month, dom)  # noqa: PLR2004 - two digits
    return _nearest(today, lambda y: date(y, month, dom))


def _nearest(today: date, in_year: Callable[[int], date]) -> date | None:
    """The first such day from 60 days ago on; a day that some years do not have is sought in those that have it."""
    for year in range(today.year - 1, today.year + _LEAP + 1):
        try:
            found = in_year(year)
        except ValueError:
            continue
        if found >= today - _PAST:
            return found
    return None


def _of_month(match: Match, today: date) -> date | None:
    """A bare day of the month: the next one, from today on; with a weekday only if that is right."""
    dom = _dom(match)
    firsts = (_month_end(today, n).replace(day=1) for n in range(4))
    days = (first.replace(day=dom) for first in firsts if dom <= _month_end(first, 0).day)
    found = next((found for found in days if found >= today), None)
    return found if found and agrees(match, found) else None


def _in_month(match: Match, today: date, months: int) -> date:
    return _month_end(today, months).replace(day=_dom(match))


def _month_part(match: Match, today: date, dom: int) -> date | None:
    """Day ``dom`` of a named month; 0 for its last day."""
    month = _month(match)
    return _dated(match.part("year"), month, dom, today) if dom else _last_of(match.part("year"), month, today)


def _last_of(year: str, month: int, today: date) -> date | None:
    if year:
        return _month_end(_dated(year, month, 1, today) or today, 0)
    return _nearest(today, lambda y: _month_end(date(y, month, 1), 0))


def _next_weekday(match: Match, today: date) -> date:
    return today + timedelta(days=(_weekday(match.part("weekday"), match.lexicon) - today.isoweekday() - 1) % 7 + 1)


def _last_weekday(match: Match, today: date) -> date:
    return today - timedelta(days=(today.isoweekday() - _weekday(match.part("weekday"), match.lexicon) - 1) % 7 + 1)


def _weekday_next_week(match: Match, today: date) -> date:
    monday = today + _WEEK - timedelta(days=today.isoweekday() - 1)
    return monday + timedelta(days=_weekday(match.part("weekday"), match.lexicon) - 1)


def _from_now(match: Match, today: date) -> date | None:
    length = duration(match, today)
    if length is None or length.number > _FARTHEST or length.number % 1:
        return None
    return _later(today, int(length.number), length)


def _later(today: date, number: int, length: Duration) -> date | None:
    match length.unit:
        case "hours":
            return None if number % 24 else today + timedelta(days=number // 24)
        case "days":
            return today + timedelta(days=number)
        case "weeks":
            return today + number * _WEEK
        case "working_days":
            return Calendar().add(today, number)
        case _:
            end = _month_end(today, number * (12 if length.unit == "years" else 1))
            return end.replace(day=min(end.day, today.day))


def _dom(match: Match) -> int:
    words = match.part("dd")
    return int(words) if words.isdigit() else match.lexicon.ordinals[words]


def _month(match: Match) -> int:
    return match.lexicon.months[match.part("month").rstrip(".")]


def _weekday(name: str, lexicon: Lexicon) -> int:
    """The ISO number of a weekday's name, whatever part of the day is written together with it."""
    known = max((word for word in lexicon.weekdays if name.startswith(word)), key=len)
    return lexicon.weekdays[known]


_MEANINGS: dict[str, Callable[[Match, date], date | None]] = {
    "day.numbered": _numbered,
    "day.dated": _named,
    "day.of_month": _of_month,
    "day.year_end": lambda match, _: date(int(match.part("year")), 12, 31),
    "day.in_this_month": lambda match, today: _in_month(match, today, 0),
    "day.in_next_month": lambda match, today: _in_month(match, today, 1),
    "month.start": lambda match, today: _month_part(match, today, 1),
    "month.mid": lambda match, today: _month_part(match, today, 15),
    "month.named": lambda match, today: _last_of(match.part("year"), _month(match), today),
    "month.maybe": lambda match, today: _last_of(match.part("year"), _month(match), today),
    "month.end": lambda match, today: _last_of(match.part("year"), _month(match), today),
    "weekday.next": _next_weekday,
    "weekday.last": _last_weekday,
    "weekday.next_week": _weekday_next_week,
    "weekday.week_later": lambda match, today: _next_weekday(match, today) + _WEEK,
    "after.from_now": _from_now,
}
