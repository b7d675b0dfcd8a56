"""From a spec to a model: who stands around whom, and one plain sentence for everything that is missing."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ModelNameError
from pipeline.llm.cache import Cached, MemoryCalls
from pipeline.llm.compose import ModelSpec, compose, endpoint_of, parameters_of
from pipeline.llm.fallback import Fallback
from pipeline.llm.model import Parameters, call_key
from pipeline.llm.offline.model import OfflineModel
from pipeline.llm.recorded import Header, Row, write_set
from tests.llm.fakes import GOOD, PARAMETERS, make_prompt

PROMPT = make_prompt()

SERVER = "http://127.0.0.1:8080/v1"


def test_parameters_name_the_model_behind_the_endpoint() -> None:
    spec = ModelSpec(name="openai:qwen3:8b", temperature=0.2, max_tokens=100)
    assert parameters_of(spec) == Parameters(model="qwen3:8b", temperature=0.2, max_tokens=100)
    assert parameters_of(ModelSpec(name="recorded", recorded=("sets/inbox", "b"))).model == "recorded:inbox:b"
    assert parameters_of(ModelSpec()).model == "offline"


async def test_a_hosted_model_is_cached_first() -> None:
    async with compose(ModelSpec(name="openai:tiny", base_url=SERVER), MemoryCalls()) as model:
        assert isinstance(model, Cached)


def test_specs_are_plain_values() -> None:
    spec = ModelSpec(name="openai:tiny", recorded=("a",))
    assert ModelSpec.model_validate_json(spec.model_dump_json()) == spec


@pytest.mark.parametrize("name", ["gpt-4o", "openai:", "", "Offline"])
def test_an_unknown_name_says_which_exist(name: str) -> None:
    with pytest.raises(ModelNameError, match="there are offline, recorded and openai:NAME"):
        compose(ModelSpec(name=name), MemoryCalls())


@pytest.mark.parametrize("base_url", [None, "https://api.model.example/v1", "http://10.0.0.5.example/v1"])
def test_a_missing_key_names_its_variable(monkeypatch: pytest.MonkeyPatch, base_url: str | None) -> None:
    monkeypatch.delenv("STUDIO_KEY", raising=False)
    spec = ModelSpec(name="openai:x", base_url=base_url, api_key_env="STUDIO_KEY")
    with pytest.raises(ModelNameError, match="set the variable STUDIO_KEY"):
        compose(spec, MemoryCalls())


@pytest.mark.parametrize(
    ("base_url", "variable"),
    [
        (None, "OPENAI_API_KEY"),
        ("https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
        ("https://ollama.com/v1", "OLLAMA_API_KEY"),
    ],
)
def test_a_providers_key_has_its_own_variable(
    monkeypatch: pytest.MonkeyPatch, base_url: str | None, variable: str
) -> None:
    """So that the key of one provider never travels to another."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(ModelNameError, match=f"set the variable {variable}"):
        compose(ModelSpec(name="openai:x", base_url=base_url), MemoryCalls())


async def test_pace_and_patience_are_the_profiles_unless_the_user_says_otherwise() -> None:
    endpoint = endpoint_of(ModelSpec(name="openai:tiny", base_url=SERVER))
    assert (endpoint.profile.connections, endpoint.profile.timeout) == (4, 900)
    assert (endpoint._connections, endpoint._timeout) == (4, 900)
    endpoint = endpoint_of(ModelSpec(name="openai:tiny", base_url=SERVER, limit=20, timeout=30))
    assert (endpoint._connections, endpoint._timeout) == (20, 30)


@pytest.mark.parametrize("key", ["sk-ümlaut", "sk\nX-Header: 1"])
def test_a_key_that_cannot_be_one(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(ModelNameError, match="OPENAI_API_KEY does not hold a key"):
        compose(ModelSpec(name="openai:x"), MemoryCalls())


@pytest.mark.parametrize(
    "base_url",
    [SERVER, "http://localhost:11434/v1", "http://[::1]:1/v1", "http://192.168.1.7/v1", "http://gpu.local/v1"],
)
async def test_a_local_server_needs_no_key(monkeypatch: pytest.MonkeyPatch, base_url: str) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    async with compose(ModelSpec(name="openai:tiny", base_url=base_url), MemoryCalls()) as model:
        assert model


@pytest.mark.parametrize(
    "base_url", ["localhost:8080", "ftp://model.example", "http://", "http://host:port/v1", "[::1"]
)
def test_an_address_that_is_none(base_url: str) -> None:
    with pytest.raises(ModelNameError, match="no address of a model"):
        compose(ModelSpec(name="openai:x", base_url=base_url), MemoryCalls())


def test_a_recorded_set_must_be_named_and_be_there(tmp_path: Path) -> None:
    with pytest.raises(ModelNameError, match="needs the folder of a recorded set"):
        compose(ModelSpec(name="recorded"), MemoryCalls())
    with pytest.raises(ModelNameError, match="no recorded set at"):
        compose(ModelSpec(name="recorded", recorded=(str(tmp_path / "none"),)), MemoryCalls())


async def test_offline_stands_alone_and_behind_a_recorded_set(tmp_path: Path) -> None:
    header = Header(name="s", model="m", parameters=PARAMETERS, date=date(2026, 3, 2), label="", prompts={})
    write_set(tmp_path, header, [Row(key=call_key(PROMPT, PARAMETERS), prompt="draft@v1", text=GOOD)])
    async with compose(ModelSpec(name="offline"), MemoryCalls()) as offline:
        assert isinstance(offline, OfflineModel)
    async with compose(ModelSpec(name="recorded", recorded=(str(tmp_path),)), MemoryCalls()) as recorded:
        assert isinstance(recorded, Fallback)
        assert (await recorded.complete(PROMPT)).model == "recorded:m"


def test_importing_the_composition_leaves_the_sdk_alone() -> None:
    program = "import sys, pipeline.llm.compose; print({'openai', 'httpx2', 'tenacity', 'ruamel'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
