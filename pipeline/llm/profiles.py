"""What an endpoint can do, as flags; which flags hold for which endpoint stands in ``profiles.yaml``.

A user's own file (see ``catalogue``) is laid over it and can give endpoints a name. A wrong guess costs one refused
request: ``step_down`` names the next humbler profile, and the adapter remembers it. Left out: prices, rate limits and
context sizes, which are the account's and not the endpoint's.
"""

import ipaddress
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field

from pipeline.llm.catalogue import read, read_own
from pipeline.types.base import Value

OPENAI_URL = "https://api.openai.com/v1"

_SHIPPED = Path(__file__).with_name("profiles.yaml")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")  # reserved: no provider can have one
_LOCAL_NETWORKS = tuple(
    ipaddress.ip_network(network) for network in (
        "127.0.0.0/8", "0.0.0.0/32", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10",
        "::1/128", "::/128", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip


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
    told: bool = False
    system: Literal["system", "developer", "user"] = "system"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    probe: bool = True
    connections: int = Field(64, ge=1, le=1000)
    keep_alive: bool = True
    timeout: float = Field(300, gt=0, le=86_400)
    api_key_env: str = Field("OPENAI_API_KEY", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    key_header: str = Field("", pattern=r"^[A-Za-z-]*$")
    file_lines: int = Field(50_000, ge=1)
    file_bytes: int = Field(200_000_000, ge=1)


_Patterns = Annotated[tuple[str, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]


class Entry(Profile):
    """Where flags hold; only the flags that are written are set."""

    name: str
    host: _Patterns = ("*",)
    model: _Patterns = ("*",)
    local: bool = False  # only on this machine or network

    def holds(self, base_url: str, model: str) -> bool:
        """Whether host (with or without port) and model match one pattern each."""
        names = _names(base_url)
        here = any(fnmatchcase(name, pattern) for name in names for pattern in self.host)
        return (
            here and any(fnmatchcase(model.lower(), p) for p in self.model) and (is_local(base_url) or not self.local)
        )


class Named(Profile):
    """An endpoint and a model under a name of the user's."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    base_url: str
    model: str
    local: bool = False  # its host is on this machine or network, which the user knows and the address does not tell

    def holds(self, base_url: str, model: str) -> bool:
        """Whether it is this very endpoint and model."""
        return base_url.rstrip("/") == self.base_url.rstrip("/") and model == self.model


class _Own(Value):
    """The user's file."""

    profiles: tuple[Entry, ...] = ()
    models: tuple[Named, ...] = ()


class _Shipped(_Own):
    """Our file: also what refusals may blame, and what a model without schema support is told."""

    complaints: dict[str, tuple[str, ...]]
    instruction: str


@cache
def _shipped() -> _Shipped:
    return read(_SHIPPED, _Shipped)


def profile_of(base_url: str | None, model: str) -> Profile:
    """The flags of an endpoint by its host and model; None is OpenAI itself.

    Raises:
        ModelNameError: the user's file of models is wrong.
    """
    url, own = base_url or OPENAI_URL, read_own(_Own)
    flags: dict[str, object] = {}
    entries: tuple[Entry | Named, ...] = (*_shipped().profiles, *own.profiles, *own.models)
    for entry in entries:
        if entry.holds(url, model):
            flags |= entry.model_dump(include=set(Profile.model_fields), exclude_unset=True)
    return Profile.model_validate(flags)


def named(name: str) -> Named | None:
    """The endpoint that the user's file calls ``name``, if it does.

    Raises:
        ModelNameError: the file is wrong.
    """
    return next((one for one in read_own(_Own).models if one.name == name), None)


def is_local(base_url: str) -> bool:
    """Whether an address is on this machine or network: what is sent there reaches no provider.

    Only where nothing else can be meant: ``localhost``, names that end like ``.local``, and loopback, private,
    link-local and carrier addresses in their usual spelling; else where a model of the user's file says so of this host
    and port. A name of one word may be a container's, but also a top-level domain or an address as one number: taken
    for hosted it costs a key and a question, taken for local it could cost a client's mail.

    Raises:
        ModelNameError: the user's file of models is wrong.
    """
    names = _names(base_url)
    if not names:
        return False
    return _plainly_local(names[0]) or any(one.local and _names(one.base_url) == names for one in read_own(_Own).models)


def _plainly_local(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(_LOCAL_NAMES)
    inner = getattr(address, "ipv4_mapped", None) or address
    return any(inner in network for network in _LOCAL_NETWORKS)


def _names(base_url: str) -> tuple[str, ...]:
    """The host alone, and with its port; none for what is no address."""
    try:
        url = urlsplit(base_url)
        host, port = (url.hostname or "").lower(), url.port
    except ValueError:
        return ()
    return (host, f"{host}:{port}") if port else (host,)


def instruction() -> str:
    """What a model without schema support is told; ``{schema}`` stands for the schema."""
    return _shipped().instruction


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
        case "system":
            return profile.model_copy(update={"system": "user"}) if profile.system != "user" else None
        case "output":
            return step_down(profile)
    return None


def _blamed(complaint: str) -> str:
    for part, words in _shipped().complaints.items():
        if any(word in complaint for word in words):
            return part
    return ""
