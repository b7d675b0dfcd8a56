"""What an endpoint tells of its limits in the headers of an answer, as one frozen value. Pure; knows no SDK.

Read are the headers of OpenAI (and of all who copy them), Anthropic, Mistral and Cerebras. They are hostile text: what
is no sensible number is not there. Left out: ``Retry-After``, which travels with its error (``faults``), and limits
without a size, as some gateways tell them: no rate follows from what is left alone.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import NamedTuple

_PATTERNS = {
    "requests": (
        "x-ratelimit-{}-requests", "anthropic-ratelimit-requests-{}", "x-ratelimit-{}-req-minute",
        "x-ratelimit-{}-requests-minute",
    ),
    "tokens": ("x-ratelimit-{}-tokens", "anthropic-ratelimit-tokens-{}", "x-ratelimit-{}-tokens-minute"),
}  # fmt: skip
_NAMES = {
    kind: tuple(tuple(pattern.format(part) for part in ("limit", "remaining", "reset")) for pattern in patterns)
    for kind, patterns in _PATTERNS.items()
}
_PIECE = re.compile(r"(\d+(?:\.\d+)?)(ns|us|ms|s|m|h|d)")  # not re2, which starts slowly; the text is cut
_SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_EPOCH = 1e9  # a larger number is a moment, not a length
_EPOCH_MS = 1e12
_LONGEST = 31 * 86_400.0
_LETTERS = 40  # of a header that are read


class Allowance(NamedTuple):
    """So many in all, so many left, and in how many seconds all of them are there again (None: not told)."""

    limit: float
    remaining: float
    reset: float | None = None


class RateHint(NamedTuple):
    """What one answer tells of the limits that hold for us; None where it tells nothing."""

    requests: Allowance | None = None
    tokens: Allowance | None = None


Heard = Callable[[RateHint], None]
"""Who is told the hint of an answer to its call, before the call ends; not called where an answer holds none."""


def unheard(_: RateHint) -> None:
    """For whoever is not interested."""


def hint_of(headers: Mapping[str, str], now: datetime) -> RateHint | None:
    """The hint of an answer, headers by lower-case name; None when there is none in it."""
    if not any("ratelimit-" in name for name in headers):
        return None
    requests, tokens = (_allowance(headers, kind, now) for kind in ("requests", "tokens"))
    return RateHint(requests, tokens) if requests or tokens else None


def _allowance(headers: Mapping[str, str], kind: str, now: datetime) -> Allowance | None:
    for limit_name, remaining_name, reset_name in _NAMES[kind]:
        limit, remaining = _number(headers.get(limit_name)), _number(headers.get(remaining_name))
        if limit is not None and remaining is not None and limit >= 1:
            reset = seconds_of(headers.get(reset_name, "")[:_LETTERS], now)
            return Allowance(limit, min(max(remaining, 0.0), limit), reset)
    return None


def seconds_of(text: str, now: datetime) -> float | None:
    """Seconds until a reset, never negative: from ``6m0s``, ``120ms``, seconds, an epoch or an RFC 3339 date."""
    seconds = _duration(text)
    if seconds is None and (number := _number(text)) is not None:
        moment = number / (1000 if number > _EPOCH_MS else 1)
        seconds = moment - now.timestamp() if number > _EPOCH else number
    if seconds is None:
        try:
            then = datetime.fromisoformat(text)
        except ValueError:
            return None
        seconds = (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds()
    return min(max(0.0, seconds), _LONGEST)


def _duration(text: str) -> float | None:
    pieces = _PIECE.findall(text[:_LETTERS])
    if not pieces or "".join(number + unit for number, unit in pieces) != text:
        return None
    return sum(float(number) * _SECONDS[unit] for number, unit in pieces)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if isfinite(number) else None
