"""The whole way through the real SDK, on replayed answers of real servers and of a local stand-in."""

import json
from pathlib import Path

import pytest
import yaml
from vcr.errors import CannotOverwriteExistingCassetteException

from pipeline.errors import (
    CandorError,
    EndpointError,
    FilteredError,
    MalformedError,
    RefusedError,
    RequestError,
    TransportError,
    TruncatedError,
)
from pipeline.llm.model import parse_reply
from pipeline.types.prompt import Completion
from tests.llm.cassettes import API_KEY, FOLDER, SCENES, Scene, cassette, play
from tests.llm.fakes import GOOD, Reading, make_prompt

TAPES = sorted(FOLDER.glob("*.yaml"))


async def replay(name: str) -> list[Completion | CandorError]:
    with cassette(name):
        return await play(SCENES[name])


async def only(name: str) -> Completion | CandorError:
    (outcome,) = await replay(name)
    return outcome


def formats(name: str) -> list[str]:
    """How JSON was asked for, request by request."""
    tape = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))["interactions"]
    return [json.loads(i["request"]["body"])["response_format"]["type"] for i in tape]


async def test_a_schema_constrained_reply_validates() -> None:
    completion = await only("llama-schema")
    assert isinstance(completion, Completion)
    assert parse_reply(completion, Reading, make_prompt())
    assert completion.model == "tiny-random"
    assert completion.usage.prompt_tokens
    assert completion.usage.cached_tokens == 0  # told, not unknown


async def test_a_truncated_reply_keeps_its_raw_text_and_its_cost() -> None:
    error = await only("llama-truncated")
    assert isinstance(error, TruncatedError)
    assert error.raw
    assert error.usage.completion_tokens == 8


async def test_a_prompt_that_is_too_long_is_not_blamed_on_the_profile() -> None:
    error = await only("llama-too-long")
    assert isinstance(error, RequestError)
    assert "exceeds the available context size" in str(error)


async def test_a_200_proves_nothing() -> None:
    """This server drops a pattern that it cannot read and answers all the same: replies must always be validated."""
    completion = await only("llama-broken-pattern")
    assert isinstance(completion, Completion)
    assert not json.loads(completion.text)["a"].startswith("x")


async def test_another_dialect_is_found_out_once() -> None:
    outcomes = await replay("llama-cpp-python-dialect")
    assert [parse_reply(o, Reading, make_prompt()).kind for o in outcomes if isinstance(o, Completion)]
    assert formats("llama-cpp-python-dialect") == ["json_schema", "json_object", "json_object"]


async def test_a_mail_that_is_too_long_does_not_spoil_the_dialect() -> None:
    too_long, completion = await replay("llama-cpp-python-too-long")
    assert isinstance(too_long, RequestError)
    assert "maximum context length" in str(too_long)
    assert isinstance(completion, Completion)


async def test_a_server_that_ignores_schemas_lets_the_model_babble() -> None:
    error = await only("transformers-ignores")
    assert isinstance(error, TruncatedError)
    assert not error.raw.startswith("{")


async def test_a_proxy_passes_a_good_reply_on() -> None:
    completion = await only("litellm-good")
    assert isinstance(completion, Completion)
    assert completion.text == GOOD


@pytest.mark.parametrize(
    ("name", "kind", "requests"),
    [
        ("litellm-busy", TransportError, 4),
        ("litellm-broken", TransportError, 5),  # one of them asks humbly
        ("litellm-too-long", RequestError, 1),
        ("litellm-wrong-key", EndpointError, 1),
    ],
)
async def test_the_errors_of_a_proxy(name: str, kind: type[CandorError], requests: int) -> None:
    assert type(await only(name)) is kind
    assert len(formats(name)) == requests


async def test_a_model_that_talks_is_told_the_schema() -> None:
    first, second = await replay("litellm-prose")
    assert isinstance(first, MalformedError)
    assert isinstance(second, MalformedError)
    tape = (FOLDER / "litellm-prose.yaml").read_text("utf-8")
    assert [("JSON Schema" in body) for body in tape.split("- request:")[1:]] == [False, True, True]


async def test_a_refusal() -> None:
    assert isinstance(await only("stand-in-refusal"), RefusedError)


async def test_a_filtered_reply() -> None:
    assert isinstance(await only("stand-in-filter"), FilteredError)


async def test_a_busy_endpoint_is_asked_again() -> None:
    completion = await only("stand-in-busy")
    assert isinstance(completion, Completion)
    assert completion.text == GOOD


async def test_an_empty_account_is_not_asked_again() -> None:
    assert isinstance(await only("stand-in-no-credit"), EndpointError)


async def test_an_endpoint_with_json_mode_only_is_found_out_once() -> None:
    outcomes = await replay("stand-in-json-mode-only")
    assert [o.text for o in outcomes if isinstance(o, Completion)] == [GOOD, GOOD]
    assert formats("stand-in-json-mode-only") == ["json_schema", "json_schema", "json_object", "json_object"]


@pytest.mark.parametrize("retries", [False, True])
async def test_a_request_that_is_not_on_the_tape_passes_untouched(retries: bool) -> None:  # noqa: FBT001 - a parameter
    scene = SCENES["llama-schema"]
    changed = Scene(scene.server, (make_prompt("a changed prompt"), *scene.prompts), retries=retries)
    with cassette("llama-schema") as tape:
        with pytest.raises(CannotOverwriteExistingCassetteException):
            await play(changed)
        await play(scene)
    assert tape.play_count == 1


def test_every_scene_has_its_tape_and_every_tape_its_scene() -> None:
    assert [path.stem for path in TAPES] == sorted(SCENES)


@pytest.mark.parametrize("path", TAPES, ids=lambda path: path.stem)
def test_a_tape_says_what_it_was_recorded_against_and_holds_no_secret(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# recorded against ")
    for secret in (API_KEY, "authorization", "cookie", "x-stainless", "openai-", "user-agent"):
        assert secret not in text.lower()
