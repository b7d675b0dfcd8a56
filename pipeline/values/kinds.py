"""Which reader gives a match its value, by the kind of the match and by the type that is asked for.

Kinds are what the rules are named after. ``after`` ("within two weeks"), ``minus`` and ``ordinal`` matter only to a
reader who knows what to look for: in running text the first is a duration, the second a figure, the third plain prose.
"""

from datetime import date

from pipeline.types.quantities import Quantity
from pipeline.values import counts, days, durations, money, percents
from pipeline.values.grammar import Match, Reader

PRIVATE = frozenset({"after", "minus", "ordinal"})
DAYS = frozenset({"day", "weekday", "month"})
# For each type: its reader, and the kinds it reads; the second set serves when nothing of the first is there.
TYPES: dict[str, tuple[Reader, tuple[frozenset[str], ...]]] = {
    "money": (money.money, (frozenset({"money"}), frozenset({"number"}))),
    "percent": (percents.percent, (frozenset({"percent"}), frozenset({"minus"}))),
    "duration": (durations.duration, (frozenset({"duration"}),)),
    "day": (days.day, (DAYS | {"after"},)),
    "count": (counts.count, (frozenset({"ordinal", "number"}),)),
}
ALL = PRIVATE.union({"time"}, *(kinds for _, some in TYPES.values() for kinds in some))
# What could be read as another type, too: "the 4th" is a count, "18 h" a duration, if that is asked for.
_TAKEN = {"count": DAYS, "duration": frozenset({"time"})}
_BY_KIND: dict[str, Reader] = {
    "money": money.money,
    "percent": percents.percent,
    "duration": durations.duration,
} | dict.fromkeys(DAYS, days.day)


def without(type_: str) -> frozenset[str]:
    """The kinds to leave out when a value of ``type_`` is looked for."""
    wanted = frozenset[str]().union(*TYPES[type_][1])
    return (PRIVATE | _TAKEN.get(type_, frozenset())) - wanted


def value(match: Match, today: date) -> Quantity | None:
    """The value of a match by its kind: a figure is a ``Count`` when it is whole, else ``Money`` without a currency."""
    if match.kind == "number":
        return counts.count(match, today) or money.money(match, today)
    reader = _BY_KIND.get(match.kind)
    return reader(match, today) if reader else None
