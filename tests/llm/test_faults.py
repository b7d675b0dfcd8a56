"""What an endpoint's refusal means, and how long it asks us to wait."""

from datetime import UTC, datetime

import pytest
from pydantic import JsonValue

from pipeline.errors import CandorError, EndpointError, FilteredError, MalformedError, RequestError, TransportError
from pipeline.llm.faults import fault, hidden, retry_after, words
from tests.llm.fakes import make_prompt, refused

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, refused("Incorrect API key provided: sk-abc"), EndpointError),
        (403, None, EndpointError),
        (402, refused("Insufficient Balance"), EndpointError),
        (403, refused("flagged", metadata={"reasons": ["violence"]}), FilteredError),
        (400, refused("failed to fit", code="json_validate_failed", failed_generation="{"), MalformedError),
        (429, refused("You exceeded your current quota", code="insufficient_quota"), EndpointError),
        (400, refused("Billing hard limit", code="billing_hard_limit_reached"), EndpointError),
        (400, refused("Your credit balance is too low to access the API."), EndpointError),
        (422, refused("bad input: 'Your credit balance is too low', says the mail"), RequestError),
        (429, refused("Rate limit reached"), TransportError),
        (408, None, TransportError),
        (409, None, TransportError),
        (500, "<html>oops</html>", TransportError),
        (503, None, TransportError),
        (529, refused("Overloaded"), TransportError),
        (400, refused("flagged", code="content_filter"), FilteredError),
        (400, refused("No connected db.", type="no_db_connection", code="400"), EndpointError),
        (400, [refused("API key not valid. Please pass a valid API key.", code=400)], EndpointError),
        (400, refused("no such field"), RequestError),
        (422, refused("bad input: 'API key not valid', says the mail"), RequestError),
        (404, {"detail": "Not Found"}, RequestError),
        (422, {"detail": [{"loc": ["body"]}]}, RequestError),
        (307, None, RequestError),
    ],
)
def test_every_status_has_its_error(status: int, body: JsonValue, kind: type[CandorError]) -> None:
    assert type(fault(status, {}, body, make_prompt(), "m")) is kind


def test_a_budget_that_frees_itself_is_waited_for() -> None:
    told = fault(402, {"retry-after": "9"}, refused("in-flight budget"), make_prompt(), "m")
    assert isinstance(told, TransportError)
    assert told.wait == 9


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (refused("slow down", code=429), 429),
        (refused("gone", code="502"), 502),
        ({"choices": [{"finish_reason": "error", "error": {"code": 503, "message": "x"}}]}, 503),
        ({"object": "error", "message": "too long", "code": 400}, 400),
        (refused("bad field", type="invalid_request_error"), 400),
        (refused("no words", code=[1]), 502),
        ({"error": "model not loaded"}, 502),
        (refused("all is well", code=200), 502),
        ({"error": None, "choices": [{"message": {}}]}, None),
        ({"choices": ["x"]}, None),
        ([], None),
    ],
)
def test_an_error_inside_a_200_is_read_as_that_error(body: JsonValue, status: int | None) -> None:
    found = hidden(body)
    assert (found[0] if found else None) == status


def test_an_error_says_which_status_came() -> None:
    told = fault(429, {}, refused("slow down"), make_prompt(), "m")
    assert isinstance(told, TransportError)
    assert told.status == 429


def test_a_refused_key_is_not_repeated() -> None:
    told = fault(401, {}, refused("Incorrect API key provided: sk-abc"), make_prompt(), "m")
    assert str(told) == "the endpoint refuses the key (401)"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after": "Mon, 02 Mar 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Mon, 02 Mar 2026 12:00:30 -0000"}, 30.0),
        ({"retry-after": "Mon, 02 Mar 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "-4"}, 0.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Mon, 99 Mar 99999 99:99:99 GMT"}, None),
        ({}, None),
    ],
)
def test_retry_after_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOON) == seconds


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (refused("Too\nmany\x1b[31m requests"), "Too many [31m requests"),
        ({"error": "model not loaded"}, "model not loaded"),
        ({"detail": "Not Found"}, "Not Found"),
        ("x" * 1000, "x" * 200),
        (None, "no reason given"),
        ({"error": None, "message": 5}, "{'error': None, 'message': 5}"),
    ],
)
def test_the_endpoints_words_are_cut_and_cleaned(body: JsonValue, told: str) -> None:
    assert words(body) == told
