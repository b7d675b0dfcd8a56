"""What an endpoint's refusal means: from status, headers and body to one error of our tree. Pure; knows no SDK.

Left out: retrying (``retry``) and stepping down (``openai``), which only read what is told here. The endpoint's words
are hostile text: they are cut, cleaned of control characters, and never repeated where they could hold a key.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

from pydantic import JsonValue

from pipeline.errors import CandorError, EndpointError, FilteredError, RequestError, TransportError
from pipeline.types.prompt import Prompt

_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_FILTERED = frozenset({"content_filter", "content_policy_violation", "invalid_prompt"})
_AGAIN = frozenset({408, 409, 429})
_SERVER = 500
_SHOWN = 200  # characters of the endpoint's own words that an error repeats


def fault(status: int, headers: Mapping[str, str], body: JsonValue, prompt: Prompt, model: str) -> CandorError:
    """The error that an HTTP status other than 2xx stands for; headers by lower-case name."""
    codes = _codes(body)
    if status in {401, 403}:
        return EndpointError(f"the endpoint refuses the key ({status})")
    if codes & _NO_MONEY or status == 402:  # noqa: PLR2004 - Payment Required
        return EndpointError(f"the account at the endpoint has no credit left ({status})")
    if status in _AGAIN or status >= _SERVER:
        wait = retry_after(headers, datetime.now(UTC))
        return TransportError(f"the endpoint answered {status}: {words(body)}", prompt=prompt, wait=wait, model=model)
    if codes & _FILTERED:
        return FilteredError(
            f"the provider's content filter took the request: {words(body)}", prompt=prompt, model=model
        )
    return RequestError(f"the endpoint refused the request ({status}): {words(body)}", prompt=prompt, model=model)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the endpoint asks us to wait, from ``retry-after-ms`` or ``retry-after`` (seconds or an HTTP date).

    Never negative; None when neither header holds anything that can be read.
    """
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        seconds = _number(headers.get(name, ""))
        if seconds is not None:
            return max(0.0, seconds / unit)
    try:
        then = parsedate_to_datetime(headers.get("retry-after", ""))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())


def words(body: JsonValue) -> str:
    """What the endpoint says, on one line: ``error.message``, ``message``, ``detail`` or the body itself."""
    inner = _inner(body)
    told = next((v for k in ("message", "detail", "error") if isinstance(v := inner.get(k), str)), None)
    text = told if told is not None else ("" if body is None else str(body))
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:_SHOWN] or "no reason given"


def complaint(body: JsonValue) -> str:
    """All that the endpoint says which may blame a parameter: its message, ``param`` and ``code``, in one text."""
    inner = _inner(body)
    parts = [inner.get("param"), inner.get("code"), inner.get("message"), inner.get("detail")]
    told = " ".join(str(part) for part in parts if part)
    return told or str(body)


def _inner(body: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(body, dict):
        return {}
    error = body.get("error")
    return error if isinstance(error, dict) else body


def _codes(body: JsonValue) -> set[str]:
    inner = _inner(body)
    return {value for name in ("code", "type") if isinstance(value := inner.get(name), str)}


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
