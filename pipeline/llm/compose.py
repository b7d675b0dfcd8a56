"""The one composition: from a plain spec to a model, for the command line, batch, ray and eval alike.

``openai:NAME`` is ``Cached(Retrying(Paced(OpenAIModel)))``; ``recorded`` falls back to ``offline``; ``offline`` stands
alone. Only what a spec names is imported. Left out: reading settings; a spec comes complete.
"""

import ipaddress
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.errors import ModelNameError
from pipeline.llm.cache import Cached, Calls
from pipeline.llm.model import Model, Parameters
from pipeline.types.base import Value

_HOSTED = "openai:"
_NO_KEY = "no-key"  # sent where none is needed; the SDK insists on some text


class ModelSpec(Value):
    """Which model, in plain values that can travel to another process. The key itself is never part of it."""

    name: str = "offline"  # offline | recorded | openai:NAME
    base_url: str | None = None  # None is OpenAI
    api_key_env: str = "OPENAI_API_KEY"
    temperature: float | None = None  # None leaves the endpoint's default
    max_tokens: int = 4000
    limit: int = 16  # calls in flight
    recorded: tuple[str, ...] = ()  # folders of recorded sets
    timeout: float = 300.0  # seconds for one answer


def parameters_of(spec: ModelSpec) -> Parameters:
    """What identifies the model in call and outcome keys."""
    name = spec.name.removeprefix(_HOSTED)
    if spec.name == "recorded":
        name = ":".join(["recorded", *(Path(folder).name for folder in spec.recorded)])
    return Parameters(model=name, temperature=spec.temperature, max_tokens=spec.max_tokens)


def compose(spec: ModelSpec, calls: Calls) -> AbstractAsyncContextManager[Model]:
    """The model of ``spec``, ready inside ``async with``.

    Raises:
        ModelNameError: no such model, no key, no recorded set, or an address that is none; in one plain sentence.
    """
    if spec.name == "offline":
        return nullcontext(_offline())
    if spec.name == "recorded":
        return nullcontext(_recorded(spec))
    if spec.name.startswith(_HOSTED) and spec.name != _HOSTED:
        return _hosted(spec, _api_key(spec), calls)
    raise ModelNameError(f"no model is called {spec.name!r}; there are offline, recorded and openai:NAME")


def _offline() -> Model:
    from pipeline.llm.offline.model import OfflineModel

    return OfflineModel()


def _recorded(spec: ModelSpec) -> Model:
    from pipeline.llm.fallback import Fallback
    from pipeline.llm.recorded import RecordedModel

    if not spec.recorded:
        raise ModelNameError("the model recorded needs the folder of a recorded set")
    return Fallback(RecordedModel([Path(folder) for folder in spec.recorded]), _offline())


@asynccontextmanager
async def _hosted(spec: ModelSpec, api_key: str, calls: Calls) -> AsyncIterator[Model]:
    from pipeline.llm.openai import OpenAIModel
    from pipeline.llm.pacing import Paced
    from pipeline.llm.profiles import profile_of
    from pipeline.llm.retry import Retrying

    parameters = parameters_of(spec)
    profile = profile_of(spec.base_url, parameters.model)
    async with OpenAIModel(
        parameters,
        base_url=spec.base_url,
        api_key=api_key,
        profile=profile,
        timeout=spec.timeout,
        connections=spec.limit,
    ) as endpoint:
        yield Cached(Retrying(Paced(endpoint, spec.limit)), parameters, calls)


def _api_key(spec: ModelSpec) -> str:
    """The key from its variable; a server on this machine or this network needs none."""
    host = _host(spec.base_url)
    key = os.environ.get(spec.api_key_env, "").strip()
    if not key and not _is_local(host):
        raise ModelNameError(f"the model {spec.name} needs a key: set the variable {spec.api_key_env}")
    if not (key.isascii() and (key.isprintable())):
        raise ModelNameError(f"the variable {spec.api_key_env} does not hold a key: it has unprintable characters")
    return key or _NO_KEY


def _host(base_url: str | None) -> str:
    if base_url is None:
        return ""
    try:
        url = urlsplit(base_url)
        host, _ = url.hostname, url.port  # reading the port checks it
    except ValueError:
        host = None
    if not host or url.scheme not in {"http", "https"}:
        raise ModelNameError(f"{base_url!r} is no address of a model: it starts with http:// or https://")
    return host


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".internal", ".localhost"))
