"""The schema of a whole policy file (JSON Schema, draft 2020-12).

What this leaves out: all that one place alone can't tell, such as ids that are used twice or a slot that names nothing,
and numbers written in an odd way, which ``pipeline.policy.load`` takes and an editor marks.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import JsonValue, TypeAdapter

from pipeline.policy.schema.cells import Schema, cells, instead
from pipeline.types.decision import Action
from pipeline.types.policy import IfUnknown
from pipeline.yamltree import read_shipped

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_WORDS = TypeAdapter(dict[str, dict[str, str]])
_TEXT = r"^[^{}]*(\{[^{}]+\}[^{}]*)*$"
_NAME: Schema = {"type": "string", "pattern": "^[A-Za-z0-9_]+$"}
_SENTENCE: Schema = {"type": "string", "pattern": r"^\s*\S+ [^{}]*(\{[^{}]+\}[^{}]*)*$"}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_CELLS: Schema = {"$ref": "#/$defs/cells"}
_SAID: Schema = {"$ref": "#/$defs/text"}


def policy_schema() -> Schema:
    """The whole, self-contained."""
    texts: Schema = {"type": "object", "additionalProperties": _SAID}
    top: Schema = {
        "version": {"enum": [1, "1"]},
        "language": {"type": "string", "minLength": 1},
        "settings": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}},
        "rules": _list({"$ref": "#/$defs/rule"}),
        "alternatives": _list({"$ref": "#/$defs/alternative"}),
        "questions": texts,
        "impossible": _list(_CELLS),
    }
    return {
        "$schema": DRAFT,
        "title": "policy.yaml",
        **_mapping("top", top, ["version"]),
        "$defs": {"cells": cells(), "instead": instead(), "text": _text(), "rule": _rule(), "alternative": _offer()},
    }


def _rule() -> Schema:
    decisions: list[JsonValue] = [a.value for a in (Action.ASK, Action.DECLINE, Action.ESCALATE, Action.END)]
    keys: Schema = {
        "id": _NAME,
        "when": _CELLS,
        "any": _list(_CELLS),
        "unless": {"anyOf": [_CELLS, _list(_CELLS)]},
        "decide": {"enum": decisions},
        "if_unknown": {"enum": [each.value for each in IfUnknown]},
        "from": _DAY,
        "until": _DAY,
        "public": _SAID,
        "private": {"type": "string", "minLength": 1, "pattern": _TEXT},
        "category": {"type": "string", "minLength": 1},
        "tell_upfront": {
            "anyOf": [{"enum": ["yes", "no"]}, _SENTENCE, {"type": "object", "additionalProperties": _SENTENCE}]
        },
    }
    declines: Schema = {"properties": {"decide": {"const": "decline"}}, "required": ["decide"]}
    return {
        **_mapping("rule", keys, ["id", "decide"]),
        "anyOf": [{"required": ["when"]}, {"required": ["any"]}],
        "if": declines,
        "then": {"required": ["public"]},
    }


def _offer() -> Schema:
    on: Schema = {"enum": [Action.DECLINE.value, Action.END.value]}
    named: Schema = {"anyOf": [_NAME, _list(_NAME)]}
    keys: Schema = {
        "id": _NAME,
        "kind": {"type": "string", "minLength": 1},
        "offer": _SAID,
        "on": {"anyOf": [on, _list(on)]},
        "for": named,
        "not_for": named,
        "when": _CELLS,
        "instead": {"$ref": "#/$defs/instead"},
        "round": {"enum": [1, 2, 3, "1", "2", "3"]},
    }
    return _mapping("alternative", keys, ["id", "kind", "offer"])


def _text() -> Schema:
    """A text, or one for each language."""
    one: Schema = {"type": "string", "minLength": 1, "pattern": _TEXT}
    return {"anyOf": [one, {"type": "object", "minProperties": 1, "additionalProperties": one}]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _mapping(name: str, keys: Schema, needed: list[JsonValue]) -> Schema:
    """A mapping of exactly these keys, each with what an editor shows beside it."""
    told = _words()[name]
    described: Schema = {key: {"description": told[key], **_object(value)} for key, value in keys.items()}
    return {"type": "object", "additionalProperties": False, "required": needed, "properties": described}


def _object(value: JsonValue) -> Schema:
    assert isinstance(value, dict)
    return value


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return _WORDS.validate_python(read_shipped(Path(__file__).with_name("words.yaml")).plain())
