"""The report over past noes as one HTML page: tables with bars, a line by month, columns by week. It loads nothing."""

from datetime import date
from decimal import Decimal

from pipeline.policy.facts import BY_NAME
from pipeline.policy.learn.report import Report
from pipeline.sheets import chart, engine

_MONTHS, _WEEKS, _CLIENTS = 24, 26, 25  # the newest that are drawn; the tables beside have as many
_PLAIN = {
    "cannot_tell": "the mail could not be understood",
    "too_few_offers": "fewer than three kinds of offers were left",
    "unknown_fact": "a fact was missing that only a person can find out",
    "obliged": "the agreement obliges us to do it",
    "no_question": "nothing that the client could be asked",
    "no_public_reason": "no reason that the client may read",
    "failed": "the model or the draft failed",
}


def as_html(found: Report, made: date) -> str:
    """The page, made on this day."""
    months, weeks = found.months[-_MONTHS:], found.room.weeks[-_WEEKS:]
    names = [month_name(month.month) for month in months]
    values = {
        "report": found,
        "day": f"{made.day} {made:%B %Y}",
        "months": months,
        "month_name": month_name,
        "plain": plain,
        "fact": fact,
        "noes": noes,
        "hours": figure,
        "clients": found.clients[:_CLIENTS],
        "by_month": chart.lines(names, [m.noes for m in months], [m.asks for m in months]) if found.trend else None,
        "weeks": weeks,
        "by_week": chart.columns(
            [week.week[-3:] for week in weeks], [week.capacity for week in weeks], [week.booked for week in weeks]
        ),
        "size": (chart.WIDTH, chart.HEIGHT),
    }
    return engine.html("report", values)


def plain(name: str) -> str:
    """A name of the policy, a code or a kind in plain words."""
    return _PLAIN.get(name, name.replace("_", " "))


def fact(name: str) -> str:
    """A fact of the policy by what it means."""
    spec = BY_NAME.get(name)
    return spec.meaning.partition(";")[0].partition(" (")[0] if spec else plain(name)


def noes(number: int) -> str:
    """``1 no`` or ``16 noes``."""
    return f"{number:,} {'no' if number == 1 else 'noes'}"


def figure(number: Decimal) -> str:
    """``1,200`` or ``96.5``: no more digits than it needs."""
    return f"{number.normalize():,f}"


def month_name(month: str) -> str:
    """``2026-11`` as ``Nov 2026``."""
    return f"{date.fromisoformat(f'{month}-01'):%b %Y}"
