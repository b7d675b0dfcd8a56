"""A Chat Completions request and its reply, as pure functions that the live adapter and the batch files share.

Chat Completions is the ground that every server shares. Left out: streaming, tools, several choices, and the schema
check itself (``parse_reply``), because an endpoint that accepts a schema has not promised to obey it.
"""

import json
from collections.abc import Sequence
from typing import NoReturn, TypeVar

from pydantic import JsonValue

from pipeline.errors import (
    EmptyError,
    FilteredError,
    GarbledError,
    MalformedError,
    ModelError,
    RefusedError,
    TruncatedError,
)
from pipeline.llm.model import Parameters
from pipeline.llm.profiles import Output, Profile, instruction
from pipeline.llm.schema import full, strict
from pipeline.types.prompt import Completion, Prompt, Usage

Json = dict[str, JsonValue]
_Kind = TypeVar("_Kind", str, list[JsonValue], dict[str, JsonValue])

RAW_LIMIT = 100_000  # characters of a reply that an error keeps
_TOKENS_LIMIT = 2**53


def body(prompt: Prompt, parameters: Parameters, profile: Profile) -> Json:
    """The request as JSON. The schema goes in by ``response_format``, by the system message, or both."""
    request: Json = {"model": parameters.model, "messages": _messages(prompt, profile)}
    if parameters.temperature is not None and profile.temperature:
        request["temperature"] = parameters.temperature
    request[profile.limit] = parameters.max_tokens
    match profile.output:
        case Output.JSON_SCHEMA:
            shape = strict(prompt.schema_) if profile.strict else full(prompt.schema_)
            named: Json = {"name": f"{prompt.stage}_reply", "strict": profile.strict, "schema": shape}
            request["response_format"] = {"type": "json_schema", "json_schema": named}
        case Output.JSON_OBJECT_SCHEMA:
            request["response_format"] = {"type": "json_object", "schema": full(prompt.schema_)}
        case Output.JSON_OBJECT:
            request["response_format"] = {"type": "json_object"}
    return request


def _messages(prompt: Prompt, profile: Profile) -> list[JsonValue]:
    """The turns. A schema that is told ends the system message; never the user's turn: it holds the mail."""
    turns = [(turn.role, turn.content) for turn in prompt.messages]
    if profile.told or profile.output in {Output.JSON_OBJECT, Output.PROMPTED}:
        told = instruction().replace("{schema}", json.dumps(full(prompt.schema_), ensure_ascii=False))
        if turns and turns[0][0] == "system":
            turns[0] = ("system", f"{turns[0][1].rstrip()}\n\n{told}")
        else:
            turns.insert(0, ("system", told))
    return [{"role": role, "content": content} for role, content in _in_role(turns, profile.system)]


def _in_role(turns: Sequence[tuple[str, str]], role: str) -> list[tuple[str, str]]:
    """The system message in another role; as ``user`` it opens the turn that follows, so that turns alternate."""
    if role == "system" or not turns or turns[0][0] != "system":
        return list(turns)
    (_, told), *rest = turns
    if role == "user" and rest and rest[0][0] == "user":
        return [("user", f"{told.rstrip()}\n\n{rest[0][1]}"), *rest[1:]]
    return [(role, told), *rest]


def completion_of(body: JsonValue, prompt: Prompt, parameters: Parameters, key: str) -> Completion:
    """Read a ``chat.completion`` object.

    The text is the JSON object of the reply, freed from a code fence, a preamble or a block of thinking around it.

    Raises:
        RefusedError, TruncatedError, FilteredError, EmptyError: as the reply says of itself.
        GarbledError: no ``chat.completion``.
        MalformedError: its text holds no JSON object, or one without any field of the schema: ``{}``, or a refusal.
            One that fits it badly is a reply, and stays one; whoever asked says what is wrong with it.
    """
    reply = _typed(body, dict)
    choice = _typed(next(iter(_typed(reply.get("choices"), list)), None), dict)
    message = _typed(choice.get("message"), dict)
    text = _content(message.get("content"))
    model = _clean(_typed(reply.get("model"), str)) or parameters.model
    usage = _usage(reply.get("usage"))

    def fail(kind: type[ModelError], sentence: str) -> NoReturn:
        raw = text or _clean(json.dumps(body, ensure_ascii=False))
        raise kind(sentence, prompt=prompt, raw=raw[:RAW_LIMIT], usage=usage, model=model)

    if not message:
        fail(GarbledError, "the endpoint's answer is not a chat completion")
    if refusal := _clean(_typed(message.get("refusal"), str)).strip():
        fail(RefusedError, f"the model declined to answer: {refusal[:200]}")
    match choice.get("finish_reason"):
        case "content_filter":
            fail(FilteredError, "the provider's content filter took the reply")
        case "length":
            fail(TruncatedError, f"the reply ended at the limit of {parameters.max_tokens} tokens")
    if not text.strip():
        fail(EmptyError, "the reply holds no text")
    found, fields = _object_in(text)
    if not found:
        fail(MalformedError, "the reply holds no JSON object")
    if (asked := prompt.schema_.get("properties")) and not fields & _typed(asked, dict).keys():
        fail(MalformedError, "the reply holds nothing of what was asked for")
    return Completion(text=found, model=model, call=key, usage=usage)


def _object_in(text: str) -> tuple[str, frozenset[str]]:
    """The first JSON object of ``text`` behind any block of thinking, as it was written, and its fields; or nothing."""
    text = text.rpartition("</think>")[2]
    start = text.find("{")
    try:
        # Not strict: some grammars let raw control characters into strings; the schema check decides about those.
        found, end = json.JSONDecoder(strict=False).raw_decode(text, max(start, 0))
    except (ValueError, RecursionError):
        return "", frozenset()
    return (text[start:end], frozenset(found)) if start >= 0 else ("", frozenset())


def _content(content: JsonValue) -> str:
    """The text of a message: a string, or a list of parts as some servers send it."""
    if isinstance(content, list):
        return "".join(_clean(_typed(_typed(part, dict).get("text"), str)) for part in content)
    return _clean(_typed(content, str))


def _usage(usage: JsonValue) -> Usage:
    counts = _typed(usage, dict)
    details = _typed(counts.get("prompt_tokens_details"), dict)
    given, made, total = (_count(counts.get(f"{name}_tokens")) for name in ("prompt", "completion", "total"))
    if given is not None and made is not None and total is not None:
        made = max(made, total - given)  # some endpoints count what a model thinks in the total alone, and bill it
    return Usage(
        prompt_tokens=given,
        completion_tokens=made,
        cached_tokens=_count(details.get("cached_tokens")),
        calls=1,
    )


def _count(value: JsonValue) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < _TOKENS_LIMIT else None


def _typed(value: JsonValue, kind: type[_Kind]) -> _Kind:
    """``value`` when it is of this kind, else the kind's empty value: a server may send anything."""
    return value if isinstance(value, kind) else kind()


def _clean(text: str) -> str:
    """Without lone surrogates, which JSON can carry and no value of ours or file can."""
    return text.encode("utf-8", "replace").decode()
