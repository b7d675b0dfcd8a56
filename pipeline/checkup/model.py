"""The model: can one be made of its name, where does it answer, and what did the probe of its endpoint find out.

What this leaves out: how good it is, which only mails can show.
"""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.checkup.rows import Row, look, ok, wrong
from pipeline.errors import UsageError
from pipeline.llm.cache import MemoryCalls
from pipeline.llm.compose import ModelSpec, compose, parameters_of, profile_of_spec
from pipeline.llm.probe import Probe, probe
from pipeline.llm.profiles import OPENAI_URL, is_local

_ALONE = ("offline", "recorded")  # they speak to no endpoint
_PASS_ON = ("litellm", "ollama-cloud")  # profiles of servers in the house that ask a provider elsewhere
_SHOWN = 5  # names of a list


def trouble_of(spec: ModelSpec) -> str:
    """Why no model can be made of ``spec``, found out without asking anyone; empty when one can."""
    try:
        compose(spec, MemoryCalls())
    except UsageError as error:
        return str(error)
    return ""


def sends(spec: ModelSpec) -> bool:
    """What this model is told leaves this computer and its network, as far as the address and the name can tell.

    Raises:
        ModelNameError: as ``trouble_of`` says.
    """
    if spec.name in _ALONE:
        return False
    return not is_local(spec.base_url or OPENAI_URL) or profile_of_spec(spec).name in _PASS_ON


def place(spec: ModelSpec) -> str:
    """The endpoint's host and port, without the name and password that an address may hold."""
    return urlsplit(spec.base_url or OPENAI_URL).netloc.rpartition("@")[2]


async def model_rows(spec: ModelSpec, *, agreed: bool) -> list[Row]:
    """Ask the endpoint, if it may be asked, and say what was found out."""
    if spec.name in _ALONE:
        return [look(spec.name)]
    if not agreed:
        return [look("not_sent")]
    return list(endpoint_rows(spec, await probe(spec), profile_of_spec(spec).api_key_env))


def endpoint_rows(spec: ModelSpec, found: Probe, variable: str) -> Iterator[Row]:
    """What the probe found out, row by row; ``variable`` is the one that holds the key, if one is set."""
    host, model = place(spec), parameters_of(spec).model
    key_set = bool(os.environ.get(variable, "").strip())
    if not found.reachable:
        yield wrong("unreachable", host=host, sentence=found.sentence)
        return
    if found.key_ok is False:
        yield wrong("key_refused" if key_set else "key_wanted", host=host, variable=variable, sentence=found.sentence)
        return
    if not key_set:
        yield ok("no_key_needed")
    else:
        yield ok("key_accepted" if found.key_ok else "key_sent", variable=variable)
    if found.output is None:
        yield wrong("no_answer", host=host, model=model, sentence=found.sentence, listed=_listed(found.models))
        return
    yield ok("answers", host=host, model=model, seconds=f"{found.seconds:.1f}")
    yield ok("enforces_schema") if found.enforces == "schema" else look(f"enforces_{found.enforces}", host=host)
    if found.models and model not in found.models:
        yield look("not_listed", host=host, model=model, listed=_listed(found.models))


def _listed(models: tuple[str, ...]) -> str:
    more = f" and {len(models) - _SHOWN} more" if len(models) > _SHOWN else ""
    return ", ".join(models[:_SHOWN]) + more or "nothing"
