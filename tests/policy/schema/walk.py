"""As much of a JSON Schema validator as our schemas need: every keyword that they use, and an error for any other."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from io import StringIO
from typing import NamedTuple

from pydantic import JsonValue

_TOLD = {"$schema", "$defs", "title", "description", "then"}  # ``then`` is read with ``if``
_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def faults(value: object, schema: Mapping[str, JsonValue]) -> list[str]:
    """Where ``value`` is not what ``schema`` wants: one path each."""
    defs = schema.get("$defs", {})
    assert isinstance(defs, dict)
    return [path or "." for path in _Walk(defs).faults(value, schema, "")]


def typed(text: str) -> object:
    """A file as an editor reads it: YAML 1.2, where ``yes`` is a word and a date is text."""
    from ruamel.yaml import YAML

    return _plain(YAML(typ="safe", pure=True).load(StringIO(text)))


def _plain(value: object) -> object:
    match value:
        case dict():
            return {_plain(k): _plain(v) for k, v in value.items()}
        case list():
            return [_plain(v) for v in value]
        case date():
            return value.isoformat()
        case _:
            return value


class _Walk(NamedTuple):
    """The parts that a ``$ref`` may name."""

    defs: Mapping[str, object]

    def faults(self, value: object, schema: object, at: str) -> Iterator[str]:
        assert isinstance(schema, dict)
        for keyword, wanted in schema.items():
            if keyword in {"properties", "additionalProperties", "items", "$ref", "if"}:
                yield from self._inside(keyword, schema, value, at)
            elif keyword == "anyOf":
                yield from [] if any(self._good(value, each) for each in wanted) else [at]
            elif keyword == "required":
                yield from (f"{at}/{key}" for key in wanted if isinstance(value, dict) and key not in value)
            elif keyword not in _TOLD and not _fits(keyword, wanted, value):
                yield at

    def _good(self, value: object, schema: object) -> bool:
        return not list(self.faults(value, schema, ""))

    def _inside(self, keyword: str, schema: Mapping[str, object], value: object, at: str) -> Iterator[str]:
        wanted, known = schema[keyword], schema.get("properties", {})
        assert isinstance(known, dict)
        match keyword, value:
            case "$ref", _:
                yield from self.faults(value, self.defs[str(wanted).removeprefix("#/$defs/")], at)
            case "if", _:
                yield from self.faults(value, schema["then"], at) if self._good(value, wanted) else ()
            case "properties", dict():
                for key in (key for key in known if key in value):
                    yield from self.faults(value[key], known[key], f"{at}/{key}")
            case "additionalProperties", dict():
                for key in value.keys() - known.keys():
                    yield from [f"{at}/{key}"] if wanted is False else self.faults(value[key], wanted, f"{at}/{key}")
            case "items", list():
                for number, each in enumerate(value):
                    yield from self.faults(each, wanted, f"{at}/{number}")


def _fits(keyword: str, wanted: object, value: object) -> bool:
    match keyword, wanted, value:
        case "enum", list(), _:
            return any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in wanted)
        case "const", _, _:
            return value == wanted
        case "type", str() | list(), _:
            return any(_is(value, each) for each in ([wanted] if isinstance(wanted, str) else wanted))
        case "pattern", str(), _:
            return not isinstance(value, str) or bool(re.search(wanted, value))
        case "minLength" | "minItems" | "minProperties", int(), _:
            kind = {"minLength": str, "minItems": list, "minProperties": dict}[keyword]
            return not isinstance(value, kind) or len(value) >= wanted
        case "minimum", int(), _:
            return not isinstance(value, int | float) or value >= wanted
        case _:
            raise AssertionError(f"the walk does not know '{keyword}'")


def _is(value: object, name: object) -> bool:
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, _TYPES[str(name)])
