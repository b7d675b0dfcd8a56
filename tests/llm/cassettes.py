"""The scenes that are played through the real SDK: recorded once by ``tests/servers/record.py``, replayed ever after.

A cassette holds no secret: request headers are dropped but for the content type, response headers but for two. A
request that is not on the tape, or a reply that nobody asked for, fails the test.
"""

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
LLAMA_PORT, STAND_IN_PORT = 18431, 18432
LLAMA, STAND_IN = (f"http://127.0.0.1:{port}/v1" for port in (LLAMA_PORT, STAND_IN_PORT))
API_KEY = "key-that-must-not-be-recorded"
CONTEXT = 2048  # tokens, of the llama-server that is recorded

_KEPT = {"content-type", "retry-after"}


@dataclass(frozen=True)
class Scene:
    """One cassette: against whom it is recorded, and the prompts that are sent in order."""

    base_url: str
    prompts: tuple[Prompt, ...]
    profile: Profile = field(default_factory=Profile)
    max_tokens: int = 400
    retries: bool = False


_BROKEN_PATTERN = make_prompt("A broken pattern").model_copy(
    update={"schema_": {"type": "object", "properties": {"a": {"type": "string", "pattern": "^(?=x)[a-z$"}}}}
)

SCENES = {
    "llama-schema": Scene(LLAMA, (make_prompt(),)),
    "llama-truncated": Scene(LLAMA, (make_prompt(),), max_tokens=8),
    "llama-too-long": Scene(LLAMA, (make_prompt("May we have 20 % off? " * 150),)),
    "llama-broken-pattern": Scene(LLAMA, (_BROKEN_PATTERN,)),
    "stand-in-refusal": Scene(STAND_IN, (make_prompt("refuse"),)),
    "stand-in-filter": Scene(STAND_IN, (make_prompt("filter"),)),
    "stand-in-busy": Scene(STAND_IN, (make_prompt("busy"),), retries=True),
    "stand-in-no-credit": Scene(STAND_IN, (make_prompt("no credit"),), retries=True),
    "stand-in-json-mode-only": Scene(
        STAND_IN,
        (make_prompt("json mode only"), make_prompt("json mode only, again")),
        profile=Profile(strict=True, limit="max_completion_tokens"),
    ),
}


async def play(scene: Scene) -> list[Completion | CandorError]:
    """Send the prompts of a scene one after the other; what comes of each."""
    parameters = Parameters(model="tiny-random", temperature=0.8, max_tokens=scene.max_tokens)
    outcomes: list[Completion | CandorError] = []
    clock = Clock()
    async with OpenAIModel(
        parameters, base_url=scene.base_url, api_key=API_KEY, profile=scene.profile, timeout=60
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
    return {**response, "headers": headers}
