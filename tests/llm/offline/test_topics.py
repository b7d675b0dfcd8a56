from datetime import date

from pipeline.llm.offline.evidence import Evidence
from pipeline.llm.offline.patterns import language
from pipeline.llm.offline.topics import asked_trades, trades

DAY = date(2026, 11, 18)


def asked(text: str, *not_offered: str, services: tuple[str, ...] = ("posters",)) -> list[str]:
    found = Evidence.of(text, language("en"), "en", DAY)
    return [line for _, line in asked_trades(found, trades(services, not_offered), frozenset({0}))]


def test_a_trade_is_named_by_other_words_than_the_profile_has() -> None:
    assert asked("Could your team fell the old oak?", "tree surgery above four metres") == [
        "tree surgery above four metres"
    ]


def test_what_the_firm_does_is_not_refused() -> None:
    assert asked("Could you film the fair?", "film and video", services=("company films",)) == []


def test_only_sentences_that_ask_count() -> None:
    assert asked("Hello. The video is lovely.", "film and video") == []


def test_what_a_line_takes_out_of_itself_is_not_offered() -> None:
    without = ("pond building without electrics",)
    assert asked("Could you wire the pond pump?", "electrical work", services=without) == ["electrical work"]
    assert asked("Could you wire the pond pump?", "electrical work", services=("ponds with electrics",)) == []
