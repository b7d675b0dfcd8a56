"""The seam between the stages and any model: one protocol with one method, and the key of a call.

A wrapper (cache, pace, fallback) is a model around a model. What this leaves out: streaming, tools, images.
"""

import hashlib
import json
from functools import lru_cache
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import MalformedError
from pipeline.types.prompt import Completion, Prompt

Reply = TypeVar("Reply", bound=BaseModel)


class Model(Protocol):
    """Completes a prompt, or raises a ``ModelError``, ``PendingError`` or ``EndpointError``."""

    async def complete(self, prompt: Prompt) -> Completion:
        """One reply to ``prompt``; its text is not yet validated."""
        ...


class Parameters(BaseModel, frozen=True, extra="forbid"):
    """What is sent beside the messages. None leaves the endpoint's default."""

    model: str
    temperature: float | None = None
    max_tokens: int = 4000


def call_key(prompt: Prompt, parameters: Parameters, repeat: int = 0) -> str:
    """SHA-256 (64 hex characters) over model, parameters, rendered messages and schema: equal key, equal request.

    ``repeat`` numbers requests that are equal on purpose, when a model is asked several times.
    """
    said = ",".join(f'{{"content":{_quoted(turn.content)},"role":{_quoted(turn.role)}}}' for turn in prompt.messages)
    beside: dict[str, object] = {"parameters": parameters.model_dump(mode="json"), "schema": prompt.schema_}
    if repeat:
        beside["repeat"] = repeat
    text = json.dumps(beside, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f'{{"messages":[{said}],{text[1:]}'.encode()).hexdigest()


@lru_cache(maxsize=64)  # what a prompt version says first is long, and the same for every mail
def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def parse_reply(completion: Completion, schema: type[Reply], prompt: Prompt) -> Reply:
    """Validate the reply against its schema; a fenced block is unwrapped first.

    Raises:
        MalformedError: naming the first three faults, in words that the model can act on.
    """
    text = _unfenced(completion.text)
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'reply'}: {e['msg']}" for e in error.errors()[:3])
        raise MalformedError(
            f"the reply does not fit its schema: {faults}",
            prompt=prompt,
            raw=completion.text,
            usage=completion.usage,
            model=completion.model,
        ) from None


def _unfenced(text: str) -> str:
    text = text.strip()
    if text.startswith("```"):
        text = text.partition("\n")[2].rpartition("```")[0]
    return text
