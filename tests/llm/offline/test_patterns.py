import pytest

from pipeline.llm.offline.patterns import holds, languages, matches, patterns
from pipeline.types.replies import MailFact


@pytest.mark.parametrize("language", languages())
def test_every_named_group_is_a_fact_and_every_pattern_compiles(language: str) -> None:
    known = patterns(language)
    for family in known.families:
        every = (*known.wary, *known.asks, *known.closing, *known.double, *family.never)
        assert not holds(every, "")
        groups = {name for pattern in family.patterns for name in _groups(pattern)}
        assert groups <= {fact.value for fact in MailFact}
        assert {*family.whole_mail} <= {fact.value for fact in MailFact}


def test_words_are_given_as_they_stand_whatever_their_apostrophes() -> None:
    assert list(matches((r"\bit's (?P<deadline>friday)",), "It\u2019s Friday")) == [
        ("It\u2019s Friday", {"deadline": "Friday"})
    ]


def _groups(pattern: str) -> list[str]:
    return [piece.partition(">")[0] for piece in pattern.split("(?P<")[1:]]
