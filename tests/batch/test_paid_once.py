"""What is asked, paid and kept: a usable reply once, and nothing else."""

import pytest

from pipeline.batch.store import Store
from pipeline.errors import (
    EmptyError,
    FilteredError,
    GarbledError,
    MalformedError,
    ModelError,
    RefusedError,
    RequestError,
    TransportError,
    TruncatedError,
)
from pipeline.llm.cache import Cached
from pipeline.llm.model import Parameters, call_key
from pipeline.types.prompt import Completion, Prompt, Usage
from tests.batch.fakes import completion, prompt

PARAMETERS = Parameters(model="some-model")
KEY = call_key(prompt(), PARAMETERS)
USELESS = (
    RefusedError, TruncatedError, FilteredError, EmptyError, MalformedError, GarbledError, RequestError, TransportError,
)  # fmt: skip


class Moody:
    """A model whose first reply is of no use."""

    def __init__(self, error: type[ModelError]) -> None:
        self.error, self.asked = error, 0

    async def complete(self, prompt: Prompt) -> Completion:
        self.asked += 1
        if self.asked == 1:
            raise self.error("no use", prompt=prompt)
        return completion(KEY, "a reply")


@pytest.mark.parametrize("error", USELESS)
async def test_a_reply_of_no_use_is_never_kept_and_a_good_one_is(store: Store, error: type[ModelError]) -> None:
    moody = Moody(error)
    model = Cached(moody, PARAMETERS, store)
    with pytest.raises(error):
        await model.complete(prompt())
    assert store.get(KEY) is None
    assert (await model.complete(prompt())).text == "a reply"
    assert store.get(KEY) is not None
    again = await Cached(moody, PARAMETERS, store).complete(prompt())
    assert (again.usage, moody.asked) == (Usage(prompt_tokens=10, calls=0, cached_calls=1), 2)
