"""Whole numbers of things, also as a place in a row: "two rounds", "v7", "round 3", "die vierte Runde"."""

from datetime import date

from pipeline.types.quantities import Count
from pipeline.values.grammar import Match
from pipeline.values.numbers import number


def count(match: Match, today: date) -> Count | None:  # noqa: ARG001 - all kinds are read by one signature
    """The whole number of an ``ordinal`` or ``number`` match."""
    if match.part("ordinal"):
        return Count(number=match.lexicon.ordinals[match.part("ordinal")])
    value = number(match.part("dd") or match.part("n"), match.lexicon)
    return Count(number=int(value)) if value is not None and value % 1 == 0 else None
