"""Building a request for every profile, and reading every kind of reply."""

import json
import math
from typing import cast

import pytest
from pydantic import JsonValue

from pipeline.errors import (
    EmptyError,
    FilteredError,
    GarbledError,
    MalformedError,
    ModelError,
    RefusedError,
    TruncatedError,
)
from pipeline.llm.model import parse_reply
from pipeline.llm.profiles import Output, Profile
from pipeline.llm.requests import body, completion_of
from pipeline.llm.schema import full, strict
from pipeline.types.prompt import Completion, Usage
from tests.llm.fakes import GOOD, PARAMETERS, Reading, chat, make_prompt


def read(reply: JsonValue) -> Completion:
    return completion_of(reply, make_prompt(), PARAMETERS, "key")


def turns(request: dict[str, JsonValue]) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", request["messages"])


def test_a_strict_request() -> None:
    prompt = make_prompt()
    request = body(prompt, PARAMETERS, Profile(strict=True, limit="max_completion_tokens"))
    assert request == {
        "model": "test-model",
        "messages": [
            {"role": "system", "content": "Read the mail."},
            {"role": "user", "content": "May we have 20 % off?"},
        ],
        "max_completion_tokens": 400,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "draft_reply", "strict": True, "schema": strict(prompt.schema_)},
        },
    }


def test_a_grammar_server_gets_the_full_schema() -> None:
    prompt = make_prompt()
    request = body(prompt, PARAMETERS, Profile(output=Output.JSON_OBJECT_SCHEMA))
    assert request["response_format"] == {"type": "json_object", "schema": full(prompt.schema_)}
    assert request["max_tokens"] == 400


@pytest.mark.parametrize("output", [Output.JSON_OBJECT, Output.PROMPTED])
def test_without_schema_support_the_system_message_tells_it(output: Output) -> None:
    request = body(make_prompt(), PARAMETERS, Profile(output=output))
    system, user = turns(request)
    assert json.dumps(full(make_prompt().schema_)) in system["content"]
    assert user == {"role": "user", "content": "May we have 20 % off?"}
    assert ("response_format" in request) is (output is Output.JSON_OBJECT)


def test_a_schema_can_be_both_sent_and_told() -> None:
    request = body(make_prompt(), PARAMETERS, Profile(told=True))
    assert json.dumps(full(make_prompt().schema_)) in turns(request)[0]["content"]
    assert "response_format" in request


def test_our_instructions_can_have_another_role() -> None:
    assert [turn["role"] for turn in turns(body(make_prompt(), PARAMETERS, Profile(system="developer")))] == [
        "developer",
        "user",
    ]
    (user,) = turns(body(make_prompt(), PARAMETERS, Profile(system="user", output=Output.PROMPTED)))
    assert user["role"] == "user"
    assert user["content"].startswith("Read the mail.")
    assert user["content"].endswith("}\n\nMay we have 20 % off?")


def test_a_prompt_without_system_message_gets_one() -> None:
    prompt = make_prompt()
    prompt = prompt.model_copy(update={"messages": prompt.messages[1:]})
    request = body(prompt, PARAMETERS, Profile(output=Output.PROMPTED))
    assert [turn["role"] for turn in turns(request)] == ["system", "user"]


def test_temperature_is_sent_only_where_it_is_taken() -> None:
    warm = PARAMETERS.model_copy(update={"temperature": 0.2})
    assert body(make_prompt(), warm, Profile())["temperature"] == 0.2
    assert "temperature" not in body(make_prompt(), warm, Profile(temperature=False))
    assert "temperature" not in body(make_prompt(), PARAMETERS, Profile())


def test_a_good_reply() -> None:
    completion = read(chat())
    assert completion == Completion(
        text=GOOD,
        model="test-model-2026-01",
        call="key",
        usage=Usage(prompt_tokens=50, completion_tokens=9, cached_tokens=32, calls=1),
    )
    assert parse_reply(completion, Reading, make_prompt()).numbers == [20]


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{GOOD}\n```",
        f"Here it is:\n\n{GOOD}\n\nI hope this helps.",
        f'<think>Is it {{"kind": "other"}}?</think>\n{GOOD}',
        [{"type": "text", "text": GOOD}],
    ],
    ids=["fenced", "talkative", "thinking", "in parts"],
)
def test_the_object_is_freed_from_what_surrounds_it(content: JsonValue) -> None:
    assert read(chat(content)).text == GOOD


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (chat(None, refusal="I cannot help with that."), RefusedError),
        (chat('{"kind": "disc', finish="length"), TruncatedError),
        (chat("", finish="content_filter"), FilteredError),
        (chat(None), EmptyError),
        (chat("  \n"), EmptyError),
        (chat("Sorry, I would rather not."), MalformedError),
        (chat('{"kind": "discount", '), MalformedError),
        (chat("[1, 2]"), MalformedError),
        (chat("{}"), MalformedError),
        (chat('{"refusal": "I can not help with that."}'), MalformedError),
        (chat("[" * 100_000), MalformedError),
        (chat('{"a":' * 100_000), MalformedError),
    ],
)
def test_every_useless_reply_has_its_error(reply: dict[str, JsonValue], error: type[ModelError]) -> None:
    with pytest.raises(error) as caught:
        read(reply)
    assert type(caught.value) is error
    assert caught.value.prompt == make_prompt()
    assert caught.value.usage.prompt_tokens == 50
    assert caught.value.model == "test-model-2026-01"
    assert caught.value.raw
    assert len(caught.value.raw) <= 100_000


def test_a_reply_that_fits_its_form_badly_is_one_still() -> None:
    assert read(chat('{"kind": "discount"}')).text == '{"kind": "discount"}'
    anything = make_prompt().model_copy(update={"schema_": {"type": "object"}})
    assert completion_of(chat("{}"), anything, PARAMETERS, "key").text == "{}"


@pytest.mark.parametrize(
    "reply",
    [None, [], "text", 5, {}, {"choices": None}, {"choices": []}, {"choices": [7]}, {"choices": [{"message": "x"}]}],
)
def test_what_is_no_chat_completion_is_malformed(reply: JsonValue) -> None:
    with pytest.raises(GarbledError, match="not a chat completion"):
        read(reply)


def test_what_a_model_thinks_is_counted_where_the_total_alone_holds_it() -> None:
    usage: JsonValue = {"prompt_tokens": 20, "completion_tokens": 198, "total_tokens": 623}
    assert read(chat() | {"usage": usage}).usage == Usage(prompt_tokens=20, completion_tokens=603, calls=1)


def test_unknown_usage_is_none_and_never_zero() -> None:
    assert read(chat() | {"usage": None}).usage == Usage(calls=1)
    odd: dict[str, JsonValue] = {"prompt_tokens": -1, "completion_tokens": True, "prompt_tokens_details": [math.pi]}
    assert read(chat() | {"usage": odd}).usage == Usage(calls=1)


def test_lone_surrogates_do_not_get_through() -> None:
    assert read(chat('{"kind": "\ud800"}')).text == '{"kind": "?"}'
    with pytest.raises(MalformedError) as caught:
        read(chat("\udfff") | {"model": "m\ud800"})
    assert (caught.value.raw, caught.value.model) == ("?", "m?")


def test_the_model_asked_for_stands_in_for_one_that_is_not_named() -> None:
    assert read(chat() | {"model": None}).model == "test-model"
