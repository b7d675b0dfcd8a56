"""The patterns that stand for all rules of a kind pass over no match of any."""

import pytest

from pipeline.values.grammar import _rules, compiled, every
from pipeline.values.text import simple

TEXTS = (
    "We start on Monday, 4 December 2026, for €1,200 or 30% less; two thirds in three weeks, by half past nine.",
    "Am Freitag, den 4. Mai, kostet es 1.200,50 € statt zweitausend Euro, ein Drittel weniger, in anderthalb Wochen.",
    "Le vendredi 4 mai, à 9 h 30, cela fait 1 200 euros, un tiers de moins, dans une quinzaine.",
    "El viernes 4 de mayo, a las 9:30, son 1.200 euros, un tercio menos, dentro de quince días; may I ask?",
    "Nothing of the kind.",
)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_every_match_of_every_rule_is_found(language: str) -> None:
    for text in TEXTS:
        bare = simple(text).text
        spans = [hit.span() for _, _, pattern in _rules(language) for hit in compiled(pattern).finditer(bare)]
        assert [(match.start, match.end) for match in every(bare, language)] == [s for s in spans if s[0] < s[1]]
