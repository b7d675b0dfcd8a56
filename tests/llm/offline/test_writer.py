import pytest

from pipeline.llm.offline.writer import compose
from pipeline.types.prompt import AskLine, QuestionLine, ReasonLine, SlotLine
from pipeline.types.replies import DraftReply
from tests.llm.offline.mails import offer, refusal

QUESTION = QuestionLine(id="time", text="By which day do you need it, so that we can plan the work?")


def backings(reply: DraftReply) -> list[str]:
    return [sentence.backing for sentence in reply.sentences]


def test_a_refusal_is_opening_no_reason_three_offers_and_next_step() -> None:
    assert backings(compose(refusal())) == [
        "ask:1", "ask:1", "rule:discount", "courtesy", "offer:smaller", "offer:stages", "offer:trade", "courtesy",
    ]  # fmt: skip


def test_the_opening_quotes_their_aim_if_there_is_one() -> None:
    first = compose(refusal(slots=(SlotLine(name="aim.quote", words="open in May"),))).sentences[0]
    assert (first.backing, "{aim.quote}" in first.text) == ("aim", True)


def test_without_any_slot_to_quote_the_opening_quotes_nothing() -> None:
    first = compose(refusal(slots=())).sentences[0]
    assert (first.backing, "{" in first.text) == ("courtesy", False)


def test_a_feeling_that_they_show_is_named_once() -> None:
    told = [s.text for s in compose(refusal(sentiment="anxious")).sentences]
    assert sum("hangs on this for you" in text for text in told) == 1


def test_the_same_asks_get_the_same_voice_and_others_may_get_another() -> None:
    assert compose(refusal()) == compose(refusal())
    asks = refusal().asks[0]
    letters = [refusal(asks=(asks.model_copy(update={"quote": f"wish {n}"}),)) for n in range(12)]
    assert len({compose(letter).sentences[-1].text for letter in letters}) == 3


def test_each_refused_ask_gets_its_no_its_reason_and_an_offer() -> None:
    more = AskLine(number=2, kind="rush_deadline", quote="by Friday", verdict="no", reasons=("late",))
    reply = compose(
        refusal(
            asks=(*refusal().asks, more),
            reasons=(
                *refusal().reasons,
                ReasonLine(id="late", text="Done faster it would be full of faults.", for_asks=(2,)),
            ),
            offers=(*refusal().offers, offer("later", "date", "The whole a little later, with the time it needs", 2)),
        )
    )
    assert [b for b in backings(reply) if b.startswith(("ask", "rule"))][1:] == [
        "ask:1",
        "rule:discount",
        "ask:2",
        "rule:late",
    ]
    assert [b for b in backings(reply) if b.startswith("offer")] == ["offer:smaller", "offer:stages", "offer:later"]


def test_a_shared_reason_is_told_once() -> None:
    more = AskLine(number=2, kind="other", quote="and a flyer", verdict="no", reasons=("discount",))
    reason = refusal().reasons[0].model_copy(update={"for_asks": (1, 2)})
    told = backings(compose(refusal(asks=(*refusal().asks, more), reasons=(reason,))))
    assert told.count("rule:discount") == 1


def test_what_is_kept_is_said_and_what_is_open_is_asked() -> None:
    kept = AskLine(number=2, kind="information_request", quote="send the invoice again", verdict="yes")
    slots = (*refusal().slots, SlotLine(name="ask.2.quote", words="send the invoice again"))
    told = compose(refusal(asks=(*refusal().asks, kept), slots=slots, questions=(QUESTION,))).sentences
    assert [s.text for s in told if s.backing == "kept:2"] == ["On the other part, “{ask.2.quote}”, the answer is yes."]
    assert next(s.text for s in told if s.backing == "question:time") == QUESTION.text


def test_asking_neither_refuses_nor_offers() -> None:
    told = backings(compose(refusal(action="ask", questions=(QUESTION,), reasons=(), offers=())))
    assert told == ["ask:1", "courtesy", "question:time", "question:time", "courtesy"]


def test_parting_ends_with_what_is_wound_down() -> None:
    told = backings(compose(refusal(action="end")))
    assert told[:2] == ["rule:discount", "rule:discount"]
    assert [b for b in told if b.startswith("offer:")]


@pytest.mark.parametrize("language", ["de", "it", "und", ""])
def test_without_texts_in_the_language_of_the_mail_nothing_is_written(language: str) -> None:
    assert compose(refusal(language=language)).sentences == []
