"""What an endpoint can do, as flags; which flags hold for which endpoint stands in ``profiles.yaml``.

A wrong guess costs one refused request: ``step_down`` names the next humbler profile, and the adapter remembers it.
Left out: prices, rate limits and context sizes, which are the account's and not the endpoint's.
"""

from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pipeline.types.base import Value

OPENAI_URL = "https://api.openai.com/v1"


class Output(StrEnum):
    """How a schema reaches the model, the firmest way first."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT_SCHEMA = "json_object_schema"  # the dialect of llama-cpp-python
    JSON_OBJECT = "json_object"
    PROMPTED = "prompted"


class Profile(Value):
    """The capabilities of one endpoint. The defaults are the common ground of compatible servers."""

    name: str = "compatible"
    output: Output = Output.JSON_SCHEMA
    strict: bool = False
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    probe: bool = True


class _Entry(Value):
    """One line of the file: where it holds, and the flags it sets."""

    name: str
    host: str = "*"
    model: str = "*"
    output: Output | None = None
    strict: bool | None = None
    limit: Literal["max_tokens", "max_completion_tokens"] | None = None
    temperature: bool | None = None
    probe: bool | None = None

    def flags(self) -> dict[str, object]:
        return self.model_dump(exclude={"host", "model"}, exclude_none=True)


class _Catalogue(Value):
    profiles: tuple[_Entry, ...]
    complaints: dict[str, tuple[str, ...]]
    instruction: str


@cache
def _catalogue() -> _Catalogue:
    from ruamel.yaml import YAML

    return _Catalogue.model_validate(YAML(typ="safe").load(Path(__file__).with_name("profiles.yaml")))


def profile_of(base_url: str | None, model: str) -> Profile:
    """The flags of an endpoint by its host and model; None is OpenAI itself."""
    host = urlsplit(base_url or OPENAI_URL).netloc.rpartition("@")[2].lower()
    flags: dict[str, object] = {}
    for entry in _catalogue().profiles:
        if fnmatchcase(host, entry.host) and fnmatchcase(model.lower(), entry.model):
            flags |= entry.flags()
    return Profile.model_validate(flags)


def instruction() -> str:
    """What a model without schema support is told; ``{schema}`` stands for the schema."""
    return _catalogue().instruction


def step_down(profile: Profile) -> Profile | None:
    """The next humbler way to ask for JSON, or None when only the prompt is left to ask."""
    if profile.output is Output.JSON_SCHEMA and profile.strict:
        return profile.model_copy(update={"strict": False})
    ladder = list(Output)
    humbler = ladder[ladder.index(profile.output) + 1 :]
    return profile.model_copy(update={"output": humbler[0]}) if humbler else None


def adapted(profile: Profile, complaint: str) -> Profile | None:
    """The profile without what ``complaint`` blames, or None when it blames nothing that could go.

    Args:
        profile: what the refused request was built with.
        complaint: the endpoint's own words; hostile text, only searched for known words.
    """
    match _blamed(complaint.lower()):
        case "limit":
            other = "max_tokens" if profile.limit == "max_completion_tokens" else "max_completion_tokens"
            return profile.model_copy(update={"limit": other})
        case "temperature":
            return profile.model_copy(update={"temperature": False}) if profile.temperature else None
        case "output":
            return step_down(profile)
    return None


def _blamed(complaint: str) -> str:
    for part, words in _catalogue().complaints.items():
        if any(word in complaint for word in words):
            return part
    return ""
