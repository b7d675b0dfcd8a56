"""The scenes that are played through the real SDK: recorded once by ``tests/servers/record.py``, replayed ever after.

A cassette holds no secret: request headers are dropped but for the content type, response headers but for two. A
request that is not on the tape, or a reply that nobody asked for, fails the test.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import vcr

from pipeline.errors import CandorError
from pipeline.llm.model import Model, Parameters
from pipeline.llm.openai import OpenAIModel
from pipeline.llm.profiles import Profile
from pipeline.llm.retry import Retrying
from pipeline.types.prompt import Completion, Prompt
from tests.llm.fakes import Clock, make_prompt

FOLDER = Path(__file__).parents[2] / "fixtures" / "cassettes"
API_KEY = "sk-that-must-not-be-recorded"
PORTS = {"llama": 18431, "stand-in": 18432, "llama-cpp-python": 18433, "transformers": 18434, "litellm": 18435}
CONTEXT = 2048  # tokens, of the llama-server that is recorded

_KEPT = {"content-type", "retry-after"}
_PLACE = re.compile(rb'File \\"[^"]*/site-packages/')  # in a traceback that a server sends: where it is installed


@dataclass(frozen=True)
class Scene:
    """One cassette: against whom it is recorded, and the prompts that are sent in order."""

    server: str
    prompts: tuple[Prompt, ...]
    profile: Profile = field(default_factory=Profile)
    max_tokens: int = 400
    retries: bool = False
    model: str = "tiny-random"
    key: str = API_KEY

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{PORTS[self.server]}/v1"


_BROKEN_PATTERN = make_prompt("A broken pattern").model_copy(
    update={"schema_": {"type": "object", "properties": {"a": {"type": "string", "pattern": "^(?=x)[a-z$"}}}}
)

SCENES = {
    "llama-schema": Scene("llama", (make_prompt(),)),
    "llama-truncated": Scene("llama", (make_prompt(),), max_tokens=8),
    "llama-too-long": Scene("llama", (make_prompt("May we have 20 % off? " * 150),)),
    "llama-broken-pattern": Scene("llama", (_BROKEN_PATTERN,)),
    "llama-cpp-python-dialect": Scene("llama-cpp-python", (make_prompt(), make_prompt("A second mail"))),
    "llama-cpp-python-too-long": Scene("llama-cpp-python", (make_prompt("20 % off? " * 300), make_prompt())),
    "transformers-ignores": Scene("transformers", (make_prompt(),), max_tokens=60, model="tiny"),
    "litellm-good": Scene("litellm", (make_prompt(),), model="good"),
    "litellm-busy": Scene("litellm", (make_prompt(),), model="busy", retries=True),
    "litellm-too-long": Scene("litellm", (make_prompt(),), model="too-long"),
    "litellm-broken": Scene("litellm", (make_prompt(),), model="broken", retries=True),
    "litellm-prose": Scene("litellm", (make_prompt(), make_prompt("A second mail")), model="prose"),
    "litellm-wrong-key": Scene("litellm", (make_prompt(),), model="good", key="sk-wrong"),
    "stand-in-refusal": Scene("stand-in", (make_prompt("refuse"),)),
    "stand-in-filter": Scene("stand-in", (make_prompt("filter"),)),
    "stand-in-busy": Scene("stand-in", (make_prompt("busy"),), retries=True),
    "stand-in-no-credit": Scene("stand-in", (make_prompt("no credit"),), retries=True),
    "stand-in-json-mode-only": Scene(
        "stand-in",
        (make_prompt("json mode only"), make_prompt("json mode only, again")),
        profile=Profile(strict=True, limit="max_completion_tokens"),
    ),
}


async def play(scene: Scene) -> list[Completion | CandorError]:
    """Send the prompts of a scene one after the other; what comes of each."""
    parameters = Parameters(model=scene.model, temperature=0.8, max_tokens=scene.max_tokens)
    outcomes: list[Completion | CandorError] = []
    clock = Clock()
    async with OpenAIModel(
        parameters, base_url=scene.base_url, api_key=scene.key, profile=scene.profile, timeout=60
    ) as endpoint:
        model: Model = Retrying(endpoint, sleep=clock.sleep, clock=clock) if scene.retries else endpoint
        for prompt in scene.prompts:
            try:
                outcomes.append(await model.complete(prompt))
            except CandorError as error:
                outcomes.append(error)
    return outcomes


@contextmanager
def cassette(name: str, record_mode: str = "none") -> Iterator[Any]:
    """Play (or record) a cassette; afterwards everything on it must have been asked for."""
    recorder = vcr.VCR(
        cassette_library_dir=str(FOLDER),
        record_mode=record_mode,
        match_on=("method", "scheme", "host", "port", "path", "query", "body"),
        before_record_request=_bare_request,
        before_record_response=_bare_response,
        decode_compressed_response=True,
    )
    with recorder.use_cassette(f"{name}.yaml") as tape:
        yield tape
    if record_mode == "none":
        assert tape.all_played, f"{name}: a recorded reply was not asked for"


def _bare_request(request: Any) -> Any:
    request.headers = {k: v for k, v in request.headers.items() if k.lower() == "content-type"}
    return request


def _bare_response(response: dict[str, Any]) -> dict[str, Any]:
    headers = {k: v for k, v in response["headers"].items() if k.lower() in _KEPT}
    body = {"string": _PLACE.sub(b'File \\"', response["body"]["string"])}
    return {**response, "headers": headers, "body": body}
