"""What the headers of an answer tell of limits, as each provider writes them."""

from datetime import UTC, datetime

import pytest

from pipeline.llm.hints import Allowance, RateHint, hint_of, seconds_of

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "hint"),
    [
        pytest.param(
            {
                "x-ratelimit-limit-requests": "10000",
                "x-ratelimit-remaining-requests": "9999",
                "x-ratelimit-reset-requests": "6ms",
                "x-ratelimit-limit-tokens": "2000000",
                "x-ratelimit-remaining-tokens": "1995000",
                "x-ratelimit-reset-tokens": "1m30.5s",
            },
            RateHint(Allowance(10_000, 9999, 0.006), Allowance(2_000_000, 1_995_000, 90.5)),
            id="OpenAI",
        ),
        pytest.param(
            {
                "anthropic-ratelimit-requests-limit": "50",
                "anthropic-ratelimit-requests-remaining": "49",
                "anthropic-ratelimit-requests-reset": "2026-03-02T12:00:02Z",
            },
            RateHint(Allowance(50, 49, 2)),
            id="Anthropic",
        ),
        pytest.param(
            {"x-ratelimit-limit-req-minute": "720", "x-ratelimit-remaining-req-minute": "717"},
            RateHint(Allowance(720, 717)),
            id="Mistral",
        ),
        pytest.param(
            {"x-ratelimit-limit-tokens-minute": "60000", "x-ratelimit-remaining-tokens-minute": "59000"},
            RateHint(None, Allowance(60_000, 59_000)),
            id="Cerebras",
        ),
        pytest.param({"x-ratelimit-remaining-requests": "7"}, None, id="a part of Azure: nothing to reckon with"),
        pytest.param({"content-type": "application/json"}, None, id="a local server"),
    ],
)
def test_each_providers_headers(headers: dict[str, str], hint: RateHint | None) -> None:
    assert hint_of(headers, NOON) == hint


@pytest.mark.parametrize("limit", ["", "0", "-1", "nan", "inf", "1e999", "many"])
def test_what_is_no_limit_is_none(limit: str) -> None:
    headers = {"x-ratelimit-limit-requests": limit, "x-ratelimit-remaining-requests": "1"}
    assert hint_of(headers, NOON) is None


def test_what_is_left_is_never_more_than_all_nor_less_than_nothing() -> None:
    for told, left in (("99", 10), ("-5", 0)):
        headers = {"x-ratelimit-limit-requests": "10", "x-ratelimit-remaining-requests": told}
        assert hint_of(headers, NOON) == RateHint(Allowance(10, left))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("6m0s", 360),
        ("2h15m", 8100),
        ("120ms", 0.12),
        ("2m59.56s", 179.56),
        ("7", 7),
        ("0", 0),
        ("1772452805", 5),
        ("1772452805000", 5),
        ("2026-03-02T12:00:30Z", 30),
        ("2026-03-02T13:00:30+01:00", 30),
        ("2026-03-02T11:00:00Z", 0),
        ("9999-01-01T00:00:00Z", 31 * 86_400),
        ("99999999999999999h", 31 * 86_400),
        ("-3", 0),
        ("soon", None),
        ("5s later", None),
        ("", None),
    ],
)
def test_a_reset_in_all_its_forms(text: str, seconds: float | None) -> None:
    assert seconds_of(text, NOON) == (None if seconds is None else pytest.approx(seconds))
