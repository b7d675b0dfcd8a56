"""Lengths of time: "90 days", "half a day", "deux jours ouvrés", "a fortnight".

"Net 60" is sixty days. Days to the end of a month ("30 jours fin de mois") are found but not read: they may be sixty.
Minutes count as hours where that comes out even ("30 minutes"); otherwise they, and seconds, are found but not read.
"""

from datetime import date
from decimal import Decimal

from pipeline.types.quantities import Duration
from pipeline.values.grammar import Match, compiled
from pipeline.values.lexicon import Lexicon, Unit
from pipeline.values.numbers import number

_HALF = Decimal("0.5")
_MINUTES = 60


def duration(match: Match, today: date) -> Duration | None:  # noqa: ARG001 - all kinds are read by one signature
    """The length of a ``duration`` match."""
    if match.meaning == "unsure":
        return None
    if match.meaning == "fortnight":
        return Duration(number=Decimal(2), unit="weeks")
    length = _HALF if match.meaning == "half" else number(match.part("n"), match.lexicon)
    if length is None:
        return None
    if match.meaning == "and_half":
        length += _HALF
    return _in_unit(length, "days" if match.meaning == "net" else _unit(match.part("unit"), match.lexicon))


def _in_unit(length: Decimal, unit: Unit | None) -> Duration | None:
    if unit == "minutes" and length * 100 % _MINUTES == 0:
        return Duration(number=length / _MINUTES, unit="hours")
    if unit is None or unit == "seconds" or unit == "minutes":  # noqa: PLR1714 - mypy narrows by equality
        return None
    return Duration(number=length, unit=unit)


def _unit(name: str, lexicon: Lexicon) -> Unit | None:
    return next((u for u, names in lexicon.units.items() for n in names if compiled(n).fullmatch(name)), None)
