"""Which flags hold for which endpoint, and what goes first when it complains."""

import pytest

from pipeline.llm.profiles import Output, Profile, adapted, instruction, profile_of, step_down


def test_openai_gets_the_strict_subset() -> None:
    profile = profile_of(None, "gpt-4.1")
    assert (profile.output, profile.strict, profile.limit) == (Output.JSON_SCHEMA, True, "max_completion_tokens")
    assert profile.temperature


@pytest.mark.parametrize("model", ["o3", "gpt-5.1-mini"])
def test_reasoning_models_take_no_temperature(model: str) -> None:
    assert not profile_of("https://firm.openai.azure.com/openai/v1", model).temperature
    assert profile_of("https://openai.azure.com.evil.example/v1", "gpt-4.1").name == "compatible"


def test_an_unknown_server_is_taken_for_compatible() -> None:
    assert profile_of("http://127.0.0.1:8080/v1", "gpt-5") == Profile()


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
