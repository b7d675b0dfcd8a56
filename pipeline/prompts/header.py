"""The front matter of a prompt file, typed. What it says must be true; what it leaves out, the lint tells.

Kept in the shape that Prompty tools read: what they don't know stands under ``metadata``.
"""

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import PromptError, UsageError
from pipeline.yamltree import Node, parse


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Metadata(_Part):
    """What a version is: its stage, the name of its reply's type, and which version it was made from, and why."""

    version: str = ""
    stage: str = ""
    schema_: str = Field(default="", alias="schema")
    parent: str = ""  # a version of the stage, or "none"
    note: str = ""


class Endpoint(_Part):
    """For Prompty tools alone; which model answers is not the prompt's business."""

    api: str = Field(default="chat", alias="apiType", pattern="^chat$")


class Header(_Part):
    """All of it. ``inputs`` are the variables that the text renders."""

    name: str = ""
    description: str = ""
    metadata: Metadata = Metadata()
    inputs: tuple[str, ...] = ()
    model: Endpoint = Endpoint()
    template: str = Field(default="jinja2", pattern="^jinja2$")


def read_header(text: str, name: str) -> Header:
    """The front matter ``text`` of the version ``name``.

    Raises:
        PromptError: it is not YAML, or has something that no front matter has.
    """
    tree = parse(text, f"the front matter of {name}", PromptError)
    try:
        return Header.model_validate(tree.plain())
    except ValidationError as error:
        raise unfit(tree, error, "front matter") from None


def unfit(tree: Node, error: ValidationError, whole: str) -> UsageError:
    """The first fault of what was read of a prompt's ``tree``, at its place; without a place it is ``whole``'s."""
    first = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"])) or whole
    says = "is nothing that a prompt file has" if first["type"] == "extra_forbidden" else first["msg"].lower()
    return tree.at(first["loc"]).fault(f"'{place}': {says}", PromptError)
