"""Whether there is room: free hours by week, when it could be finished, and what else would suffer.

A week that is not on file is unknown, not free: it can only help where the weeks on file suffice without it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from pipeline.policy.derive.ground import (
    Facts,
    Ground,
    absent,
    day,
    derived,
    hours,
    number,
    said,
    says_yes,
    unread,
    wanted_for,
)
from pipeline.types.quantities import Day, Duration, Flag
from pipeline.types.request import Fact

_EARLIER = "what an earlier ask of the mail takes can't be read"


def room(facts: Facts, ground: Ground, before: Decimal | None) -> Facts:
    """Free hours and dates for one ask, after the hours of earlier asks of the mail (``before``; None: not known)."""
    made = [_on_closed_day(facts, ground), _partner_too_late(facts, ground)]
    needed = number(facts.get("hours_needed"))
    if needed and ground.business.weeks:
        after = _free_after(facts, needed + (before or 0), ground)
        ready = _ready(needed + (before or 0), ground)
        if before is None:
            after = unread(after.name, note=_EARLIER) if (number(after) or 0) >= 0 and said(after) else after
            ready = unread(ready.name, note=_EARLIER)
        made += [after, ready, _days_late(after, ready, wanted_for(facts), ground), _at_risk(after, facts)]
    return {fact.name: fact for fact in made}


def _free_after(facts: Facts, needed: Decimal, ground: Ground) -> Fact:
    """Free hours from this week to the week of the deadline, less what is needed.

    Hours are kept by the week, so that the deadline's week counts whole. A deadline that can't be read lies on the
    event's day at the latest: too few hours until then are too few.
    """
    wanted = wanted_for(facts)
    if wanted is None:
        return absent("free_hours_after")
    until, sure = day(wanted), True
    if until is None:
        until, sure = day(facts.get("event_day")), False
    if until is None:
        return unread("free_hours_after", wanted)
    free, complete = Decimal(0), True
    for _, hours_free in _weeks(ground, until) if until >= ground.today else ():
        free += hours_free or 0
        complete = complete and hours_free is not None
    if free < needed and not complete:
        return unread("free_hours_after", note="a week before the deadline is not in the calendar")
    if free >= needed and not sure:
        return unread("free_hours_after", wanted)
    return derived("free_hours_after", hours(free - needed), wanted)


def _ready(needed: Decimal, ground: Ground) -> Fact:
    """The last working day of the first week by whose end our free hours suffice, and never before the lead time."""
    last = max((w.week for w in ground.business.weeks), default="")
    free = Decimal(0)
    for monday, hours_free in _weeks(ground, _monday(last) + timedelta(6)):
        if hours_free is None:
            continue
        free += hours_free
        if free >= needed:
            return derived("ready_by", Day(day=max(_last_working_day(monday, ground), ground.day0.earliest)))
    return unread("ready_by", note="the weeks in the calendar do not hold enough free hours")


def _days_late(after: Fact, ready: Fact, wanted: Fact | None, ground: Ground) -> Fact:
    """Only for a date that stands in the client's own plan; elsewhere too few hours are a matter of room."""
    until, left = day(wanted), number(after)
    plan = {project.due for project in ground.client.projects} if ground.client else set()
    if until is None or until not in plan or left is None or left >= 0:
        return absent("days_late")
    finish = day(ready)
    if finish is None:
        return unread("days_late", ready)
    return derived("days_late", Duration(number=Decimal((finish - until).days), unit="days"), wanted)


def _at_risk(after: Fact, facts: Facts) -> Fact:
    left = number(after)
    taken = says_yes(facts.get("takes_from")) and left is not None and left < 0
    return derived("other_work_at_risk", Flag(yes=taken), facts.get("takes_from"))


def _on_closed_day(facts: Facts, ground: Ground) -> Fact:
    event = facts.get("event_day")
    closed = day(event) in ground.business.profile.holidays
    return derived("on_closed_day", Flag(yes=closed), event)


def _partner_too_late(facts: Facts, ground: Ground) -> Fact:
    named, lead = facts.get("partner_work"), number(facts.get("lead_days"))
    notice = next(
        (p.notice for p in ground.business.profile.partners if named and named.note.startswith(f"{p.name}:")), 0
    )
    return derived("partner_too_late", Flag(yes=lead is not None and lead < notice), named)


def _weeks(ground: Ground, until: date) -> Iterator[tuple[date, Decimal | None]]:
    """Each week from today's to that of ``until``: its Monday, and its free hours (None: not on file)."""
    on_file = {w.week: w.capacity - w.booked for w in ground.business.weeks}
    monday = ground.today - timedelta(ground.today.weekday())
    for _ in range(1 + max(0, (until - monday).days // 7)):
        yield monday, on_file.get(_name(monday))
        monday += timedelta(7)


def _name(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def _monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def _last_working_day(monday: date, ground: Ground) -> date:
    calendar = ground.day0.calendar
    days = [monday + timedelta(n) for n in range(7)]
    return max((d for d in days if calendar.works(d)), default=days[-1])
