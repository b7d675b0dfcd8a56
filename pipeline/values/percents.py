"""Percentages, and what comes off as a part: half, "a third off" (33.3). Other parts are found but not read."""

from datetime import date
from decimal import Decimal

from pipeline.types.quantities import Percent
from pipeline.values.grammar import Match
from pipeline.values.numbers import number

_PARTS = {"half": Decimal(50), "third": Decimal("33.3"), "quarter": Decimal(25)}


def percent(match: Match, today: date) -> Percent | None:  # noqa: ARG001 - all kinds are read by one signature
    """The percentage of a ``percent`` match, or of "minus 18" (kind ``minus``)."""
    if match.meaning in _PARTS:
        return Percent(number=_PARTS[match.meaning])
    value = number(match.part("n"), match.lexicon) if match.meaning == "number" else None
    return None if value is None else Percent(number=value)
