"""What the catalogue says of a fact: its type and unit, who can tell it, which record it needs, if it is private."""

from enum import StrEnum

from pipeline.types.base import Value


class Type(StrEnum):
    """The type of a fact's value; see ``pipeline.types.quantities``."""

    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    DAY = "day"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"
    WORDS = "words"
    ORDER = "order"


class Owner(StrEnum):
    """Who could tell us when it is unknown: the client is asked, what is ours or a judgement goes to a person."""

    CLIENT = "client"
    US = "us"
    JUDGEMENT = "judgement"


class Unit(StrEnum):
    """What a duration is counted in. ``TIME`` is calendar time: hours, days, weeks, months, years."""

    TIME = "time"
    WORKING_DAYS = "working days"
    HOURS = "hours"  # of our own work


class Need(StrEnum):
    """A record that a business may keep. A fact that needs one which nobody keeps makes its rules dormant."""

    PRICES = "prices"
    COST = "cost_per_hour"
    WEEKS = "calendar"
    BOOKED = "booked_until"
    DEMAND = "demand_to_capacity"
    FOCUS = "focus"
    DISLIKED = "disliked"
    NOTICE = "partners' notice"
    INVOICES = "invoices"
    AGREEMENT = "clients' agreements"
    EXCLUDED = "what agreements exclude"
    BUDGET = "clients' budgets"
    GOALS = "clients' goals"
    BRIEFS = "clients' briefs"
    APPROVALS = "approvals"
    MISTAKES = "our own mistakes"
    PROJECTS = "projects"
    WAITING = "what is awaited from clients"
    SHARE = "clients' share of revenue"
    JUDGED = "a rule that reads it"

    @property
    def file(self) -> str:
        """Where it is kept."""
        return _FILES.get(self, "clients.yaml")

    @property
    def verb(self) -> str:
        """``is`` or ``are``."""
        return "are" if self.value.endswith("s") and self is not Need.WEEKS else "is"


_FILES = {
    Need.PRICES: "prices.yaml",
    Need.WEEKS: "calendar.yaml",
    Need.INVOICES: "invoices.yaml",
    Need.COST: "profile.yaml",
    Need.BOOKED: "profile.yaml",
    Need.DEMAND: "profile.yaml",
    Need.FOCUS: "profile.yaml",
    Need.DISLIKED: "profile.yaml",
    Need.NOTICE: "profile.yaml",
}


class FactSpec(Value):
    """One entry. ``level``: an ask's own fact, one of the whole mail, or one computed from records (``derived``)."""

    name: str
    type: Type
    level: str  # ask | mail | record | derived
    owner: Owner
    meaning: str
    choices: tuple[str, ...] = ()
    private: bool = False
    unit: Unit = Unit.TIME  # of a duration
    question: str = ""  # key of the question in questions.yaml; empty when it is never asked
    needs: tuple[Need, ...] = ()
    entry: bool = False  # a flag or order whose claim names an entry of the record that it needs

    def asked(self, question: str) -> "FactSpec":
        """The same fact, owned by the client, who can be asked for it."""
        return self.model_copy(update={"owner": Owner.CLIENT, "question": question})

    def as_private(self) -> "FactSpec":
        """The same fact, never to be named in a text that a client reads."""
        return self.model_copy(update={"private": True})

    def counted_in(self, unit: Unit) -> "FactSpec":
        """The same duration, counted in working days or in hours of our work."""
        return self.model_copy(update={"unit": unit})

    def needing(self, *needs: Need) -> "FactSpec":
        """The same fact, which can only be known where these records are kept."""
        return self.model_copy(update={"needs": needs})

    @property
    def working(self) -> bool:
        """Whether it is a duration in working days."""
        return self.unit is Unit.WORKING_DAYS
