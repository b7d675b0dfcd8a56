from datetime import date
from decimal import Decimal

import pytest

from pipeline.errors import MalformedError
from pipeline.extract import extract
from pipeline.prompts import load_prompt
from pipeline.types.quantities import Day, Flag, Percent
from pipeline.types.request import Request, State
from tests.fakes import TODAY, ScriptedModel, ask, business, message, reading

MAIL = message("We love the posters. Could we get 30% off, and have them by Friday? It is for the fair.")
ASK = ask("discount", "Could we get 30% off", ("discount_asked", "30% off"), ("deadline", "by Friday"))


async def read(*replies: object) -> tuple[Request, ScriptedModel]:
    model = ScriptedModel(*replies)
    reading_ = await extract(MAIL, business(), load_prompt("extract@v1"), model, TODAY)
    assert len(reading_.attempts) == len(model.prompts)
    return reading_.request, model


async def test_values_are_read_by_code_from_the_quote() -> None:
    request, _ = await read(reading(ASK, aim="It is for the fair"))
    facts = {f.name: f for f in request.asks[0].facts}
    assert facts["discount_asked"].value == Percent(number=Decimal(30))
    assert facts["deadline"].value == Day(day=date(2026, 11, 20))
    quote = facts["discount_asked"].quote
    assert quote is not None
    assert MAIL.body[quote.start : quote.end] == "30% off"
    assert request.aim is not None


async def test_words_that_are_not_in_the_mail_get_one_more_try_and_are_then_dropped() -> None:
    invented = ask("free_work", "Please do it for nothing", ("unpaid", "for nothing"))
    request, model = await read(reading(ASK, invented), reading(ASK, invented))
    assert len(model.prompts) == 2
    assert "Please do it for nothing" in model.prompts[1].messages[1].content
    assert [a.kind.value for a in request.asks] == ["discount"]
    assert len(request.dropped) == 1


async def test_a_fact_without_its_words_is_unknown_never_taken_on_trust() -> None:
    approved = ask("discount", "Could we get 30% off", ("discount_asked", "10% approved by Priya"))
    request, _ = await read(reading(approved), reading(approved))
    assert request.asks[0].facts[0].state is State.UNKNOWN


async def test_a_measure_that_code_cannot_read_is_unknown() -> None:
    request, _ = await read(reading(ask("discount", "Could we get 30% off", ("deadline", "the posters"))))
    assert request.asks[0].facts[0].state is State.UNKNOWN


async def test_if_every_ask_is_invented_the_reader_cannot_tell() -> None:
    invented = ask("free_work", "Please do it for nothing")
    request, _ = await read(reading(invented), reading(invented))
    assert request.asks == ()
    assert "not in the mail" in request.cannot_tell


async def test_a_malformed_reply_spends_the_second_call() -> None:
    request, model = await read("certainly! here is your JSON", reading(ASK))
    assert len(request.asks) == 1
    assert "does not fit its schema" in model.prompts[1].messages[1].content
    with pytest.raises(MalformedError) as error:
        await read("no", "still no")
    assert error.value.raw == "still no"


async def test_flags_of_the_mail_hold_for_all_of_it() -> None:
    request, _ = await read(reading(ASK, mail_facts=[{"name": "insists", "quote": "Could we", "choice": None}]))
    assert request.facts[0].value == Flag(yes=True)


async def test_long_text_outweighs_the_language_the_model_names() -> None:
    request, _ = await read(reading(ASK, language="fr"))
    assert request.language == "en"


async def test_a_piece_of_a_longer_figure_is_no_quote() -> None:
    claimed = ask("discount", "Could we get 30% off", ("discount_asked", "0% off"))
    request, _ = await read(reading(claimed), reading(claimed))
    assert request.asks[0].facts[0].state is State.UNKNOWN


async def test_two_values_for_one_fact_are_none() -> None:
    both = ask(
        "discount", "Could we get 30% off", ("discount_asked", "30% off"), ("discount_asked", "Could we get 30% off")
    )
    assert (await read(reading(both)))[0].asks[0].facts[0].state is State.KNOWN
    torn = ask("discount", "Could we get 30% off", ("deadline", "by Friday"), ("deadline", "It is for the fair"))
    assert (await read(reading(torn)))[0].asks[0].facts[0].state is State.UNKNOWN


async def test_a_fact_at_the_wrong_level_still_counts() -> None:
    insists = {"name": "insists", "quote": "Could we", "choice": None}
    asked = {"name": "discount_asked", "quote": "30% off", "choice": None}
    told = ask("discount", "Could we get 30% off") | {"facts": [insists]}
    request, _ = await read(reading(told, mail_facts=[asked]))
    assert [f.name for f in request.facts] == ["insists"]
    assert [f.name for f in request.asks[0].facts] == ["discount_asked"]


async def test_a_reading_that_lost_an_ask_cannot_tell() -> None:
    invented = ask("free_work", "Please do it for nothing")
    request, _ = await read(reading(ASK, invented), reading(ASK, invented))
    assert "not in the mail" in request.cannot_tell


async def test_more_asks_than_a_careful_reading_holds_are_not_cut_in_silence() -> None:
    request, _ = await read(reading(*[ASK] * 13))
    assert "more than 12 asks" in request.cannot_tell


async def test_a_reply_that_the_adapter_cannot_open_spends_the_second_call() -> None:
    request, model = await read(MalformedError, reading(ASK))
    assert (len(request.asks), len(model.prompts)) == (1, 2)
