import pytest

from pipeline.llm.offline.wording import wording
from pipeline.llm.offline.writer import compose
from pipeline.types.prompt import AskLine, DraftVariables, QuestionLine, ReasonLine, SlotLine
from pipeline.types.replies import DraftReply
from tests.llm.offline.mails import offer, refusal

QUESTION = QuestionLine(id="time", text="By which day do you need it, so that we can plan the work?")
AIM = SlotLine(name="aim.quote", words="the posters hang in May")
KEPT = AskLine(number=2, kind="in_scope_request", quote="send the invoice again", verdict="yes")
NEXT = {voice.next: number for number, voice in enumerate(wording("en").voices)}


def backings(reply: DraftReply) -> list[str]:
    return [sentence.backing for sentence in reply.sentences]


def by_voice(**changes: object) -> list[DraftReply]:
    """The letter in each of the four voices; details are part of what chooses the voice, and never told."""
    heard: dict[int, DraftReply] = {}
    for number in range(60):
        reply = compose(refusal(details=(f"{number}",), **changes))
        heard.setdefault(NEXT[reply.sentences[-1].text], reply)
    return [heard[number] for number in sorted(heard)]


def told(reply: DraftReply) -> str:
    return " ".join(sentence.text for sentence in reply.sentences)


def test_each_voice_has_its_own_order() -> None:
    starts = [backings(reply)[:3] for reply in by_voice(slots=(AIM,))]
    assert starts == [
        ["aim", "ask:1", "rule:discount"],
        ["aim", "rule:discount", "ask:1"],
        ["aim", "ask:1", "rule:discount"],
        ["ask:1", "ask:1", "rule:discount"],
    ]


def test_every_voice_understands_first_refuses_within_five_sentences_and_offers_three() -> None:
    for reply in by_voice(slots=(AIM,), sentiment="anxious", asks=(refusal().asks[0], KEPT)):
        assert any(" can't " in sentence.text for sentence in reply.sentences[1:5])
        assert backings(reply)[0] in {"aim", "ask:1"}
        assert len({b for b in backings(reply) if b.startswith("offer:")}) == 3
        assert backings(reply)[-1] == "courtesy"


def test_the_aim_is_quoted_once_and_without_one_nothing_is_quoted() -> None:
    for reply in by_voice(slots=(AIM,)):
        assert told(reply).count("quote}") == told(reply).count("{aim.quote}") == 1
    for reply in by_voice(slots=()):
        assert "quote}" not in told(reply)


def test_a_no_names_the_figure_if_there_is_one() -> None:
    figure = SlotLine(name="ask.1.discount_asked", words="25%")
    assert "we can't take {ask.1.discount_asked} off the price." in told(compose(refusal(slots=(figure,))))
    assert "e can't lower the price that far." in told(compose(refusal(slots=())))


def test_a_feeling_that_they_show_is_named_once_and_none_that_they_do_not() -> None:
    words = wording("en").feeling
    for reply in by_voice(sentiment="anxious"):
        assert sum(told(reply).count(text) for text in words["anxious"]) == 1
    assert not any(text in told(compose(refusal())) for two in words.values() for text in two)


def test_the_same_mail_gets_the_same_letter_and_others_may_get_another_voice() -> None:
    assert compose(refusal()) == compose(refusal())
    assert len(by_voice()) == 4


def test_whom_an_offer_suits_is_told_only_while_the_letter_is_short() -> None:
    gains = set(wording("en").gain.values())
    short = [any(gain in told(reply) for gain in gains) for reply in by_voice()]
    assert short == [True, True, False, True]
    long = refusal().reasons[0].model_copy(update={"text": "Below that the hours would be missing. " * 12})
    assert not any(gain in told(reply) for reply in by_voice(reasons=(long,)) for gain in gains)


def two_asks(kind: str, quote: str = "by Friday", *slots: SlotLine) -> DraftVariables:
    more = AskLine(number=2, kind=kind, quote=quote, verdict="no", reasons=("late",))
    late = ReasonLine(id="late", text="Done faster it would be full of faults.", for_asks=(2,))
    return refusal(
        asks=(*refusal().asks, more),
        reasons=(*refusal().reasons, late),
        offers=(*refusal().offers, offer("later", "date", "The whole a little later, with the time it needs", 2)),
        slots=slots,
    )


def test_each_refused_ask_gets_its_no_its_reason_and_an_offer() -> None:
    reply = compose(two_asks("rush_deadline"))
    assert {"ask:1", "rule:discount", "ask:2", "rule:late", "offer:later"} <= set(backings(reply))
    assert "we can't have this ready" in told(reply)


def test_a_second_wish_of_the_same_kind_is_refused_in_their_words_or_not_again() -> None:
    words = SlotLine(name="ask.2.quote", words="and the flyers cheaper too")
    assert "The same answer holds for “{ask.2.quote}”." in told(compose(two_asks("discount", "", words)))
    assert not {"ask:2", "rule:late"} & set(backings(compose(two_asks("discount"))))


def test_a_shared_reason_is_told_once() -> None:
    more = AskLine(number=2, kind="other", quote="and a flyer", verdict="no", reasons=("discount",))
    reason = refusal().reasons[0].model_copy(update={"for_asks": (1, 2)})
    assert backings(compose(refusal(asks=(*refusal().asks, more), reasons=(reason,)))).count("rule:discount") == 1


def test_what_is_kept_is_said_before_the_no_and_what_is_open_is_asked() -> None:
    for reply in by_voice(asks=(refusal().asks[0], KEPT), questions=(QUESTION,)):
        order = backings(reply)
        assert order.index("kept:2") < next(n for n, s in enumerate(reply.sentences) if "can't" in s.text)
        assert QUESTION.text in told(reply)


def test_every_further_yes_stands_behind_the_no() -> None:
    kept = [KEPT.model_copy(update={"number": number}) for number in (2, 3, 4)]
    for reply in by_voice(asks=(refusal().asks[0], *kept)):
        assert [b for b in backings(reply) if b.startswith("kept")] == ["kept:2", "kept:3", "kept:4"]
        assert any("can't" in sentence.text for sentence in reply.sentences[:5])


def test_a_question_that_they_asked_gets_an_answer_of_its_own_and_no_yes() -> None:
    asked = KEPT.model_copy(update={"kind": "information_request"})
    reply = compose(refusal(asks=(refusal().asks[0], asked)))
    assert "Your question on the other matter gets an answer of its own." in told(reply)


def test_asking_neither_refuses_nor_offers_nor_grants() -> None:
    reply = compose(refusal(action="ask", asks=(refusal().asks[0], KEPT), questions=(QUESTION,), reasons=(), offers=()))
    assert {b.partition(":")[0] for b in backings(reply)} == {"ask", "courtesy", "question"}
    assert reply.sentences[-2].text == wording("en").why["time"]


def test_parting_ends_with_what_is_wound_down() -> None:
    told_ = backings(compose(refusal(action="end")))
    assert told_[:2] == ["rule:discount", "rule:discount"]
    assert [b for b in told_ if b.startswith("offer:")]


@pytest.mark.parametrize("language", ["de", "it", "und", ""])
def test_without_texts_in_the_language_of_the_mail_nothing_is_written(language: str) -> None:
    assert compose(refusal(language=language)).sentences == []


def test_one_text_in_another_language_is_enough_to_write_nothing() -> None:
    german = offer("other", "other", "Ein kleinerer Umfang zu den üblichen Sätzen, der zu Ihrem Budget passt")
    offers = refusal().offers
    assert compose(refusal(offers=offers)).sentences
    assert compose(refusal(offers=(offers[0], offers[2], german))).sentences == []


@pytest.mark.parametrize("text", ["{", "\ud800", "{ask.1.quote", "a" * 9000, "", "\u202e{x}"])
def test_hostile_words_never_raise(text: str) -> None:
    asks = (AskLine(number=1, kind=text or "x", quote=text, verdict="no"),)
    compose(
        refusal(asks=asks, aim=text, details=(text,), sentiment=text, slots=(SlotLine(name="aim.quote", words=text),))
    )
