"""Percentages, and the half. Thirds and quarters are found but not read: "a third off" is no round percentage."""

from datetime import date
from decimal import Decimal

from pipeline.types.quantities import Percent
from pipeline.values.grammar import Match
from pipeline.values.numbers import number

_HALF = Decimal(50)


def percent(match: Match, today: date) -> Percent | None:  # noqa: ARG001 - all kinds are read by one signature
    """The percentage of a ``percent`` match, or of "minus 18" (kind ``minus``)."""
    if match.meaning == "half":
        return Percent(number=_HALF)
    value = number(match.part("n"), match.lexicon) if match.meaning == "number" else None
    return None if value is None else Percent(number=value)
