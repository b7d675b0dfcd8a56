"""The files of a business folder as JSON Schemas, for editors: profile, clients, invoices, prices, calendar.

They come from the same types that read the files. What this leaves out: what several entries have to do with each
other, and CSV.
"""

import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, Union, get_args, get_origin

from pydantic import BaseModel, JsonValue
from pydantic.fields import FieldInfo

from pipeline.business.files import Record
from pipeline.business.profile import ProfileFile
from pipeline.business.records import RECORDS
from pipeline.business.shape import alternative, keys
from pipeline.types.base import Value
from pipeline.types.records import Client, Invoice, PriceItem, Week

Schema = dict[str, JsonValue]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PROFILE = "profile"

_ENTRIES: Mapping[str, type[Value]] = {"clients": Client, "invoices": Invoice, "prices": PriceItem, "calendar": Week}
_ELSEWHERE: Mapping[type[BaseModel], set[str]] = {Client: {"invoices"}}  # kept in a file of their own
NAMES = (PROFILE, *_ENTRIES)


def file_schema(name: str) -> Schema:
    """The schema of ``profile.yaml``, ``clients.yaml`` and so on, by the stem of the file's name."""
    head: Schema = {"$schema": DRAFT, "title": f"{name}.yaml"}
    if name == PROFILE:
        return head | _mapping(ProfileFile)
    record = next(record for record in RECORDS if record.stem == name)
    return head | _records(record, _ENTRIES[name])


def _records(record: Record, kind: type[Value]) -> Schema:
    listed: Schema = {"anyOf": [{"type": "array", "items": _mapping(kind)}, {"type": "null"}]}
    return {"type": "object", "additionalProperties": False, "properties": {record.key: listed}}


def _mapping(kind: type[BaseModel]) -> Schema:
    fields = {key: field for key, field in keys(kind).items() if key not in _ELSEWHERE.get(kind, ())}
    needed: list[JsonValue] = [key for key, field in fields.items() if field.is_required()]
    properties: Schema = {key: _left_out(_bounded(_value(field.annotation), field)) for key, field in fields.items()}
    return {"type": "object", "additionalProperties": False, "required": needed, "properties": properties}


def _left_out(schema: Schema) -> Schema:
    """A key without a value counts as left out."""
    return {"anyOf": [schema, {"type": "null"}]}


def _value(kind: object) -> Schema:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:  # ``None`` is a key left out
        several = [alternative(inner, keyed=keyed) for keyed in (False, True)]
        return {"anyOf": [_value(one) for one in several]} if several[0] is not several[1] else _value(several[0])
    if origin is tuple:  # one alone may stand without the list
        one = _value(inner[0])
        return {"anyOf": [{"type": "array", "items": one}, one]}
    if origin is dict:
        each = _value(inner[1])
        if get_origin(inner[0]) is Literal:
            return {
                "type": "object",
                "additionalProperties": False,
                "properties": dict.fromkeys(get_args(inner[0]), each),
            }
        return {"type": "object", "additionalProperties": each}
    if origin is Literal:
        return {"enum": list(inner)}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _nested(kind)
    return _scalar(kind)


def _nested(kind: type[BaseModel]) -> Schema:
    """A mapping; of one that needs a single key, that key's value may stand alone."""
    whole = _mapping(kind)
    needed = [field for field in keys(kind).values() if field.is_required()]
    return {"anyOf": [whole, _value(needed[0].annotation)]} if len(needed) == 1 else whole


def _scalar(kind: object) -> Schema:
    if kind is date:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if kind is Decimal:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d{1,12}(\.\d{1,6})?\s*%?$"}]}
    if kind is int:
        return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^-?\d{1,9}$"}]}
    return {"enum": ["yes", "no"]} if kind is bool else {"type": ["string", "number", "boolean"]}


def _bounded(schema: Schema, field: FieldInfo) -> Schema:
    """With the field's own limits, as far as an editor can hold them."""
    limits: Schema = {}
    for each in field.metadata:
        if (pattern := getattr(each, "pattern", None)) is not None:
            limits |= {"type": "string", "pattern": pattern}
        if (least := getattr(each, "ge", None)) is not None:
            limits["minimum"] = int(least)
    return schema | limits
