"""What a model claims about the business's own records: only entries on file, numbers read from the quote."""

import json
from decimal import Decimal

import pytest

from pipeline.claims import Page
from pipeline.extract import extract
from pipeline.policy.vocabulary import vocabulary
from pipeline.prompts import load_prompt
from pipeline.types.business import Business
from pipeline.types.message import Message
from pipeline.types.quantities import Choice, Flag, Order
from pipeline.types.records import Client
from pipeline.types.replies import FactClaim
from pipeline.types.request import Fact, State
from tests.fakes import TODAY, ScriptedModel, ask, business, message, reading
from tests.policy.derive.shop import shop

MAIL = message("Could you print three posters and 2,500 flyers for the fair? The walkers won't mind.")
LARK = Client.model_validate(
    {"id": "lark", "name": "Lark", "domains": ["lark.example"], "goals": ["more walkers", "fewer flyers"]}
)
OURS = shop().model_copy(update={"clients": (LARK,)})


async def facts(
    *claims: tuple[str, str] | tuple[str, str, str], ours: Business = OURS, mail: Message = MAIL
) -> tuple[Fact, ...]:
    reply = reading(ask("new_project_inquiry", "Could you print", *claims))
    model = ScriptedModel(reply, reply)
    return (await extract(mail, ours, load_prompt("extract@v1"), model, TODAY)).request.asks[0].facts


async def test_entries_of_the_price_list_stand_side_by_side_each_with_its_number() -> None:
    found = await facts(("item", "three posters", "poster"), ("item", "2,500 flyers", "flyers, 1,000"))
    assert [f.value for f in found] == [
        Order(item="poster", number=Decimal(3)),
        Order(item="flyers, 1,000", number=Decimal(2500)),
    ]


async def test_words_without_a_number_mean_one() -> None:
    assert (await facts(("item", "posters", "poster")))[0].value == Order(item="poster", number=Decimal(1))


async def test_words_with_two_numbers_are_unknown_but_a_name_is_no_number() -> None:
    two = message("Could you print two or three posters and two 3D posters for the fair?")
    assert [f.value for f in await facts(("item", "two or three posters", "poster"), mail=two)] == [None]
    assert [f.value for f in await facts(("item", "two 3D posters", "poster"), mail=two)] == [
        Order(item="poster", number=Decimal(2))
    ]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("hundreds of posters", "en"),
        ("Several posters", "en"),
        ("mehrere Plakate", "de"),
        ("des centaines d'affiches", "fr"),
        ("muchas láminas", "es"),
    ],
)
async def test_words_for_many_things_name_no_number(words: str, language: str) -> None:
    page = Page(message(f"{words}?"), language, TODAY, {spec.name: spec for spec in vocabulary(OURS, LARK)})
    claim = FactClaim(name="item", quote=words, choice="poster")
    assert [(f.state, f.value) for f in page.facts((claim,), [])] == [(State.UNKNOWN, None)]


@pytest.mark.parametrize(
    ("name", "one", "two"), [("pays_with", "exposure", "goods"), ("wrongdoing", "unlawful", "deceptive")]
)
async def test_two_choices_for_the_same_words_leave_the_fact_unknown(name: str, one: str, two: str) -> None:
    words, more = "The walkers won't mind", "for the fair"
    assert [f.state for f in await facts((name, words, one), (name, words, two))] == [State.UNKNOWN]
    assert [f.value for f in await facts((name, words, one), (name, more, two))] == [Choice(name=one)]


@pytest.mark.parametrize("choice", ["banner", "more walkers", ""])
async def test_an_entry_that_is_not_on_file_is_unknown(choice: str) -> None:
    found = await facts(("item", "three posters", choice))
    assert (found[0].state, found[0].value) == (State.UNKNOWN, None)


async def test_a_flag_about_a_record_keeps_the_entry_it_is_about() -> None:
    found = await facts(("goal_harmed", "2,500 flyers", "fewer flyers"))
    assert (found[0].value, found[0].note) == (Flag(yes=True), "fewer flyers")


async def test_a_fact_that_was_not_asked_for_is_dropped_and_named() -> None:
    reply = reading(ask("other", "Could you print three posters", ("item", "three posters", "poster")))
    read = await extract(MAIL, business(), load_prompt("extract@v1"), ScriptedModel(reply, reply), TODAY)
    assert read.request.asks[0].facts == ()
    assert read.request.dropped == ("item: was not asked for",)


async def test_the_schema_allows_only_what_is_asked_for() -> None:
    async def names(ours: Business) -> set[str]:
        model = ScriptedModel(reading())
        await extract(MAIL, ours, load_prompt("extract@v1"), model, TODAY)
        return set(json.loads(json.dumps(model.prompts[0].schema_))["$defs"]["MailFact"]["enum"])

    assert await names(OURS) - await names(business()) == {"item", "price_offered", "goal_unserved", "goal_harmed"}
