"""What a fact or an offer term can be: money, a percentage, a duration, a day, a count, a flag, a choice or text.

Every member carries its unit in its type, so that a rule can never compare hours with euros.
Reading and writing them in a language is the work of ``pipeline.values``.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from pipeline.types.base import Value


class Money(Value):
    """An amount; ``currency`` is an ISO 4217 code, or None when the mail names none."""

    type: Literal["money"] = "money"
    amount: Decimal
    currency: str | None = None


class Percent(Value):
    """A percentage: ``Decimal(10)`` is ten per cent."""

    type: Literal["percent"] = "percent"
    number: Decimal


class Duration(Value):
    """A length of time in a stated unit; ``working_days`` leaves out weekends and holidays."""

    type: Literal["duration"] = "duration"
    number: Decimal
    unit: Literal["hours", "days", "working_days", "weeks", "months", "years"]


class Day(Value):
    """A calendar day."""

    type: Literal["day"] = "day"
    day: date


class Count(Value):
    """A whole number of things, e.g. revision rounds."""

    type: Literal["count"] = "count"
    number: int


class Flag(Value):
    """Something that was claimed or is on record (yes), or expressly is not (no)."""

    type: Literal["flag"] = "flag"
    yes: bool


class Choice(Value):
    """One word of a closed list, e.g. ``unlisted``."""

    type: Literal["choice"] = "choice"
    name: str


class Words(Value):
    """Free text, e.g. a name. Never compared by a rule."""

    type: Literal["words"] = "words"
    text: str


class Order(Value):
    """So many things of an entry of the price list: sixty guests, not six tables of ten. Never compared by a rule."""

    type: Literal["order"] = "order"
    item: str
    number: Decimal = Decimal(1)


Quantity = Annotated[
    Money | Percent | Duration | Day | Count | Flag | Choice | Words | Order, Field(discriminator="type")
]
