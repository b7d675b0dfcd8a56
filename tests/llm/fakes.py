"""What the tests of this room share: a small prompt, a scripted model, a clock, and a make-believe endpoint."""

import json
from collections.abc import Iterable
from typing import Literal

import httpx2
from pydantic import Field, JsonValue

from pipeline.llm.model import Parameters
from pipeline.types.base import Value
from pipeline.types.prompt import Completion, DraftVariables, Prompt, Turn, Usage

PARAMETERS = Parameters(model="test-model", max_tokens=400)


class Reading(Value):
    """A reply small enough for a model of random weights."""

    kind: Literal["discount", "other"]
    quote: str = Field(max_length=20)
    numbers: list[int] = Field(max_length=3)


GOOD = '{"kind": "discount", "quote": "20 % off", "numbers": [20]}'


def make_prompt(text: str = "May we have 20 % off?") -> Prompt:
    variables = DraftVariables(
        action="decline", language="en", firm="Studio", voice="", aim="", details=(), sentiment="neutral", pressure=(),
        asks=(), reasons=(), offers=(), questions=(), slots=(),
    )  # fmt: skip
    return Prompt(
        stage="draft",
        version="draft@v1",
        hash="0" * 64,
        variables=variables,
        messages=(Turn(role="system", content="Read the mail."), Turn(role="user", content=text)),
        schema_=Reading.model_json_schema(),
    )


def chat(content: JsonValue = GOOD, finish: str = "stop", **message: JsonValue) -> dict[str, JsonValue]:
    """A chat.completion object as an endpoint sends it."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "test-model-2026-01",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
        ],
        "usage": {"prompt_tokens": 50, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": 32}},
    }


def refused(message: str, **more: JsonValue) -> dict[str, JsonValue]:
    return {"error": {"message": message, **more}}


class Scripted:
    """A model that answers by its script: a text is a reply, an exception is raised."""

    def __init__(self, *script: str | Exception) -> None:
        self.script = list(script)
        self.asked: list[Prompt] = []

    async def complete(self, prompt: Prompt) -> Completion:
        self.asked.append(prompt)
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        return Completion(text=step, model="scripted", call="c", usage=Usage(prompt_tokens=5, calls=1))


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Endpoint:
    """The network of a test: answers in order, remembering every request body."""

    def __init__(self, answers: Iterable[httpx2.Response | Exception]) -> None:
        self.answers = list(answers)
        self.bodies: list[dict[str, JsonValue]] = []
        self.headers: list[httpx2.Headers] = []

    @property
    def transport(self) -> httpx2.MockTransport:
        return httpx2.MockTransport(self._answer)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.bodies.append(json.loads(request.content))
        self.headers.append(request.headers)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer
