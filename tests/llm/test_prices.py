from datetime import date
from decimal import Decimal

import pytest

from pipeline.llm.prices import Price, price_of, read_on
from pipeline.types.prompt import Usage

MAIL = Usage(prompt_tokens=10_000, completion_tokens=2_000, calls=2)


def test_a_price_is_for_a_million_tokens() -> None:
    assert Price(input=Decimal("0.25"), output=Decimal(2)).of(MAIL) == Decimal("0.0065")


def test_input_from_the_cache_costs_less_where_the_list_says_so() -> None:
    cached = MAIL.model_copy(update={"cached_tokens": 8_000})
    price = Price(input=Decimal(1), output=Decimal(0))
    assert price.of(cached) == Decimal("0.01")
    assert price.model_copy(update={"cached": Decimal("0.1")}).of(cached) == Decimal("0.0028")


@pytest.mark.parametrize("unknown", ["prompt_tokens", "completion_tokens"])
def test_unknown_tokens_have_no_cost(unknown: str) -> None:
    assert Price(input=Decimal(1), output=Decimal(1)).of(MAIL.model_copy(update={unknown: None})) is None


def test_a_snapshot_costs_what_its_model_costs() -> None:
    assert price_of(None, "gpt-5-mini-2025-08-07") == price_of(None, "gpt-5-mini")
    assert price_of(None, "gpt-5-mini") == Price(input=Decimal("0.25"), cached=Decimal("0.025"), output=Decimal(2))
    assert price_of("https://api.anthropic.com/v1/", "claude-haiku-4-5-20251001") is not None


@pytest.mark.parametrize(
    ("base_url", "model"),
    [(None, "gpt-5"), (None, "gpt-5-mini-fast"), ("http://localhost:4000/v1", "gpt-5-mini"), ("nowhere", "gpt-5-mini")],
)
def test_a_model_that_the_list_does_not_hold_has_no_price(base_url: str | None, model: str) -> None:
    assert price_of(base_url, model) is None


def test_the_list_says_when_it_was_read() -> None:
    assert date(2026, 1, 1) < read_on() < date(2100, 1, 1)
