from pipeline.earlier import ENOUGH, earlier_of, quoted
from pipeline.flow import reply
from pipeline.prompts import load_prompts
from pipeline.types.decision import Action
from pipeline.types.draft import Draft
from pipeline.types.outcome import Outcome
from tests.fakes import GOOD_DISCOUNT, TODAY, ScriptedModel, ask, business, message, reading

MAIL = message("We love the posters and want them up before the fair. Could we get 30% off the set?")
DISCOUNT = reading(ask("discount", "Could we get 30% off", ("discount_asked", "30% off")), aim="up before the fair")


async def no() -> Outcome:
    """A drafted no with three offers."""
    model = ScriptedModel(DISCOUNT, GOOD_DISCOUNT)
    return await reply(
        MAIL, key="k", business=business(), today=TODAY, prompts=load_prompts("extract@v1", "draft@v1"), model=model,
        fallback=model,
    )  # fmt: skip


async def draft() -> Draft:
    drafted = (await no()).draft
    assert drafted is not None
    return drafted


async def test_a_drafted_no_is_kept_as_it_was_told() -> None:
    earlier = earlier_of(await no())
    assert earlier is not None
    assert (earlier.action, earlier.code, earlier.round) == (Action.DECLINE, "discount", 1)
    assert [told.offer.id for told in earlier.told] == ["within_limit", "fit_budget", "spread_payment"]
    assert earlier.told[0].words == "If you order the whole set at once, we take 10% off."
    assert earlier.rules == ("discount",)


async def test_what_was_not_drafted_or_refused_nothing_is_no_earlier_no() -> None:
    outcome = await no()
    for change in ({"draft": None}, {"action": Action.ASK}, {"request": None}):
        assert earlier_of(outcome.model_copy(update=change)) is None


async def test_a_no_is_known_by_its_sentences_however_the_mail_program_quotes_them() -> None:
    draft_ = await draft()
    lines = "\n".join(f"> {line[:60]}\n> {line[60:]}" for line in draft_.body.splitlines())
    assert quoted(draft_, lines) > 0.8
    assert quoted(draft_, draft_.body.upper()) == 1


async def test_a_draft_that_was_edited_before_it_was_sent_is_still_known() -> None:
    draft_ = await draft()
    some = " ".join(sentence.text for sentence in draft_.sentences[::2])
    assert quoted(draft_, some) >= ENOUGH


async def test_another_letter_with_the_same_courtesies_is_not() -> None:
    other = "Hi Mia,\n\nHere is what we can do instead. Tell us which of the three suits you.\n\nWarmly,\nAda Plum"
    assert quoted(await draft(), other) < ENOUGH / 2
    short = (await draft()).model_copy(update={"sentences": (await draft()).sentences[3:4]})
    assert quoted(short, "Here is what we can do instead.") == 0
