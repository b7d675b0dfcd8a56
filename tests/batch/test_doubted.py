import json

from pipeline.batch.doubted import Doubted
from pipeline.batch.store import Store
from pipeline.llm.cache import Cached
from pipeline.llm.model import Parameters
from pipeline.prompts import load_prompts
from pipeline.types.prompt import Completion, Prompt, Usage
from tests.batch.fakes import prompt
from tests.fakes import filled, reading

PROMPTS = load_prompts()
ASKED = prompt().model_copy(update={"version": PROMPTS.extract.name})
READING = json.dumps(filled(reading(), PROMPTS.extract.reply.model_json_schema()))


class Answering:
    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)

    async def complete(self, asked: Prompt) -> Completion:
        return Completion(text=self.texts.pop(0), model="m", call="c", usage=Usage(calls=1))


async def test_a_reply_that_fits_no_form_is_asked_for_anew_and_replaced(store: Store) -> None:
    parameters = Parameters(model="m")
    await Cached(Answering('{"mood": "fine"}'), parameters, store).complete(ASKED)
    assert (await Cached(Answering(), parameters, store).complete(ASKED)).text == '{"mood": "fine"}'

    doubted = Doubted(store, PROMPTS)
    form = PROMPTS.extract.reply.model_validate_json
    reply = await Cached(Answering(READING), parameters, doubted).complete(ASKED)
    assert form(reply.text)
    assert (await Cached(Answering(), parameters, store).complete(ASKED)).text == READING, "the new one stays"


async def test_a_good_reply_is_not_asked_for_again(store: Store) -> None:
    parameters = Parameters(model="m")
    await Cached(Answering(READING), parameters, store).complete(ASKED)
    assert (await Cached(Answering(), parameters, Doubted(store, PROMPTS)).complete(ASKED)).text == READING
