"""Counting in working days, by the days of the week that a firm works and the holidays it keeps.

Left out: half days, time zones and the holidays themselves, which come from the firm's profile.
"""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cached_property, lru_cache

from pipeline.types.base import Value

_WEEK = 7


class Calendar(Value):
    """``working_days`` are ISO weekdays (1 = Monday); when none is given, every weekday counts as one."""

    working_days: tuple[int, ...] = (1, 2, 3, 4, 5)
    holidays: tuple[date, ...] = ()

    @cached_property
    def closed(self) -> tuple[date, ...]:
        """The holidays that fall on a day of work otherwise, each once and in order."""
        return tuple(sorted(day for day in set(self.holidays) if self._weekday_works(day.isoweekday())))

    def works(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        at = bisect_left(self.closed, day)
        return self._weekday_works(day.isoweekday()) and self.closed[at : at + 1] != (day,)

    def add(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day``, before it for a negative ``n``; for 0 ``day`` itself or the next one.

        The calendar ends at ``date.max`` and ``date.min``: a step beyond stays there.
        """
        if n == 0:
            return day if self.works(day) else self.add(day, 1)
        step = 1 if n > 0 else -1
        left = abs(n)
        while left and date.min < day < date.max:
            day += timedelta(days=step)
            left -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
        if end < start:
            return -self.between(end, start)
        weeks, rest = divmod((end - start).days, _WEEK)
        days = weeks * sum(map(self._weekday_works, range(1, _WEEK + 1)))
        days += sum(self._weekday_works((end - timedelta(days=n)).isoweekday()) for n in range(rest))
        return days - (bisect_right(self.closed, end) - bisect_right(self.closed, start))

    def _weekday_works(self, weekday: int) -> bool:
        return weekday in self.working_days or not self.working_days


@lru_cache(maxsize=64)
def calendar_of(working_days: tuple[int, ...], holidays: tuple[date, ...]) -> Calendar:
    """The calendar of a firm, made once: two hundred holidays take longer to check than to count with."""
    return Calendar(working_days=working_days, holidays=holidays)
