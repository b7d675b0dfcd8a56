"""The two renderings of a schema: legal in the strict subset, or complete for a grammar."""

import copy
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, JsonValue

from pipeline.llm.schema import Schema, full, strict
from pipeline.types.replies import DraftReply, ExtractReply, ReadingReply


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Cat(BaseModel):
    type: Literal["cat"]
    lives: int = Field(ge=0, le=9)


class Dog(BaseModel):
    type: Literal["dog"]
    name: str = Field(min_length=1, max_length=8, pattern="^[a-z]+$")


class Zoo(BaseModel):
    """Everything that pydantic can put into a schema and the subset may not like."""

    title: str  # a property may be called like a keyword
    default: Literal["title"] = "title"
    colour: Colour = Field(default=Colour.RED, description="of the gate")
    second_colour: Colour | None = None
    animals: list[Annotated[Cat | Dog, Field(discriminator="type")]] = Field(min_length=1, max_length=3)
    prices: dict[str, int] = {}
    no_spam: str = Field(default="", json_schema_extra={"pattern": "^(?!spam)"})
    unique: set[int] = set()


class Tree(BaseModel):
    name: str
    branches: list["Tree"]


def nodes(schema: JsonValue) -> list[Schema]:
    """Every dict in the schema, property maps included."""
    if isinstance(schema, dict):
        return [schema, *(node for value in schema.values() for node in nodes(value))]
    if isinstance(schema, list):
        return [node for value in schema for node in nodes(value)]
    return []


def at(schema: JsonValue, *path: str) -> JsonValue:
    for step in path:
        assert isinstance(schema, dict)
        schema = schema[step]
    return schema


TYPES: list[type[BaseModel]] = [Zoo, Tree, ExtractReply, ReadingReply, DraftReply]


@pytest.mark.parametrize("type_", TYPES)
def test_strict_is_legal_in_the_subset(type_: type[BaseModel]) -> None:
    result = strict(type_.model_json_schema())
    assert result["type"] == "object"
    for node in nodes(result):
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(at(node, "properties") or [])  # type: ignore[arg-type]  # a map of properties
        if "$ref" in node:
            assert list(node) == ["$ref"]
        assert not {"oneOf", "allOf", "const", "minLength", "maxLength", "uniqueItems", "discriminator"} & node.keys()


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("rendering", [strict, full])
def test_renderings_are_pure_and_settle(type_: type[BaseModel], rendering: type) -> None:
    schema = type_.model_json_schema()
    before = copy.deepcopy(schema)
    once = rendering(schema)
    assert schema == before
    assert rendering(once) == once


def test_strict_tells_in_words_what_it_cannot_say() -> None:
    result = strict(Zoo.model_json_schema())
    assert at(result, "$defs", "Dog", "properties", "name", "description") == "(maxLength: 8, minLength: 1)"
    assert at(result, "$defs", "Dog", "properties", "name", "pattern") == "^[a-z]+$"
    assert at(result, "properties", "no_spam", "description") == '(pattern: "^(?!spam)")'
    assert at(result, "properties", "prices", "description") == '(additionalProperties: {"type": "integer"})'


def test_strict_keeps_what_the_subset_knows() -> None:
    result = strict(Zoo.model_json_schema())
    assert at(result, "$defs", "Cat", "properties", "lives", "maximum") == 9
    assert at(result, "properties", "animals", "maxItems") == 3
    assert at(result, "properties", "colour") == {"anyOf": [{"$ref": "#/$defs/Colour"}], "description": "of the gate"}


@pytest.mark.parametrize("rendering", [strict, full])
def test_a_property_called_like_a_keyword_stays(rendering: type) -> None:
    properties = at(rendering(Zoo.model_json_schema()), "properties")
    assert isinstance(properties, dict)
    assert {"title", "default"} <= properties.keys()


def test_full_keeps_lengths_and_patterns_and_inlines_what_is_used_once() -> None:
    result = full(Zoo.model_json_schema())
    assert list(at(result, "$defs") or []) == ["Colour"]  # type: ignore[arg-type]  # a map of definitions
    dog = {"maxLength": 8, "minLength": 1, "pattern": "^[a-z]+$", "type": "string"}
    assert dog in nodes(result)


def test_a_recursive_root_becomes_an_object_and_ends() -> None:
    for rendering in (strict, full):
        result = rendering(Tree.model_json_schema())
        assert at(result, "properties", "branches", "items") == {"$ref": "#/$defs/Tree"}
        assert at(result, "$defs", "Tree", "type") == "object"


def test_a_lone_all_of_is_merged() -> None:
    assert strict({"allOf": [{"type": "string", "minLength": 2}]}) == {
        "type": "string",
        "description": "(minLength: 2)",
    }
