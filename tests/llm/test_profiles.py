"""Which flags hold for which endpoint, and what goes first when it complains."""

from pathlib import Path

import pytest

from pipeline.errors import ModelNameError
from pipeline.llm.profiles import (
    Output,
    Profile,
    adapted,
    instruction,
    is_local,
    named,
    profile_of,
    step_down,
)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's file of models, empty."""
    path = tmp_path / "models.yaml"
    path.write_text("{}", "utf-8")
    monkeypatch.setenv("CANDOR_MODELS", str(path))
    return path


def test_openai_gets_the_strict_subset() -> None:
    profile = profile_of(None, "gpt-4.1")
    assert (profile.output, profile.strict, profile.limit) == (Output.JSON_SCHEMA, True, "max_completion_tokens")
    assert profile.temperature


@pytest.mark.parametrize("model", ["o3", "gpt-5.1-mini"])
def test_reasoning_models_take_no_temperature(model: str) -> None:
    assert not profile_of("https://firm.openai.azure.com/openai/v1", model).temperature
    assert profile_of("https://openai.azure.com.evil.example/v1", "gpt-4.1").name == "compatible"


def test_an_unknown_server_is_taken_for_compatible() -> None:
    assert profile_of("https://model.example/v1", "gpt-5") == Profile()


def test_a_local_server_is_called_gently() -> None:
    profile = profile_of("http://127.0.0.1:8080/v1", "qwen3")
    assert (profile.name, profile.connections, profile.keep_alive) == ("llama.cpp", 4, False)
    assert profile.timeout > Profile().timeout
    assert profile_of("https://model.example:8080/v1", "qwen3") == Profile()  # a port says nothing about a hosted one


@pytest.mark.parametrize(
    ("base_url", "model", "flags"),
    [
        ("http://localhost:11434/v1", "qwen3:8b", {"name": "ollama", "output": "json_schema", "connections": 4}),
        ("http://localhost:11434/v1", "gpt-oss:20b-cloud", {"name": "ollama-cloud", "output": "prompted"}),
        ("https://ollama.com/v1", "gpt-oss:20b", {"output": "prompted", "api_key_env": "OLLAMA_API_KEY"}),
        ("http://10.0.0.7:8000/v1", "qwen3", {"name": "vllm", "connections": 16}),
        ("http://localhost:1234/v1", "qwen3", {"name": "lm-studio"}),
        ("http://localhost:4000", "any", {"name": "litellm", "api_key_env": "LITELLM_API_KEY", "timeout": 300}),
        ("https://openrouter.ai/api/v1", "a/b", {"told": True, "api_key_env": "OPENROUTER_API_KEY"}),
        ("https://api.mistral.ai/v1", "mistral-large", {"strict": True, "limit": "max_tokens"}),
        ("https://api.groq.com/openai/v1", "openai/gpt-oss-120b", {"name": "groq-strict", "strict": True}),
        ("https://api.groq.com/openai/v1", "llama-4", {"strict": False, "told": True}),
        ("https://api.together.xyz/v1", "a/b", {"told": True}),
        ("https://generativelanguage.googleapis.com/v1beta/openai/", "gemini", {"api_key_env": "GEMINI_API_KEY"}),
        ("https://api.anthropic.com/v1/", "claude", {"output": "prompted", "api_key_env": "ANTHROPIC_API_KEY"}),
        ("https://firm.openai.azure.com/openai/v1", "our-4o", {"key_header": "api-key", "strict": True}),
        ("https://api.openai.com.evil.example/v1", "gpt-5", {"name": "compatible"}),
    ],
)
def test_the_endpoints_that_we_know(base_url: str, model: str, flags: dict[str, object]) -> None:
    assert profile_of(base_url, model).model_dump(mode="json", include=set(flags)) == flags


def test_a_users_entry_lies_over_ours(own: Path) -> None:
    own.write_text(
        """
profiles:
  - {name: gateway, host: llm.firm.example, output: json_object, connections: 3}
  - {name: careful, host: api.openai.com, model: [gpt-4*], strict: no, api_key_env: FIRM_KEY}
models:
  - {name: work, base_url: "http://gpu:8000/v1", model: Qwen3, timeout: 60, local: true}
""",
        "utf-8",
    )
    assert profile_of("https://llm.firm.example/v1", "x").model_dump(include={"output", "connections"}) == {
        "output": Output.JSON_OBJECT,
        "connections": 3,
    }
    openai = profile_of(None, "gpt-4.1")
    assert (openai.strict, openai.limit, openai.api_key_env) == (False, "max_completion_tokens", "FIRM_KEY")
    work = named("work")
    assert work
    assert (work.base_url, work.model) == ("http://gpu:8000/v1", "Qwen3")
    assert profile_of(work.base_url, work.model).timeout == 60
    assert profile_of(work.base_url, "another").timeout == 900
    assert named("play") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("profiles:\n  - {name: a, host: b, outptu: prompted}", "models.yaml:2:32: unknown key 'profiles.0.outptu'"),
        ("profiles:\n  - {name: a, connections: many}", "models.yaml:2:28: 'profiles.0.connections': input should be"),
        ("models:\n  - {name: a, model: b}", "models.yaml:2:5: 'models.0.base_url': field required"),
        ("models:\n  - {name: 'openai:x', base_url: u, model: b}", "models.yaml:2:12: 'models.0.name'"),
        ("- a", "models.yaml:1:1: it holds profiles and models, and nothing else"),
        ("a: [", "models.yaml:1:"),
        ("", "models.yaml: is empty"),
    ],
)
def test_a_wrong_file_says_where(own: Path, text: str, told: str) -> None:
    own.write_text(text, "utf-8")
    with pytest.raises(ModelNameError) as caught:
        profile_of(None, "gpt-4.1")
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_named_must_be_there(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own.unlink()
    with pytest.raises(ModelNameError, match=r"models\.yaml can't be read: No such file"):
        profile_of(None, "gpt-4.1")
    monkeypatch.delenv("CANDOR_MODELS")
    monkeypatch.setenv("HOME", str(own.parent))
    assert profile_of(None, "gpt-4.1").name == "openai"  # the one at home need not exist


@pytest.mark.parametrize(
    "base_url",
    [
        "http://localhost:1/v1",
        "http://gpu.localhost",
        "http://127.8.9.1",
        "http://0.0.0.0:8000",
        "http://[::1]:1",
        "http://[::ffff:192.168.0.4]:1",
        "http://[fe80::1%25eth0]:1",
        "http://[fd00::7]",
        "http://10.1.2.3",
        "http://172.16.0.1",
        "http://169.254.3.4",
        "http://100.64.0.9",
        "http://host.docker.internal:11434/v1",
        "http://Studio.LOCAL:1234/v1",
        "http://a.home.arpa",
    ],
)
def test_what_is_local(base_url: str) -> None:
    assert is_local(base_url)


@pytest.mark.parametrize(
    "base_url",
    [
        "https://api.openai.com/v1",
        "http://8.8.8.8",
        "http://10.1.2.3.example",
        "http://[::ffff:8.8.8.8]/v1",
        "http://[2001:0:808:808::1]/v1",  # Teredo
        "http://[64:ff9b::808:808]/v1",  # NAT64
        "http://172.32.0.1",
        "http://192.0.2.1",  # for documentation
        "http://240.0.0.1",
        "http://localhost.example/v1",
        "http://local",
        "",
        "http://[x",
    ],
)
def test_what_is_not(base_url: str) -> None:
    assert not is_local(base_url)


@pytest.mark.parametrize("host", ["134744072", "0x08080808", "01002004010", "0x8.8", "2130706433", "127.1", "8.8.2056"])
def test_a_number_in_another_spelling_is_not_taken_for_a_local_name(host: str) -> None:
    assert not is_local(f"http://{host}/v1")


def test_a_name_of_one_word_is_local_once_its_user_says_so(own: Path) -> None:
    for name in ("ai", "ollama", "gpu"):
        assert not is_local(f"http://{name}:11434/v1")  # `ai` is a top-level domain with an address
    own.write_text("models: [{name: work, base_url: 'http://ollama:11434/v1', model: qwen3, local: true}]", "utf-8")
    assert is_local("http://ollama:11434/v1/")
    assert profile_of("http://ollama:11434/v1", "any other").name == "ollama"
    assert not is_local("http://ollama:8080/v1")
    assert not is_local("http://gpu:11434/v1")


def test_json_mode_only() -> None:
    assert profile_of("https://user:secret@api.deepseek.com/v1", "deepseek-chat").output is Output.JSON_OBJECT


def test_stepping_down_ends_with_the_prompt_alone() -> None:
    profile, rungs = profile_of(None, "gpt-4.1"), []
    while humbler := step_down(profile):
        profile = humbler
        rungs.append((profile.output.value, profile.strict))
    assert rungs == [("json_schema", False), ("json_object_schema", False), ("json_object", False), ("prompted", False)]


@pytest.mark.parametrize(
    ("complaint", "changed"),
    [
        (
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
            {"limit": "max_completion_tokens"},
        ),
        ("Unsupported value: 'temperature' does not support 0.2 with this model.", {"temperature": False}),
        ("'response_format.type' must be 'json_schema' or 'text'", {"output": Output.JSON_OBJECT_SCHEMA}),
        ("System role not supported", {"system": "user"}),
        ("Unknown name \"$defs\" at 'generation_config.response_schema'", {"output": "json_object_schema"}),
        (
            "Invalid schema for response_format: In context=(), 'minLength' is not permitted",
            {"output": "json_object_schema"},
        ),
    ],
)
def test_what_is_blamed_goes(complaint: str, changed: dict[str, object]) -> None:
    assert adapted(Profile(), complaint) == Profile.model_validate(changed)


@pytest.mark.parametrize(
    "complaint",
    [
        "This model's maximum context length is 8192 tokens; you requested 9000 (max_tokens included).",
        "The model `gpt-9` does not exist",
        "",
    ],
)
def test_other_complaints_change_nothing(complaint: str) -> None:
    assert adapted(Profile(), complaint) is None


def test_a_temperature_that_is_not_sent_cannot_go() -> None:
    assert adapted(Profile(temperature=False), "temperature") is None


def test_the_instruction_has_a_place_for_the_schema() -> None:
    assert "{schema}" in instruction()
    assert "JSON" in instruction()  # JSON mode insists on the word
