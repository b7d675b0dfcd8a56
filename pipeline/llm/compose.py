"""The one composition: from a plain spec to a model, for the command line, batch, ray and eval alike.

``openai:NAME`` is ``Cached(Outage(Retrying(Paced(OpenAIModel))))``, with ``Budgeted`` around ``Paced`` where there is a
budget; ``recorded`` falls back to ``offline``; ``offline`` stands alone. Only what a spec names is imported. Left out:
reading settings; a spec comes complete.
"""

import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import ModelNameError
from pipeline.llm.cache import Cached, Calls
from pipeline.llm.catalogue import own_file
from pipeline.llm.model import Model, Parameters
from pipeline.llm.profiles import OPENAI_URL, Profile, is_local, profile_of
from pipeline.types.base import Value

if TYPE_CHECKING:
    from pipeline.llm.batches import Batches
    from pipeline.llm.budget import Budget
    from pipeline.llm.openai import OpenAIModel

_HOSTED = "openai:"
_NO_KEY = "no-key"  # sent where none is needed; the SDK insists on some text


class ModelSpec(Value):
    """Which model, in plain values that can travel to another process. The key itself is never part of it."""

    name: str = "offline"  # offline | recorded | openai:NAME
    base_url: str | None = None  # None is OpenAI
    api_key_env: str | None = None  # None is the profile's
    temperature: float | None = None  # None leaves the endpoint's default
    max_tokens: int = 4000
    limit: int | None = None  # calls in flight; None is the profile's
    recorded: tuple[str, ...] = ()  # folders of recorded sets
    timeout: float | None = None  # seconds for one answer; None is the profile's
    sharers: int = 1  # processes that ask the endpoint with the same account, this one among them


def parameters_of(spec: ModelSpec) -> Parameters:
    """What identifies the model in call and outcome keys."""
    name = spec.name.removeprefix(_HOSTED)
    if spec.name == "recorded":
        name = ":".join(["recorded", *(Path(folder).name for folder in spec.recorded)])
    return Parameters(model=name, temperature=spec.temperature, max_tokens=spec.max_tokens)


def hosted(spec: ModelSpec) -> bool:
    """Whether a model is asked over the network, so that its calls may cost something."""
    return spec.name.startswith(_HOSTED)


def limit_of(spec: ModelSpec, otherwise: int) -> int:
    """The calls that a run may have in flight at most; ``otherwise`` for a model that is not asked over the network."""
    return spec.limit or (profile_of_spec(spec).connections if hosted(spec) else otherwise)


def compose(spec: ModelSpec, calls: Calls, budget: "Budget | None" = None) -> AbstractAsyncContextManager[Model]:
    """The model of ``spec``, ready inside ``async with``; what it asks of an endpoint stays within ``budget``.

    Raises:
        ModelNameError: no such model, no key, no recorded set, or an address that is none; in one plain sentence.
    """
    if spec.name == "offline":
        return nullcontext(_offline())
    if spec.name == "recorded":
        return nullcontext(_recorded(spec))
    return _paced(endpoint_of(spec), spec, calls, budget)


def endpoint_of(spec: ModelSpec) -> "OpenAIModel":
    """The bare endpoint of ``openai:NAME``, not yet entered: without cache, retries and pace.

    Raises:
        ModelNameError: as ``compose``.
    """
    if not hosted(spec) or spec.name == _HOSTED:
        raise ModelNameError(
            f"no model is called {spec.name!r}; "
            f"there are offline, recorded and openai:NAME, and the names in {own_file()}"
        )
    from pipeline.llm.openai import OpenAIModel

    parameters, profile = parameters_of(spec), profile_of_spec(spec)
    return OpenAIModel(
        parameters,
        base_url=spec.base_url,
        api_key=_api_key(spec, profile),
        profile=profile,
        timeout=spec.timeout,
        connections=spec.limit,
    )


def batches_of(spec: ModelSpec) -> "Batches":
    """The batch service of ``openai:NAME``, with the key and the address of its model, not yet entered.

    Raises:
        ModelNameError: as ``compose``.
    """
    from pipeline.llm.batches import Batches

    profile = profile_of_spec(spec)
    return Batches(spec.base_url, _api_key(spec, profile), profile, parameters_of(spec).model, timeout=spec.timeout)


def profile_of_spec(spec: ModelSpec) -> Profile:
    """The flags of the endpoint, with the variable that holds its key as ``api_key_env``.

    Raises:
        ModelNameError: the address is none, or the user's file of models is wrong.
    """
    _check(spec.base_url)
    profile = profile_of(spec.base_url, parameters_of(spec).model)
    return profile.model_copy(update={"api_key_env": spec.api_key_env}) if spec.api_key_env else profile


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
async def _paced(
    endpoint: "OpenAIModel", spec: ModelSpec, calls: Calls, budget: "Budget | None"
) -> AsyncIterator[Model]:
    async with endpoint:
        yield Cached(steady(endpoint, spec, budget), endpoint.parameters, calls)


def steady(endpoint: "OpenAIModel", spec: ModelSpec, budget: "Budget | None" = None) -> Model:
    """``endpoint`` at its own pace, tried again where that helps, and given up where it does not; one an endpoint."""
    from pipeline.llm.outage import Outage
    from pipeline.llm.pacing import Paced
    from pipeline.llm.retry import Retrying

    model: Model = Paced(endpoint, spec.limit or endpoint.profile.connections, spec.sharers)
    if budget:
        from pipeline.llm.budget import Budgeted

        model = Budgeted(model, endpoint.parameters, budget)
    return Outage(Retrying(model))


def _api_key(spec: ModelSpec, profile: Profile) -> str:
    """The key from its variable; a server on this machine or this network needs none."""
    key = os.environ.get(profile.api_key_env, "").strip()
    if not key and not is_local(spec.base_url or OPENAI_URL):
        raise ModelNameError(f"the model {spec.name} needs a key: set the variable {profile.api_key_env}")
    if not (key.isascii() and key.isprintable()):
        raise ModelNameError(f"the variable {profile.api_key_env} does not hold a key: it has unprintable characters")
    return key or _NO_KEY


def _check(base_url: str | None) -> None:
    try:
        url = urlsplit(base_url or OPENAI_URL)
        good = bool(url.hostname) and url.scheme in {"http", "https"} and url.port != 0  # reading the port checks it
    except ValueError:
        good = False
    if not good:
        raise ModelNameError(f"{base_url!r} is no address of a model: it starts with http:// or https://")
