from datetime import date

from pipeline.llm.offline.evidence import Evidence
from pipeline.llm.offline.expressions import Lists, rule
from pipeline.llm.offline.patterns import language

TODAY = date(2026, 11, 18)  # a Wednesday


def evidence(text: str, firm: str = "") -> Evidence:
    return Evidence.of(text, language("en"), "en", TODAY, firm)


def sentences(text: str, pattern: str) -> list[int]:
    found = evidence(text)
    one = rule(pattern, Lists())
    return [hit.sentence for hit in found.hits([one])]


def test_parts_must_meet_in_one_sentence_unless_they_reach_further() -> None:
    text = "Do the posters. It costs nothing. Tea is on the way. Bye."
    assert sentences(text, "posters & nothing") == []
    assert sentences(text, "posters & +nothing") == [0]
    assert sentences(text, "posters & +tea") == []
    assert sentences(text, "posters & ~tea") == [0]
    assert sentences(text, "posters & !~tea") == []
    assert sentences(text, "posters & !nothing") == [0]


def test_days_sums_and_percentages_mark_their_sentences() -> None:
    marks = evidence("We need it by Friday. Or by 14 January. It costs 200 euros, less 5 %.").marks
    assert {name: [hit.sentence for hit in hits] for name, hits in marks.items() if name != "ask"} == {
        "day": [0, 1],
        "near": [0],
        "due": [0],
        "far": [1],
        "money": [2],
        "percent": [2],
        "length": [],
        "item": [],
    }


def test_set_phrases_and_the_name_of_the_firm_mean_nothing() -> None:
    found = evidence("Dear Free Press, feel free to ask.", "Free Press")
    assert "free" not in found.page.folded
    assert found.page.text == "Dear Free Press, feel free to ask."


def test_a_group_is_a_fact_only_if_its_words_can_be_read() -> None:
    found = evidence("Could you take 25% off? Could you take %% off?")
    one = rule(r"(?P<discount_asked>[\d%]+) off", Lists())
    assert [len(hit.values) for hit in found.hits([one])] == [1, 0]
