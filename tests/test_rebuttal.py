from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.prompts import Template, load_prompt
from pipeline.resources import shipped
from pipeline.types.quantities import Day, Percent
from pipeline.types.request import Request, Resistance, State
from tests.fakes import TODAY, ScriptedModel, ask, business, message, reading

THREAD = """On 16 Nov 2026, at 14:12, Plum & Press wrote:

> Hi Mia,
> we can't take 30 % off, and
> nothing can be ready by Friday.
> You could have half the set.
>
> On 9 Nov 2026, at 9:00, Mia wrote:
>> Could we get 30 % off the
>> whole set, and have it by Friday?"""
MAIL = message("Half the set it is, then. But that's mean of you!", history=THREAD)
NO = {"name": "earlier_no", "quote": "we can't take 30 % off", "choice": None}


@pytest.fixture
def newer(tmp_path: Path) -> Template:
    """A prompt version that asks for an answer to our no, too."""
    text = shipped("prompts", "extract", "v1", "prompt.prompty").read_text(encoding="utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    text = text.replace("schema: ExtractReply", "schema: ReadingReply").replace("version: v1", "version: mine")
    (folder / "prompt.prompty").write_text(text, encoding="utf-8")
    return load_prompt(f"extract@{folder}")


async def read(template: Template, *asks: dict[str, object], **more: object) -> Request:
    said = reading(*asks, **({"objection": None, "accepted": None, "mail_facts": [NO]} | more))
    return (await extract(MAIL, business(), template, ScriptedModel(said, said), TODAY)).request


async def test_an_objection_and_an_acceptance_are_kept_with_their_words(newer: Template) -> None:
    taken = {"quote": "Half the set it is", "offer": 2, "ours": "You could have half the set"}
    request = await read(newer, objection={"kind": "fairness", "quote": "that's mean of you"}, accepted=taken)
    assert request.objection is not None
    assert request.accepted is not None
    assert request.accepted.ours is not None
    assert (request.objection.kind, request.accepted.offer) == (Resistance.FAIRNESS, 2)
    assert MAIL.history[request.accepted.ours.start :].startswith("You could")


async def test_an_offer_taken_in_plain_words_is_heard_though_the_reading_names_none(newer: Template) -> None:
    plain = MAIL.model_copy(update={"body": "We'll take the whole set."})
    said = reading(objection=None, accepted=None, mail_facts=[NO])
    request = (await extract(plain, business(), newer, ScriptedModel(said), TODAY)).request
    assert request.accepted is None  # "set" is what they asked for
    lighter = plain.model_copy(update={"body": "We'd go for the half, thanks.", "language": "en"})
    request = (await extract(lighter, business(), newer, ScriptedModel(said), TODAY)).request
    assert request.accepted is not None
    assert request.accepted.quote.text == "We'd go for the half, thanks."
    pushing = said | {"objection": {"kind": "price", "quote": "thanks"}}
    assert (await extract(lighter, business(), newer, ScriptedModel(pushing), TODAY)).request.accepted is None


async def test_words_that_are_not_theirs_or_not_ours_are_dropped_and_named(newer: Template) -> None:
    taken = {"quote": "You could have half the set", "offer": 2, "ours": None}
    request = await read(newer, objection={"kind": "price", "quote": "far too dear"}, accepted=taken)
    assert (request.objection, request.accepted) == (None, None)
    assert len(request.dropped) == 2
    foreign = await read(newer, accepted={"quote": "Half the set it is", "offer": None, "ours": "it is, then"})
    assert foreign.accepted is not None
    assert foreign.accepted.ours is None  # "ours" counts in the history alone
    assert "not in the history" in foreign.dropped[0]


async def test_an_ask_that_still_stands_may_be_quoted_from_the_history(newer: Template) -> None:
    again = ask("discount", "Could we get 30 % off the whole set", ("discount_asked", "30 % off"))
    request = await read(newer, again)
    assert request.asks[0].quote.part == "history"
    assert request.asks[0].quote.text == "Could we get 30 % off the\nwhole set"
    assert request.asks[0].facts[0].value == Percent(number=30)


async def test_a_day_of_the_history_counts_from_the_mail_it_stands_in(newer: Template) -> None:
    rush = ask("rush_deadline", "have it by Friday", ("deadline", "have it by Friday"))
    assert (await read(newer, rush)).asks[0].facts[0].value == Day.model_validate({"day": "2026-11-13"})


async def test_who_objects_to_what_they_quote_answers_it(newer: Template) -> None:
    again = ask("discount", "Could we get 30 % off the whole set", ("discount_asked", "30 % off"))
    request = await read(newer, again, mail_facts=[], objection={"kind": "fairness", "quote": "that's mean of you"})
    assert request.asks[0].quote.part == "history"


async def test_without_a_no_of_ours_the_history_stays_what_others_wrote(newer: Template) -> None:
    again = ask("discount", "Could we get 30 % off the whole set", ("discount_asked", "30 % off"))
    request = await read(newer, again, mail_facts=[])
    assert request.asks == ()
    assert request.cannot_tell


async def test_pressure_and_what_they_offer_us_count_only_in_the_newest_mail(newer: Template) -> None:
    again = ask("discount", "Half the set it is", ("offers_payment", "Could we get"))
    assert (await read(newer, again)).asks[0].facts[0].state is State.UNKNOWN


async def test_the_first_version_of_the_prompt_knows_nothing_of_it() -> None:
    request = (
        await extract(MAIL, business(), load_prompt("extract@v1"), ScriptedModel(reading(mail_facts=[NO])), TODAY)
    ).request
    assert (request.objection, request.accepted) == (None, None)
