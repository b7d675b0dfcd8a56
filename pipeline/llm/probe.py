"""What an endpoint is and does, found out with two or three tiny requests. For ``candor doctor``; no mail is sent.

One request demands a word that only the schema knows and asks for something else: a reply that holds the word was made
by a server that obeys schemas. Left out: the quality of the model, rate limits, prices.
"""

import asyncio
import json
import time
from typing import TYPE_CHECKING, Literal

from pydantic import JsonValue

from pipeline.errors import EndpointError, MalformedError, ModelError, TransportError, TruncatedError
from pipeline.llm.compose import ModelSpec, endpoint_of
from pipeline.llm.faults import fault
from pipeline.llm.profiles import Output, Profile
from pipeline.types.base import Value
from pipeline.types.prompt import DraftVariables, Prompt, Turn, Usage

if TYPE_CHECKING:
    from pipeline.llm.openai import OpenAIModel

Enforces = Literal["schema", "json", "nothing", "unknown"]

_SECONDS = 80.0
_TOKENS = 1000  # room for a model that thinks before it answers
_WORD = "quincunx-47"
_SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "enum": [_WORD]}},
    "required": ["word"],
    "additionalProperties": False,
}
_SHOWN = 200  # models that are listed, and characters of a name
_SENTENCES: dict[Enforces, str] = {
    "schema": "the endpoint answers, and holds its model to the form of the reply",
    "json": "the endpoint answers in JSON, but does not hold its model to the form; replies are checked here",
    "nothing": "the endpoint answers, but holds its model to no form; replies are checked here, and more of them fail",
}


class Probe(Value):
    """What was found out. ``sentence`` says it in plain words, without key or control characters."""

    reachable: bool
    key_ok: bool | None = None  # False: the key or its account is refused; None: not found out
    models: tuple[str, ...] = ()  # as the endpoint lists them, sorted; empty when it does not
    enforces: Enforces = "unknown"
    output: Output | None = None  # the way of asking for JSON that it accepted
    model: str = ""  # the model that says it answered
    seconds: float = 0.0  # of the one small completion
    usage: Usage = Usage()
    sentence: str


async def probe(spec: ModelSpec) -> Probe:
    """Ask the endpoint of ``spec``; never longer than a minute and a half, never more than one completion a rung.

    Raises:
        ModelNameError: ``spec`` names no endpoint, or no key is set where one is needed; as ``compose`` says it.
    """
    short = {"timeout": min(spec.timeout or _SECONDS, _SECONDS), "max_tokens": min(spec.max_tokens, _TOKENS)}
    found = Probe(reachable=False, sentence=f"the endpoint did not answer within {_SECONDS:g} seconds")
    async with endpoint_of(spec.model_copy(update=short)) as endpoint:
        try:
            async with asyncio.timeout(_SECONDS):
                status, listed = await endpoint.listing(_prompt())
                found = found.model_copy(update={"reachable": True, "models": _names(listed)})
                return found.model_copy(update=await _answered(endpoint, refused=_refuses(status, listed)))
        except TimeoutError:
            return found
        except ModelError as error:  # of the list of models; a completion's are told by ``_answered``
            there = not isinstance(error, TransportError)
            return found.model_copy(update={"reachable": there, "sentence": str(error)})


async def _answered(endpoint: "OpenAIModel", *, refused: bool) -> dict[str, object]:
    """What one completion tells. The schema is not told to the model, so that only the endpoint can have known it."""
    if refused:
        return {"key_ok": False, "sentence": "the endpoint refuses the key"}
    endpoint.profile = endpoint.profile.model_copy(update={"told": False})
    started = time.monotonic()
    try:
        completion = await endpoint.complete(_prompt())
    except EndpointError as error:
        return {"key_ok": False, "sentence": str(error)}
    except ModelError as error:
        told = {"usage": error.usage, "model": error.model, "seconds": _since(started)}
        if not _free(error):
            return {**told, "sentence": str(error)}
        told |= {"key_ok": True, "enforces": "nothing", "output": endpoint.profile.output}
        return {**told, "sentence": f"{_SENTENCES['nothing']}; this time {error}"}
    enforces = _enforced(completion.text, endpoint.profile)
    return {
        "key_ok": True,
        "enforces": enforces,
        "output": endpoint.profile.output,
        "model": completion.model,
        "usage": completion.usage,
        "seconds": _since(started),
        "sentence": _SENTENCES[enforces],
    }


def _refuses(status: int, reply: JsonValue) -> bool:
    return status >= 300 and isinstance(fault(status, {}, reply, _prompt(), ""), EndpointError)  # noqa: PLR2004 - 2xx


def _since(started: float) -> float:
    return round(time.monotonic() - started, 2)


def _free(error: ModelError) -> bool:
    """Whether a model wrote as it liked: no JSON, or a long text that did not even begin as JSON or as thinking."""
    begun = error.raw.lstrip()[:1]
    return isinstance(error, MalformedError) or (isinstance(error, TruncatedError) and begun not in {"", "{", "<"})


def _enforced(text: str, profile: Profile) -> Enforces:
    if profile.told or profile.output is Output.PROMPTED:
        return "nothing"
    silent = profile.output is not Output.JSON_OBJECT  # otherwise the model was told the word
    return "schema" if silent and _word(text) == _WORD else "json"


def _names(listed: JsonValue) -> tuple[str, ...]:
    """The names in a list of models, whatever a server sends."""
    rows = listed.get("data") if isinstance(listed, dict) else None
    names = (row.get("id") for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return tuple(sorted({name[:_SHOWN] for name in names if isinstance(name, str) and name.isprintable()}))[:_SHOWN]


def _word(text: str) -> str:
    try:
        reply = json.loads(text, strict=False)
    except ValueError:
        return ""
    return str(reply.get("word")) if isinstance(reply, dict) else ""


def _prompt() -> Prompt:
    """A small question whose plain answer is not what the schema wants."""
    variables = DraftVariables(
        action="", language="en", firm="", voice="", aim="", details=(), sentiment="", pressure=(), asks=(), reasons=(),
        offers=(), questions=(), slots=(),
    )  # fmt: skip
    turns = (
        Turn(role="system", content="You answer in one short sentence."),
        Turn(role="user", content="Which word means a hot drink?"),
    )
    return Prompt(
        stage="judge", version="probe@v1", hash="0" * 64, variables=variables, messages=turns, schema_=_SCHEMA
    )
