"""Whole numbers of things, also as a place in a row: "two rounds", "v7", "round 3"; and words for no exact number."""

from datetime import date

from pipeline.types.quantities import Count
from pipeline.values.grammar import Match
from pipeline.values.lexicon import code, lexicon
from pipeline.values.numbers import number
from pipeline.values.text import bare


def count(match: Match, today: date) -> Count | None:  # noqa: ARG001 - all kinds are read by one signature
    """The whole number of an ``ordinal`` or ``number`` match."""
    if match.part("ordinal"):
        return Count(number=match.lexicon.ordinals[match.part("ordinal")])
    value = number(match.part("dd") or match.part("n"), match.lexicon)
    return Count(number=int(value)) if value is not None and value % 1 == 0 else None


def vague(text: str, language: str) -> bool:
    """Whether a word stands for many things without telling how many: "hundreds of posters"."""
    words = bare(text).split()
    return not {word.strip(".,;:!?()'\"") for word in words}.isdisjoint(map(bare, lexicon(code(language)).vague))
