from pipeline.llm.model import Model, parse_reply
from pipeline.llm.offline.model import OfflineModel
from pipeline.prompts import load_prompts
from pipeline.types.replies import DraftReply, ExtractReply
from tests.llm.offline.mails import mail, refusal

PROMPTS = load_prompts()


async def test_each_stage_gets_json_of_its_own_schema() -> None:
    model: Model = OfflineModel()
    reading = PROMPTS.extract.render(mail("Could you take 25% off the price of the posters?"))
    writing = PROMPTS.draft.render(refusal())
    read = parse_reply(await model.complete(reading), PROMPTS.extract.reply, reading)
    written = parse_reply(await model.complete(writing), PROMPTS.draft.reply, writing)
    assert isinstance(read, ExtractReply)
    assert isinstance(written, DraftReply)
    assert read.asks
    assert written.sentences


async def test_the_call_names_the_variables_and_nothing_is_spent() -> None:
    one, same, other = [
        await OfflineModel().complete(PROMPTS.extract.render(mail(body)))
        for body in ("Could you?", "Could you?", "Would you?")
    ]
    assert one == same
    assert one.call != other.call
    assert len(one.call) == 64
    assert (one.model, one.usage.prompt_tokens) == ("offline", None)


async def test_text_that_no_encoding_holds_is_still_answered() -> None:
    prompt = PROMPTS.extract.render(mail("Could you take 25% off the price \ud800 of the posters?"))
    assert (await OfflineModel().complete(prompt)).text.isascii()
