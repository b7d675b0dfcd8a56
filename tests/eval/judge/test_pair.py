from eval.judge.pair import prefer
from pipeline.errors import TransportError
from pipeline.prompts import load_prompt
from tests.eval.judge.asked import subject
from tests.fakes import ScriptedModel

TEMPLATE = load_prompt("pair@v1")
FIRST = {"reason": "it names the fair", "better": "first"}


async def test_a_preference_is_asked_in_the_order_given() -> None:
    model = ScriptedModel(FIRST)
    said = await prefer(subject(), "No, but here is how.", "No.", TEMPLATE, model)
    assert (said.better, said.reason, said.fault, said.judge) == ("first", "it names the fair", "", "scripted")
    told = model.prompts[0].messages[-1].content
    assert told.index("No, but here is how.") < told.index("No.\n")


async def test_nonsense_is_asked_once_more_and_then_prefers_nothing() -> None:
    assert (await prefer(subject(), "a", "b", TEMPLATE, ScriptedModel({"better": "both"}, FIRST))).better == "first"
    said = await prefer(subject(), "a", "b", TEMPLATE, ScriptedModel("both", "both"))
    assert said.better == ""
    assert "does not fit its schema" in said.fault
    assert said.usage.calls == 2


async def test_a_model_that_fails_prefers_nothing() -> None:
    said = await prefer(subject(), "a", "b", TEMPLATE, ScriptedModel(TransportError))
    assert (said.better, said.fault) == ("", "as scripted")
