"""Canned answers of a server that somebody else wrote: every one ends in its own error, and tries are counted."""

import json
import urllib.request
from collections.abc import Iterator

import pytest

from pipeline.errors import (
    CandorError,
    EmptyError,
    EndpointError,
    FilteredError,
    MalformedError,
    RequestError,
    TransportError,
    TruncatedError,
)
from pipeline.llm.openai import OpenAIModel
from pipeline.llm.profiles import profile_of
from pipeline.llm.retry import Retrying
from pipeline.llm.transport import has_aiohttp
from tests.llm.fakes import GOOD, PARAMETERS, Clock, make_prompt
from tests.servers.installed import KEY, aimock, missing

pytestmark = [pytest.mark.servers, pytest.mark.skipif(bool(missing("aimock")), reason=missing("aimock") or "here")]
TRANSPORTS = [False, pytest.param(True, marks=pytest.mark.skipif(not has_aiohttp(), reason="no aiohttp"))]


def refusal(status: int, **more: object) -> dict[str, object]:
    wait = {"retryAfter": more.pop("wait")} if "wait" in more else {}
    return {"status": status, "error": {"message": "canned", **more}, **wait}


ANSWERS: dict[str, tuple[dict[str, object], type[CandorError] | None, int]] = {
    # what the mail says: the answer, what comes of it, and after how many requests
    "good": ({"content": GOOD}, None, 1),
    "prose": ({"content": "I think not."}, MalformedError, 2),  # the second time, the model is told the schema
    "empty": ({"content": " "}, EmptyError, 1),
    "cut": ({"content": GOOD[:20], "finishReason": "length"}, TruncatedError, 1),
    "filtered": ({"content": " ", "finishReason": "content_filter"}, FilteredError, 1),
    "busy": (refusal(429, type="rate_limit_error", wait=7), TransportError, 4),
    "no credit": (refusal(429, code="insufficient_quota"), EndpointError, 1),
    "wrong": (refusal(400, type="invalid_request_error"), RequestError, 1),
    "no schema": (refusal(400, param="response_format"), RequestError, 4),  # every way of asking, once
    "broken": (refusal(500), TransportError, 5),  # one of them asks humbly
    "down": (refusal(503), TransportError, 4),
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    fixtures: list[dict[str, object]] = [
        {"match": {"userMessage": mail}, "response": answer} for mail, (answer, _, _) in ANSWERS.items()
    ]
    for mail, chaos in {"cut off": {"disconnectRate": 1.0}, "garbage": {"malformedRate": 1.0}}.items():
        fixtures.insert(0, {"match": {"userMessage": mail}, "response": {"content": GOOD}, "chaos": chaos})
    with aimock(fixtures, tmp_path_factory.mktemp("aimock") / "server.log") as url:
        yield url


def asked(url: str) -> int:
    """Requests that the server has seen."""
    journal = urllib.request.Request(url.removesuffix("/v1") + "/__aimock/journal", headers={"authorization": KEY})
    journal.add_header("x-api-key", KEY)
    journal.remove_header("Authorization")
    with urllib.request.urlopen(journal) as answer:
        entries = json.load(answer)
    return len(entries if isinstance(entries, list) else entries["entries"])


async def outcome(url: str, mail: str, *, key: str = KEY, aiohttp: bool = False) -> tuple[object, int, Clock]:
    """What comes of one mail, after how many requests, and the waits."""
    clock, before = Clock(), asked(url)
    profile = profile_of(url, PARAMETERS.model)
    async with OpenAIModel(
        PARAMETERS, base_url=url, api_key=key, profile=profile, timeout=10, aiohttp=aiohttp
    ) as endpoint:
        model = Retrying(endpoint, sleep=clock.sleep, clock=clock)
        try:
            came: object = (await model.complete(make_prompt(mail))).text
        except CandorError as error:
            came = type(error)
    return came, asked(url) - before, clock


@pytest.mark.parametrize("aiohttp", TRANSPORTS)
@pytest.mark.parametrize("mail", ANSWERS)
async def test_every_answer_has_its_end_and_its_number_of_requests(url: str, mail: str, aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    _, kind, requests = ANSWERS[mail]
    came, seen, clock = await outcome(url, mail, aiohttp=aiohttp)
    assert came == (kind or GOOD)
    assert seen == requests
    if mail == "busy":
        assert clock.slept == [7, 7, 7]


@pytest.mark.parametrize("aiohttp", TRANSPORTS)
async def test_a_line_that_breaks_and_an_answer_that_is_no_json(url: str, aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    assert (await outcome(url, "cut off", aiohttp=aiohttp))[:1] == (TransportError,)
    assert (await outcome(url, "garbage", aiohttp=aiohttp))[:1] == (MalformedError,)


async def test_a_wrong_key_ends_it_at_once(url: str) -> None:
    came, seen, _ = await outcome(url, "good", key="sk-wrong")
    assert came is EndpointError
    assert seen <= 1
