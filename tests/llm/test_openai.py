"""The adapter against a make-believe network: errors, the way down the profile, and what is sent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest
from pydantic import JsonValue

from pipeline.errors import (
    CandorError,
    EndpointError,
    GarbledError,
    MalformedError,
    ModelError,
    RequestError,
    TransportError,
)
from pipeline.llm.hints import Allowance, RateHint
from pipeline.llm.openai import OpenAIModel
from pipeline.llm.profiles import Output, Profile, profile_of
from pipeline.types.prompt import Usage
from tests.llm.fakes import GOOD, PARAMETERS, Endpoint, chat, make_prompt, refused

Opened = Callable[..., Awaitable[tuple[OpenAIModel, Endpoint]]]
NO_GZIP = httpx2.ByteStream(b"broken")
NO_SCHEMA = refused("response_format type json_schema is not supported")


def answer(status: int, body: JsonValue = None, **headers: str) -> httpx2.Response:
    return httpx2.Response(status, json=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.fixture
async def opened() -> AsyncIterator[Opened]:
    """Opens a model over answers in order; closes it after the test."""
    models: list[OpenAIModel] = []

    async def open_(
        *answers: httpx2.Response | Exception, profile: Profile | None = None, base_url: str = "http://model.example/v1"
    ) -> tuple[OpenAIModel, Endpoint]:
        endpoint = Endpoint(answers)
        model = OpenAIModel(
            PARAMETERS,
            base_url=base_url,
            api_key="secret",
            profile=profile or Profile(),
            timeout=1,
            transport=endpoint.transport,
        )
        models.append(await model.__aenter__())
        return model, endpoint

    yield open_
    for model in models:
        await model.__aexit__(None, None, None)


def outputs(endpoint: Endpoint) -> list[str]:
    """The response format of each request, as the server saw it."""
    formats = (body.get("response_format") for body in endpoint.bodies)
    return [str(f["type"]) + ("+schema" if "schema" in f else "") if isinstance(f, dict) else "-" for f in formats]


async def test_one_good_reply(opened: Opened) -> None:
    model, endpoint = await opened(answer(200, chat()))
    completion = await model.complete(make_prompt())
    assert completion.text == GOOD
    assert endpoint.bodies[0]["messages"] == [
        {"role": "system", "content": "Read the mail."},
        {"role": "user", "content": "May we have 20 % off?"},
    ]
    assert endpoint.headers[0]["authorization"] == "Bearer secret"


async def test_organization_stays_with_openai(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.example/v1")
    model, endpoint = await opened(answer(200, chat()))
    await model.complete(make_prompt())
    assert "openai-organization" not in endpoint.headers[0]
    assert endpoint.headers[0]["host"] == "model.example"


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (answer(429, refused("slow down"), retry_after="3"), TransportError),
        (answer(503), TransportError),
        (answer(401, refused("bad key")), EndpointError),
        (answer(429, refused("no money", code="insufficient_quota")), EndpointError),
        (answer(400, refused("bad field")), RequestError),
        (answer(404, refused("The model `x` does not exist")), RequestError),
        (answer(307, location="http://elsewhere.example/"), RequestError),
        (httpx2.ConnectError("refused"), TransportError),
        (httpx2.ReadTimeout("slow"), TransportError),
        (httpx2.Response(200, stream=NO_GZIP, headers={"content-encoding": "gzip"}), RequestError),
        (httpx2.Response(200, content=b"<html>captive portal</html>"), GarbledError),
        (httpx2.Response(200, content=b""), GarbledError),
        (httpx2.Response(200, content=b"[" * 100_000), GarbledError),
    ],
)
async def test_one_request_and_its_own_error(
    opened: Opened, reply: httpx2.Response | Exception, kind: type[CandorError]
) -> None:
    model, endpoint = await opened(reply)
    with pytest.raises(kind) as caught:
        await model.complete(make_prompt())
    assert type(caught.value) is kind
    assert len(endpoint.bodies) == 1  # the SDK's own retries are off
    if isinstance(caught.value, ModelError):
        assert caught.value.prompt == make_prompt()


async def test_the_wait_is_the_endpoints(opened: Opened) -> None:
    model, _ = await opened(answer(429, refused("slow down"), retry_after="3"))
    with pytest.raises(TransportError) as caught:
        await model.complete(make_prompt())
    assert caught.value.wait == 3


async def test_what_an_answer_tells_of_limits_is_heard_good_or_bad(opened: Opened) -> None:
    limits = {
        "x_ratelimit_limit_requests": "60",
        "x_ratelimit_remaining_requests": "7",
        "x_ratelimit_reset_requests": "53s",
    }
    model, _ = await opened(answer(200, chat(), **limits), answer(429, refused("no"), **limits), answer(200, chat()))
    heard: list[RateHint] = []
    await model.complete(make_prompt(), heard.append)
    with pytest.raises(TransportError):
        await model.complete(make_prompt(), heard.append)
    await model.complete(make_prompt(), heard.append)
    assert heard == [RateHint(Allowance(60, 7, 53))] * 2


async def test_it_steps_down_rung_by_rung_and_remembers(opened: Opened) -> None:
    json_only = refused("'response_format.type' must be 'text'")
    model, endpoint = await opened(
        answer(400, NO_SCHEMA), answer(422, json_only), answer(400, json_only), answer(200, chat()), answer(200, chat())
    )
    await model.complete(make_prompt())
    await model.complete(make_prompt("another"))
    assert outputs(endpoint) == ["json_schema", "json_object+schema", "json_object", "-", "-"]
    assert model.profile.output is Output.PROMPTED


async def test_a_bottomless_complaint_ends(opened: Opened) -> None:
    model, endpoint = await opened(*[answer(400, refused("unknown field max_tokens")) for _ in range(5)])
    with pytest.raises(RequestError, match="unknown field max_tokens"):
        await model.complete(make_prompt())
    assert [set(body) & {"max_tokens", "max_completion_tokens"} for body in endpoint.bodies] == [
        {"max_tokens"},
        {"max_completion_tokens"},
    ]
    assert model.profile == Profile()  # nothing was learnt


async def test_two_complaints_are_both_heard(opened: Opened) -> None:
    model, endpoint = await opened(
        answer(400, refused("Unsupported parameter", param="max_tokens", code="unsupported_parameter")),
        answer(400, NO_SCHEMA),
        answer(200, chat()),
    )
    await model.complete(make_prompt())
    assert model.profile == Profile(limit="max_completion_tokens", output=Output.JSON_OBJECT_SCHEMA)
    assert len(endpoint.bodies) == 3


async def test_a_500_is_probed_once(opened: Opened) -> None:
    model, endpoint = await opened(answer(500, refused("boom")), answer(200, chat()), answer(500, refused("boom")))
    await model.complete(make_prompt())
    assert outputs(endpoint) == ["json_schema", "json_object+schema"]
    with pytest.raises(TransportError):
        await model.complete(make_prompt())
    assert len(endpoint.bodies) == 3


async def test_a_500_that_no_profile_cures_is_the_servers(opened: Opened) -> None:
    model, endpoint = await opened(answer(500, refused("first"), retry_after="2"), answer(500, refused("probe")))
    with pytest.raises(TransportError, match="first") as caught:
        await model.complete(make_prompt())
    assert caught.value.wait == 2
    assert model.profile == Profile()
    assert len(endpoint.bodies) == 2


async def test_a_probe_that_is_understood_tells_the_real_fault(opened: Opened) -> None:
    """A mail too long for llama-cpp-python, which answers the wrong dialect with 500: the next mail must still pass."""
    model, endpoint = await opened(
        answer(500, refused("dialect")), answer(400, refused("maximum context length")),
        answer(500, refused("dialect")), answer(200, chat()),
    )  # fmt: skip
    with pytest.raises(RequestError, match="maximum context length"):
        await model.complete(make_prompt("long"))
    await model.complete(make_prompt())
    assert outputs(endpoint) == ["json_schema", "json_object+schema"] * 2


async def test_a_model_that_talks_is_told_the_schema_once(opened: Opened) -> None:
    model, endpoint = await opened(answer(200, chat("Sure!")), *[answer(200, chat()) for _ in range(2)])
    completion = await model.complete(make_prompt())
    assert completion.usage.calls == 2
    await model.complete(make_prompt("another"))
    assert ["JSON Schema" in str(body["messages"]) for body in endpoint.bodies] == [False, True, True]
    assert outputs(endpoint) == ["json_schema"] * 3


@pytest.mark.parametrize(
    "second",
    [
        answer(429, refused("slow down")),
        answer(401, refused("bad key")),
        answer(429, refused("no money", code="insufficient_quota")),
    ],
    ids=["busy", "key", "account"],
)
async def test_an_answer_of_no_use_stays_on_the_bill(opened: Opened, second: httpx2.Response) -> None:
    model, _ = await opened(answer(200, chat("Sure!")), second)
    with pytest.raises((TransportError, EndpointError)) as caught:
        await model.complete(make_prompt())
    assert isinstance(caught.value, TransportError | EndpointError)
    assert (caught.value.usage.prompt_tokens, caught.value.usage.calls) == (50, 1)


async def test_a_refusal_of_us_inside_a_200_may_be_billed(opened: Opened) -> None:
    model, _ = await opened(answer(200, refused("bad key", code=401)))
    with pytest.raises(EndpointError) as caught:
        await model.complete(make_prompt())
    assert caught.value.usage == Usage(calls=1)


async def test_calls_in_flight_are_told_the_schema_too() -> None:
    async def ignores_schemas(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0)
        return answer(200, chat(GOOD if b"JSON Schema" in request.content else "Sure!"))

    transport = httpx2.MockTransport(ignores_schemas)
    async with OpenAIModel(
        PARAMETERS, base_url="http://model.example/v1", api_key="k", profile=Profile(), transport=transport
    ) as model:
        replies = await asyncio.gather(*(model.complete(make_prompt(str(n))) for n in range(4)))
    assert [reply.text for reply in replies] == [GOOD] * 4
    assert {reply.usage.calls for reply in replies} == {2}


async def test_a_model_that_talks_on_is_not_asked_for_ever(opened: Opened) -> None:
    model, endpoint = await opened(*[answer(200, chat("Sure!")) for _ in range(3)])
    for _ in range(2):
        with pytest.raises(MalformedError):
            await model.complete(make_prompt())
    assert len(endpoint.bodies) == 3


async def test_talk_after_good_replies_is_just_a_bad_reply(opened: Opened) -> None:
    model, endpoint = await opened(answer(200, chat()), answer(200, chat("Sure!")))
    await model.complete(make_prompt())
    with pytest.raises(MalformedError):
        await model.complete(make_prompt())
    assert len(endpoint.bodies) == 2


async def test_an_error_inside_a_200_is_that_error(opened: Opened) -> None:
    model, endpoint = await opened(answer(200, refused("slow down", code=429), retry_after="3"))
    with pytest.raises(TransportError, match="answered 429: slow down") as caught:
        await model.complete(make_prompt())
    assert caught.value.wait == 3
    assert len(endpoint.bodies) == 1


async def test_a_500_of_an_endpoint_that_we_know_is_its_own(opened: Opened) -> None:
    model, endpoint = await opened(answer(500), profile=profile_of(None, "gpt-4.1"))
    with pytest.raises(TransportError):
        await model.complete(make_prompt())
    assert len(endpoint.bodies) == 1


async def test_a_500_after_good_replies_is_not_probed(opened: Opened) -> None:
    model, endpoint = await opened(answer(200, chat()), answer(500))
    await model.complete(make_prompt())
    with pytest.raises(TransportError):
        await model.complete(make_prompt())
    assert len(endpoint.bodies) == 2


async def test_calls_in_flight_do_not_forget_what_others_learnt(opened: Opened) -> None:
    model, endpoint = await opened(answer(400, NO_SCHEMA), answer(200, chat()), answer(200, chat()))
    await asyncio.gather(model.complete(make_prompt("a")), model.complete(make_prompt("b")))
    assert len(endpoint.bodies) == 3
    assert model.profile.output is Output.JSON_OBJECT_SCHEMA


async def test_other_exceptions_pass_untouched(opened: Opened) -> None:
    class CannotOverwriteExistingCassetteError(Exception):
        """Stands for what a test recorder raises below the SDK."""

    model, _ = await opened(CannotOverwriteExistingCassetteError())
    with pytest.raises(CannotOverwriteExistingCassetteError):
        await model.complete(make_prompt())
