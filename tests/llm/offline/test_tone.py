from datetime import date

import pytest

from pipeline.llm.offline.evidence import Evidence
from pipeline.llm.offline.patterns import language
from pipeline.llm.offline.tone import tone
from pipeline.types.request import Sentiment


def toned(text: str) -> dict[str, object]:
    return tone(Evidence.of(text, language("en"), "en", date(2026, 11, 18)))


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("This is a disgrace.", Sentiment.ANGRY),
        ("I am so worried about Friday.", Sentiment.ANXIOUS),
        ("Hello, thank you for the posters.", Sentiment.FRIENDLY),
        ("The invoice number is 44.", Sentiment.NEUTRAL),
    ],
)
def test_the_tone_is_the_strongest_that_shows(text: str, feeling: Sentiment) -> None:
    assert toned(text)["sentiment"] is feeling


def test_an_aim_is_one_short_clause() -> None:
    assert toned("Please hurry, so that we can open the shop in May.")["aim"] == "so that we can open the shop in May"
    assert toned("Please hurry.")["aim"] is None
