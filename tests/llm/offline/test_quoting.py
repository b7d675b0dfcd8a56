import pytest

from pipeline.llm.offline.quoting import aim, quote, with_values
from pipeline.types.prompt import DraftVariables, SlotLine
from tests.llm.offline.mails import refusal


def letter(words: str, **changes: object) -> DraftVariables:
    slots = tuple(SlotLine(name=name, words=words) for name in ("aim.quote", "ask.1.quote"))
    return refusal(slots=slots, **changes)


@pytest.mark.parametrize(
    "words", ["the mayor opens the hall on Saturday", "it's for the children's hospice", "20 % off all of it"]
)
def test_short_clean_words_are_quoted(words: str) -> None:
    assert aim(letter(words)) == "{aim.quote}"
    assert quote(letter(words), refusal().asks[0]) == "{ask.1.quote}"


@pytest.mark.parametrize(
    "words",
    ["please", "do it", "one two three four five six seven eight nine ten eleven twelve thirteen", "what? when? now",
     "so [that] it fits", "I WANT THIS ONE TODAY", "> quoted by somebody else", "— so be it then"],
)  # fmt: skip
def test_what_does_not_read_well_is_not(words: str) -> None:
    assert aim(letter(words)) == ""
    assert quote(letter(words), refusal().asks[0]) == ""


def test_no_aim_is_repeated_to_someone_hostile_or_who_asks_for_a_wrong() -> None:
    wrong = refusal().asks[0].model_copy(update={"kind": "unethical_or_illegal"})
    assert aim(letter("we open in May", sentiment="hostile")) == ""
    assert aim(letter("we open in May", asks=(wrong,))) == ""


def test_an_ask_may_have_to_say_more() -> None:
    assert quote(letter("please leave them off"), refusal().asks[0], at_least=6) == ""


def test_a_phrase_gets_the_slots_of_its_ask_or_is_none() -> None:
    given = refusal(slots=(SlotLine(name="ask.1.deadline", words="4 December"),))
    assert with_values("not by {deadline}", given, given.asks[0]) == "not by {ask.1.deadline}"
    assert with_values("not for {amount}", given, given.asks[0]) is None
    assert with_values("not so", given, given.asks[0]) == "not so"
