"""What past noes teach, as one value: each figure with the number ``n`` it stands on. Left out: how it looks.

Money is in the currency of the business, hours are hours of our own work, shares are per cent.
"""

from datetime import date
from decimal import Decimal

from pipeline.types.base import Value
from pipeline.types.decision import Action

ENOUGH_MONTHS = 3
"""Fewer months than this make no trend."""


class Count(Value):
    """So many of something, by its name."""

    name: str
    number: int
    note: str = ""


class RuleLine(Value):
    """A rule: how many noes it led, in how many asks it fired, and with how many clients."""

    rule: str
    category: str
    led: int
    fired: int
    clients: int
    upfront: bool


class Silent(Value):
    """A rule that fired in no ask; ``why`` is empty where it could have."""

    rule: str
    decide: Action
    why: str = ""


class Month(Value):
    """A calendar month (``2026-11``): mails that asked for something, their asks, and the noes among these."""

    month: str
    mails: int
    asks: int
    noes: int


class Repeat(Value):
    """A client who asked for the same kind of thing again after a no: how often, and on which days."""

    client: str
    kind: str
    refused_on: date
    times: int
    last: date


class Money(Value):
    """A sum over ``known`` of ``n`` noes: those of which a figure is on record."""

    name: str
    n: int
    known: int
    total: Decimal
    note: str = ""


class Unknown(Value):
    """A fact that could not be read in ``number`` of ``n`` asks; in ``mattered`` of them a rule waited for it."""

    fact: str
    number: int
    mattered: int


class Week(Value):
    """Hours of a week on file."""

    week: str
    capacity: Decimal
    booked: Decimal


class Room(Value):
    """Demand against capacity. ``share`` is booked by capacity over the weeks; ``stated`` is what the profile says.

    ``asked`` are the hours of ``known`` of ``n`` asks: those that name something of the price list.
    """

    weeks: tuple[Week, ...] = ()
    share: Decimal | None = None
    stated: Decimal | None = None
    asked: Decimal = Decimal(0)
    known: int = 0
    n: int = 0

    @property
    def demand(self) -> Decimal | None:
        """Per cent of what can be done: as stated, else as booked; None where nothing is kept."""
        return self.stated if self.stated is not None else self.share


class Drafts(Value):
    """What people did with the drafts: ``n`` were written; the others lie there as they were written."""

    n: int = 0
    edited: int = 0
    gone: int = 0


class Straight(Value):
    """What to set straight with a client in the next agreement, one sentence each."""

    client: str
    points: tuple[str, ...]


class Report(Value):
    """The whole. ``asks`` is the number that shares of asks are of, ``noes`` the number of refused ones."""

    firm: str
    currency: str
    first: date | None
    last: date | None
    mails: int
    answered: tuple[Count, ...]  # mails by what became of them
    asks: int
    noes: int
    unread: int  # mails that were not understood, so that no rule was asked
    other_policy: int  # mails decided by another policy than the one of today
    rules: tuple[RuleLine, ...] = ()
    categories: tuple[Count, ...] = ()
    clients: tuple[Count, ...] = ()
    months: tuple[Month, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    silent: tuple[Silent, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    offered: tuple[Count, ...] = ()  # by kind, in drafts
    drafts_with_offers: int = 0
    never_offered: tuple[str, ...] = ()
    money: tuple[Money, ...] = ()
    escalated: tuple[Count, ...] = ()
    drafts: Drafts | None = None
    room: Room = Room()
    untold: tuple[Count, ...] = ()  # rules that led noes, and that no client is told of upfront
    straight: tuple[Straight, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether enough was understood to say of a rule that it never fired."""
        return self.asks > self.unread

    @property
    def trend(self) -> bool:
        """Whether the months are enough to be shown as a trend."""
        return len(self.months) >= ENOUGH_MONTHS
