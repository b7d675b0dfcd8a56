from datetime import date

from pipeline.letter import letter_of
from pipeline.slots import fill
from pipeline.types.business import Example, Support
from pipeline.types.decision import Action, Decision, Reason, Term, Text
from pipeline.types.quantities import Day, Words
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, State
from tests.fakes import TODAY, business, message

QUOTE = Quote(part="body", start=0, end=5, text="Could you do it?")


def request(*facts: Fact) -> Request:
    return Request(asks=(Ask(number=1, kind=Kind.OTHER, quote=QUOTE, facts=facts),), language="en")


def test_the_clients_values_and_short_quotes_are_slots_and_addresses_never() -> None:
    due = Fact(name="deadline", state=State.KNOWN, value=Day(day=date(2026, 11, 27)))
    link = Fact(name="quantity", state=State.KNOWN, value=Words(text="see evil.example"))
    letter = letter_of(message("Hi"), request(due, link), Decision(action=Action.ASK, code="x"), business(), TODAY)
    assert letter.slots["ask.1.deadline"].words == "27 November"
    assert letter.slots["ask.1.quote"].words == "Could you do it"
    assert "ask.1.quantity" not in letter.slots
    assert fill("By {ask.1.deadline}, {nothing}.", letter.slots) == "By 27 November, {nothing}."


def test_an_approved_example_and_a_person_are_slots_for_the_reason_they_stand_beside() -> None:
    told = Text(by_language={"en": "We once cut a set early, and it peeled."})
    peeled = Example(id="peeled", text=told, for_=("late",))
    robin = Support(name="Robin Plum", role=Text(by_language={"en": "who plans our weeks"}), for_=("late",))
    known = business()
    known = known.model_copy(
        update={"profile": known.profile.model_copy(update={"examples": (peeled,), "people": (robin,)})}
    )
    late = Decision(action=Action.DECLINE, code="late", reasons=(Reason(rule="late", text=told),))
    other = Decision(action=Action.DECLINE, code="price", reasons=(Reason(rule="price", text=told),))
    names = {"example.peeled", "person.name", "person.role"}
    assert names <= set(letter_of(message("Hi"), request(), late, known, TODAY).slots)
    assert not names & set(letter_of(message("Hi"), request(), other, known, TODAY).slots)
    german = request().model_copy(update={"language": "de"})
    assert not names & set(letter_of(message("Hallo"), german, late, known, TODAY).slots)


def test_of_a_note_in_our_records_the_remark_is_left_out() -> None:
    found = Term(name="goal", value=Words(text="families were 3 of 412 bookings; no change planned (talk of May)"))
    reason = Reason(rule="no_impact", text=Text(by_language={"en": "By what we know: {goal}."}), terms=(found,))
    decision = Decision(action=Action.DECLINE, code="no_impact", reasons=(reason,))
    slots = letter_of(message("Hi"), request(), decision, business(), TODAY).slots
    assert slots["rule.no_impact.goal"].words == "families were 3 of 412 bookings"
