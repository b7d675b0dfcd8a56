"""A reply that came to nothing is asked for again; the model's own words are taken as they are."""

import pytest

from eval.runs.again import Again
from pipeline.errors import EmptyError, GarbledError, MalformedError, ModelError, TruncatedError
from pipeline.prompts import load_prompt
from pipeline.types.judging import PairVariables
from pipeline.types.prompt import Completion, Prompt, Usage

PROMPT = load_prompt("pair@v1").render(
    PairVariables(firm="f", language="en", subject="s", mail="m", decision=(), first="a", second="b")
)
ONE = Usage(prompt_tokens=7, calls=1)


class Line:
    """Loses replies in the given ways, then answers."""

    def __init__(self, *lost: type[ModelError]) -> None:
        self.lost = list(lost)
        self.calls = 0

    async def complete(self, prompt: Prompt) -> Completion:
        self.calls += 1
        if self.lost:
            raise self.lost.pop(0)("lost", prompt=prompt, usage=ONE)
        return Completion(text="{}", model="m", call="c", usage=ONE)


async def test_what_is_lost_twice_comes_at_the_third_try_and_is_paid_for_thrice() -> None:
    line = Line(TruncatedError, GarbledError)
    assert (await Again(line).complete(PROMPT)).usage == Usage(prompt_tokens=21, calls=3)
    assert line.calls == 3


async def test_three_losses_are_an_error_that_knows_its_cost() -> None:
    line = Line(EmptyError, TruncatedError, TruncatedError, TruncatedError)
    with pytest.raises(TruncatedError) as told:
        await Again(line).complete(PROMPT)
    assert (line.calls, told.value.usage.calls) == (3, 3)


async def test_words_that_are_no_json_are_the_models_own() -> None:
    line = Line(MalformedError)
    with pytest.raises(MalformedError):
        await Again(line).complete(PROMPT)
    assert line.calls == 1
