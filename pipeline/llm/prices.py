"""What a call to a hosted model costs, by the dated list in ``prices.yaml``.

A price is known for a model at its maker's own host only: elsewhere the same name may cost anything, or nothing. Left
out: currencies but the US dollar, rates by prompt length or hour of the day.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.llm.profiles import OPENAI_URL
from pipeline.types.base import Value
from pipeline.types.prompt import Usage
from pipeline.yamltree import read_shipped

_MILLION = 1_000_000
_SNAPSHOT = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8})$")  # gpt-5-mini-2025-08-07 costs what gpt-5-mini costs


class Price(Value):
    """US dollars for a million tokens; ``cached`` None: input from the provider's cache is counted in full."""

    input: Decimal
    output: Decimal
    cached: Decimal | None = None

    def of(self, usage: Usage) -> Decimal | None:
        """US dollars for ``usage``; None when the endpoint did not say how many tokens it took."""
        if usage.prompt_tokens is None or usage.completion_tokens is None:
            return None
        cached = min(usage.cached_tokens or 0, usage.prompt_tokens) if self.cached is not None else 0
        fresh = usage.prompt_tokens - cached
        return (self.input * fresh + (self.cached or 0) * cached + self.output * usage.completion_tokens) / _MILLION


class _Host(Value):
    host: str
    source: str
    batch: Decimal | None = None  # share of the price that is paid through its batch service
    models: dict[str, Price]


class _Prices(Value):
    read: date
    hosts: tuple[_Host, ...]


def price_of(base_url: str | None, model: str) -> Price | None:
    """The price of ``model`` at an endpoint (None is OpenAI), or None when the list does not hold it."""
    host = _host(base_url)
    return host.models.get(lasting(model)) if host else None


def batch_share(base_url: str | None) -> Decimal | None:
    """The share of the price that is paid for provider files at an endpoint, as 0.5; None when the list has none."""
    host = _host(base_url)
    return host.batch if host else None


def lasting(model: str) -> str:
    """The name of a model without the day of its snapshot."""
    return _SNAPSHOT.sub("", model)


def _host(base_url: str | None) -> _Host | None:
    name = urlsplit(base_url or OPENAI_URL).hostname
    return next((entry for entry in _prices().hosts if entry.host == name), None)


def read_on() -> date:
    """The day on which the list was read."""
    return _prices().read


@cache
def _prices() -> _Prices:
    return _Prices.model_validate(read_shipped(Path(__file__).with_name("prices.yaml")).plain())
