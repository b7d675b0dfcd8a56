"""The JSON Schema of a case, for an editor that completes and checks what is typed, or a program that writes cases."""

from pydantic import JsonValue

from eval.types.case import Case


def schema() -> dict[str, JsonValue]:
    """The schema, with the address of the standard that it follows."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}
