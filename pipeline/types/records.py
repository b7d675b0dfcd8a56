"""What a business keeps on record about its clients, its prices and its weeks. Read by ``pipeline.business``.

All of it is optional: a rule that needs a record nobody keeps is dormant. Amounts are in the business's currency,
days are calendar days, hours are hours of our own work.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from pipeline.types.base import Value

Formality = Literal["informal", "formal"]
"""How two people speak to each other: du or Sie, tu or vous, tú or usted; in English, first names or not."""


class PriceItem(Value):
    """An entry of the price list. ``price`` and ``hours`` are those of one unit; ``per`` things make a unit."""

    item: str
    price: Decimal = Field(ge=0)
    hours: Decimal = Field(ge=0)
    per: int = Field(default=1, ge=1)  # "buffet, 10 guests" has 10: sixty guests are six units


class Week(Value):
    """Our hours in one ISO week, e.g. ``2026-W38``. A week without an entry is unknown, not free."""

    week: str = Field(pattern=r"^(?:19|20|21)\d{2}-W\d{2}$")
    capacity: Decimal = Field(ge=0)
    booked: Decimal = Field(ge=0)


class Invoice(Value):
    """A bill to a client (by id); open while ``paid_on`` is None."""

    client: str
    number: str
    amount: Decimal
    due: date
    paid_on: date | None = None


class Clause(Value):
    """An entry of the agreement. One that ``obliges`` must be done, within its yearly number and its time limit."""

    what: str
    obliges: bool = False
    times_per_year: int | None = Field(default=None, ge=0)
    used_on: tuple[date, ...] = ()
    within_days: int | None = Field(default=None, ge=0)  # counted from ``since``: a guarantee
    since: date | None = None

    def holds(self, today: date) -> bool:
        """Whether the clause obliges us on this day."""
        used = sum(1 for day in self.used_on if day.year == today.year and day <= today)
        in_number = self.times_per_year is None or used < self.times_per_year
        in_time = self.within_days is None or self.since is None or (today - self.since).days <= self.within_days
        return self.obliges and in_number and in_time


class Agreement(Value):
    """What was agreed: its entries, what it leaves out, its last update, later changes, and its limits."""

    updated: date | None = None
    scope: tuple[Clause, ...] = ()
    excluded: tuple[str, ...] = ()
    changes: tuple[date, ...] = ()  # days on which the scope changed
    budget: Decimal | None = Field(default=None, ge=0)  # what may be billed in a calendar year
    rounds: int | None = Field(default=None, ge=0)  # revision rounds included; else the setting ``included_rounds``


class Dated(Value):
    """Something with its day: an approval (``what`` was approved ``on``), or an item we wait for (asked for ``on``)."""

    what: str
    on: date | None = None


class Project(Value):
    """Work in hand for the client; its hours are in the calendar's booked hours already."""

    name: str
    due: date
    hours_left: Decimal = Field(default=Decimal(0), ge=0)


class Discount(Value):
    """A discount that was given."""

    on: date
    percent: Decimal
    what: str = ""


class Favour(Value):
    """Unpaid work that was done as goodwill."""

    on: date
    hours: Decimal = Field(ge=0)
    what: str = ""


class Client(Value):
    """A client's record. Matched by address, then by domain; never by display name."""

    id: str
    name: str
    first_name: str = ""
    formality: Formality | None = None  # how we speak to each other, whatever a mail of theirs looks like
    addresses: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    tier: str = "standard"
    since: date | None = None
    overdue_since: date | None = None  # for who keeps no invoices.yaml
    revision_rounds_used: int | None = Field(default=None, ge=0)
    threats_to_leave: int = Field(default=0, ge=0)  # for who keeps no dates; ``threats`` holds the days
    threats: tuple[date, ...] = ()
    revenue_share: Decimal | None = None  # per cent of our income; private
    goals: tuple[str, ...] = ()  # what they want to achieve, and what was found out about it
    briefs: tuple[str, ...] = ()  # aims agreed for a piece of work
    agreement: Agreement = Agreement()
    waiting_for: tuple[Dated, ...] = ()  # what we need from them and asked for
    approvals: tuple[Dated, ...] = ()
    our_mistakes: tuple[Dated, ...] = ()  # what we found to be our own fault
    projects: tuple[Project, ...] = ()
    discounts: tuple[Discount, ...] = ()
    favours: tuple[Favour, ...] = ()
    invoices: tuple[Invoice, ...] = ()  # filled in from invoices.yaml
    check_in_every_days: int | None = Field(default=None, ge=0)
    last_check_in: date | None = None
    private_notes: tuple[str, ...] = ()
