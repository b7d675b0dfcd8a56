"""Counting in working days, by the days of the week that a firm works and the holidays it keeps.

Left out: half days, time zones and the holidays themselves, which come from the firm's profile.
"""

from datetime import date, timedelta

from pipeline.types.base import Value

_WEEK = 7


class Calendar(Value):
    """``working_days`` are ISO weekdays (1 = Monday); when none is given, every weekday counts as one."""

    working_days: tuple[int, ...] = (1, 2, 3, 4, 5)
    holidays: tuple[date, ...] = ()

    def works(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        return self._weekday_works(day.isoweekday()) and day not in self.holidays

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
        return days - sum(start < day <= end and self._weekday_works(day.isoweekday()) for day in set(self.holidays))

    def _weekday_works(self, weekday: int) -> bool:
        return weekday in self.working_days or not self.working_days
