"""What every derivation stands on: the day, the business, the client; and how derived facts are made."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.policy.catalogue.spec import Type
from pipeline.policy.facts import BY_NAME
from pipeline.types.business import Business
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Percent, Quantity
from pipeline.types.records import Client
from pipeline.types.request import Fact, Source, State
from pipeline.values.workdays import Calendar, calendar_of

Facts = dict[str, Fact]

UNSAID: Facts = {
    name: Fact(
        name=name,
        state=State.ABSENT,
        value=Flag(yes=False) if spec.type is Type.FLAG else None,
        source=Source.DEFAULT,
    )
    for name, spec in BY_NAME.items()
}
"""Facts nobody stated are absent: a flag then reads as no, a measure as not mentioned."""


@dataclass(frozen=True)
class Day0:
    """The day of the decision and what follows from it alone: the first day on which anything new can be delivered."""

    today: date
    calendar: Calendar
    earliest: date
    quote_by: date

    @classmethod
    def of(cls, business: Business, today: date) -> "Day0":
        """``lead_time`` and ``quote_time`` are settings in working days; without them nothing is added."""
        profile = business.profile
        calendar = calendar_of(profile.working_days, profile.holidays)
        start = max(today, profile.booked_until or today)
        return cls(
            today=today,
            calendar=calendar,
            earliest=calendar.add(start, working_days(business, "lead_time")),
            quote_by=calendar.add(today, working_days(business, "quote_time")),
        )


@dataclass(frozen=True)
class Ground:
    """The business, the sender's record (None: a stranger) and the day."""

    business: Business
    client: Client | None
    day0: Day0

    @property
    def today(self) -> date:
        """The day of the decision."""
        return self.day0.today

    def this_year(self, day: date) -> bool:
        """Whether it lies in this calendar year, and not in the days to come."""
        return day.year == self.today.year and day <= self.today


def working_days(business: Business, name: str) -> int:
    """A setting in working days; 0 where the policy has none of that name."""
    value = business.policy.settings.get(name)
    return int(value.number) if isinstance(value, Duration) else 0


def known(name: str, value: Quantity, source: Source) -> Fact:
    """A fact of a record."""
    return Fact(name=name, state=State.KNOWN, value=value, source=source)


def derived(name: str, value: Quantity | None, of: Fact | None = None, note: str = "") -> Fact:
    """A computed fact, with the words of the mail that it goes back to."""
    assert name in BY_NAME
    quote = of.quote if of else None
    return Fact(name=name, state=State.KNOWN, value=value, source=Source.DERIVED, quote=quote, note=note)


def unread(name: str, of: Fact | None = None, note: str = "") -> Fact:
    """Derived from something unknown, so unknown itself."""
    quote = of.quote if of else None
    note = note or (of.note if of else "")
    return Fact(name=name, state=State.UNKNOWN, source=Source.DERIVED, quote=quote, note=note)


def absent(name: str) -> Fact:
    """There is nothing to compute it from."""
    return Fact(name=name, state=State.ABSENT, source=Source.DEFAULT)


def unclear(fact: Fact | None) -> bool:
    """Whether something was said that can't be read."""
    return fact is not None and fact.state is State.UNKNOWN


def said(fact: Fact) -> bool:
    """Whether anything was said of it, be it known or not."""
    return fact.state is not State.ABSENT


def says_yes(fact: Fact | None) -> bool:
    """Whether a flag is known and up."""
    return fact is not None and isinstance(fact.value, Flag) and fact.value.yes


def money(fact: Fact | None) -> Money | None:
    """The amount, if it is known."""
    return fact.value if fact and isinstance(fact.value, Money) else None


_MOST = Decimal(10) ** 9  # beyond it, and below a cent, an amount is no price that anybody means


def sane(fact: Fact | None) -> Money | None:
    """The amount, if it is known and of a size that somebody could mean."""
    stated = money(fact)
    return stated if stated and (stated.amount == 0 or Decimal("0.01") <= stated.amount <= _MOST) else None


def in_currency(fact: Fact | None, currency: str) -> Money | None:
    """A sum that can be set against our prices: sane, and of our currency or of none that is named."""
    stated = sane(fact)
    return stated if stated and stated.currency in {None, currency} else None


def wanted_for(facts: Facts) -> Fact | None:
    """The day by which they want it, else the day on which it is used; None where none is named."""
    return facts.get("deadline") or facts.get("event_day")


def day(fact: Fact | None) -> date | None:
    """The day, if it is known."""
    return fact.value.day if fact and isinstance(fact.value, Day) else None


def number(fact: Fact | None) -> Decimal | None:
    """The bare number of a percentage, duration or count, if it is known."""
    if fact is None or not isinstance(fact.value, Percent | Duration | Count):
        return None
    return Decimal(fact.value.number)


def plus(sum_: Decimal | None, more: Decimal | None) -> Decimal | None:
    """A sum that goes on, by nothing where there is no more; None once a part of it is not known."""
    return None if sum_ is None else sum_ + (more or 0)


def chosen(fact: Fact | None) -> str:
    """The word of a choice; empty when there is none."""
    return fact.value.name if fact and isinstance(fact.value, Choice) else ""


def hours(amount: Decimal) -> Duration:
    """A duration in hours of our work."""
    return Duration(number=amount, unit="hours")
