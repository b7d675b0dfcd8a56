"""Two renderings of a pydantic JSON Schema: ``strict`` for the strict subset of OpenAI, ``full`` for grammar servers.

Both are pure and walk schemas only, never data: a property called ``title`` or an enum value called ``default`` stays.
Left out: checking replies (pydantic does that, whatever the endpoint promised) and the provider's size limits.
Source of the subset: OpenAI's guide to structured outputs; ``OpenAIJsonSchemaTransformer`` of pydantic-ai.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps

from pydantic import JsonValue

Schema = dict[str, JsonValue]

_ONE = frozenset(
    {"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedProperties"}
)
_LIST = frozenset({"anyOf", "oneOf", "allOf", "prefixItems"})
_MAP = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})

_NOISE = frozenset({"title", "default", "discriminator", "examples", "$schema", "$id", "$comment", "deprecated"})
_STRICT = frozenset(
    {
        "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs",
        "description", "minItems", "maxItems", "pattern", "format",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    }
)  # fmt: skip
_FORMATS = frozenset({"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"})
_LOOK_AROUND = ("(?=", "(?!", "(?<")
_REF = "#/$defs/"
_KEPT = 64  # schemas: a reader's differ by what a client's record holds


def _once(render: Callable[[Schema], Schema]) -> Callable[[Schema], Schema]:
    """``render``, made once for a schema that many prompts share; by identity, which is sooner told than equality."""
    kept: dict[int, tuple[Schema, Schema]] = {}

    @wraps(render)
    def once(schema: Schema) -> Schema:
        if id(schema) not in kept:
            if len(kept) >= _KEPT:
                kept.clear()
            kept[id(schema)] = schema, render(schema)  # held, so that nothing else takes its identity
        return kept[id(schema)][1]

    return once


@_once
def strict(schema: Schema) -> Schema:
    """The schema in OpenAI's strict subset; the argument is not changed.

    Every property is required, also one with a default: a reply that always tells it fits the type as well. What
    the subset cannot say (lengths, uniqueness, free maps) joins the ``description``, so that the model reads it.
    """
    return _strict(_rooted(schema))


@_once
def full(schema: Schema) -> Schema:
    """The schema with every constraint kept; definitions used once are inlined, titles and defaults dropped."""
    rooted = _rooted(schema)
    uses = Counter(_refs(rooted))
    definitions = _definitions(rooted)

    def plain(node: Schema) -> Schema:
        name = _target(node)
        # A definition with one reference lies on no cycle that is reachable, so this ends.
        if name in definitions and uses[name] == 1:
            node = definitions[name] | {k: v for k, v in node.items() if k != "$ref"}
        return _each({k: v for k, v in node.items() if k not in _NOISE and k != "$defs"}, plain)

    result = plain(rooted)
    shared: Schema = {name: plain(body) for name, body in definitions.items() if uses[name] > 1}
    return result | ({"$defs": shared} if shared else {})


def _strict(node: Schema) -> Schema:
    node = _unwrapped({k: v for k, v in node.items() if k not in _NOISE})
    if "$ref" in node and len(node) > 1:  # a reference stands alone
        node = {"anyOf": [{"$ref": node.pop("$ref")}], **node}
    told = {k: v for k, v in node.items() if not _permitted(k, v)}
    kept = {k: v for k, v in node.items() if k not in told}
    if told:
        line = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False, sort_keys=True)}" for k, v in told.items())
        kept["description"] = f"{kept.get('description', '')} ({line})".strip()
    if kept.get("type") == "object" or "properties" in kept:
        properties = kept.setdefault("properties", {})
        kept["required"] = list(properties) if isinstance(properties, dict) else []
        kept["additionalProperties"] = False
    return _each(kept, _strict)


def _unwrapped(node: Schema) -> Schema:
    """Say it in the subset's words: ``const`` as an enum, ``oneOf`` as ``anyOf``, a lone ``allOf`` merged."""
    node = dict(node)
    if "const" in node:
        node["enum"] = [node.pop("const")]
    if "oneOf" in node and "anyOf" not in node:
        node["anyOf"] = node.pop("oneOf")
    match node.get("allOf"):
        case [dict(only)]:
            del node["allOf"]
            node = _unwrapped({**only, **node})
    return node


def _permitted(keyword: str, value: JsonValue) -> bool:
    match keyword:
        case "additionalProperties":
            return isinstance(value, bool)
        case "format":
            return value in _FORMATS
        case "pattern":
            return not any(mark in str(value) for mark in _LOOK_AROUND)
    return keyword in _STRICT


def _rooted(schema: Schema) -> Schema:
    """A root that is a mere reference (a recursive type) becomes the object it means; its definition stays."""
    definitions = _definitions(schema)
    name = _target(schema)
    if name not in definitions:
        return schema
    return definitions[name] | {k: v for k, v in schema.items() if k != "$ref"}


def _definitions(schema: Schema) -> dict[str, Schema]:
    found = schema.get("$defs")
    return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}


def _target(node: Schema) -> str:
    """The name of the definition that ``node`` refers to, or an empty string."""
    ref = node.get("$ref")
    return ref.removeprefix(_REF) if isinstance(ref, str) and ref.startswith(_REF) else ""


def _refs(node: Schema) -> Iterator[str]:
    if name := _target(node):
        yield name
    for child in _children(node):
        yield from _refs(child)


def _children(node: Schema) -> list[Schema]:
    found: list[Schema] = []

    def note(child: Schema) -> Schema:
        found.append(child)
        return child

    _each(node, note)
    return found


def _each(node: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """``node`` with ``change`` applied to each schema directly below it; everything else is data and stays."""

    def changed(value: JsonValue) -> JsonValue:
        return change(value) if isinstance(value, dict) else value

    result: Schema = {}
    for keyword, value in node.items():
        if keyword in _ONE:
            result[keyword] = changed(value)
        elif keyword in _LIST and isinstance(value, list):
            result[keyword] = [changed(v) for v in value]
        elif keyword in _MAP and isinstance(value, dict):
            result[keyword] = {k: changed(v) for k, v in value.items()}
        else:
            result[keyword] = value
    return result
