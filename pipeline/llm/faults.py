"""What an endpoint's refusal means: from status, headers and body to one error of our tree. Pure; knows no SDK.

Left out: retrying (``retry``) and stepping down (``openai``), which only read what is told here. The endpoint's words
are hostile text: they are cut, cleaned of control characters, and never repeated where they could hold a key.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

from pydantic import JsonValue

from pipeline.errors import CandorError, EndpointError, FilteredError, MalformedError, RequestError, TransportError
from pipeline.types.prompt import Prompt

# Without a database, LiteLLM knows no key but its master's, and says so with 400; Gemini answers a wrong key with 400.
_NO_KEY = frozenset({"no_db_connection", "invalid_api_key", "authentication_error"})
_NO_KEY_WORDS = "API key not valid"  # at the very start: what follows may repeat the mail
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_NO_MONEY_WORDS = "Your credit balance is too low"  # Anthropic, with 400; at the very start, as above
_FILTERED = frozenset({"content_filter", "content_policy_violation", "invalid_prompt"})
_UNFIT = "json_validate_failed"  # Groq's word for a reply that does not fit the schema
_MEANT = {"invalid_request_error": 400, "authentication_error": 401, "rate_limit_error": 429}
_GATEWAY = 502  # an error that names no status: worth another try, and no sign of a bad request
_PAY = 402  # with Retry-After, a budget that frees itself
_AGAIN = frozenset({402, 408, 409, 429})
_SERVER = 500
_SHOWN = 200  # characters of the endpoint's own words that an error repeats


def fault(status: int, headers: Mapping[str, str], body: JsonValue, prompt: Prompt, model: str) -> CandorError:
    """The error that an HTTP status other than 2xx stands for; headers by lower-case name."""
    codes, wait = _codes(body), retry_after(headers, datetime.now(UTC))
    if codes & _FILTERED or _moderated(body):
        return FilteredError(
            f"the provider's content filter took the request: {words(body)}", prompt=prompt, model=model
        )
    if status in {401, 403} or codes & _NO_KEY or words(body).startswith(_NO_KEY_WORDS):
        return EndpointError(f"the endpoint refuses the key ({status})")
    if codes & _NO_MONEY or words(body).startswith(_NO_MONEY_WORDS) or (status == _PAY and wait is None):
        return EndpointError(f"the account at the endpoint has no credit left ({status})")
    if status in _AGAIN or status >= _SERVER:
        sentence = f"the endpoint answered {status}: {words(body)}"
        return TransportError(sentence, prompt=prompt, wait=wait, model=model, status=status)
    if _UNFIT in codes:
        raw = _inner(body).get("failed_generation")
        return MalformedError(
            f"the reply does not fit its schema: {words(body)}", prompt=prompt, raw=str(raw or ""), model=model
        )
    return RequestError(f"the endpoint refused the request ({status}): {words(body)}", prompt=prompt, model=model)


def hidden(body: JsonValue) -> tuple[int, JsonValue] | None:
    """The status and the body of an error that came inside a 200, as gateways send it; None when there is none.

    It stands beside ``choices``, in the first of them, or is the whole body with ``object: error``.
    """
    if not isinstance(body, dict):
        return None
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    inside = choice.get("error") if isinstance(choice, dict) else None
    error = body.get("error") or inside or (body if body.get("object") == "error" else None)
    if not error:
        return None
    told: JsonValue = {"error": error}
    meant = next((_MEANT[code] for code in sorted(_codes(told)) if code in _MEANT), _GATEWAY)
    return _status(_inner(told).get("code")) or meant, told


def _status(code: JsonValue) -> int | None:
    """A code that is a status of HTTP, told as a number or as text."""
    text = str(code)
    return int(text) if len(text) == 3 and text[0] in "45" and text.isdecimal() and text.isascii() else None  # noqa: PLR2004 - 4xx, 5xx


def _moderated(body: JsonValue) -> bool:
    """Whether a gateway says that the text was flagged, as OpenRouter does with 403: it is the mail, not the key."""
    metadata = _inner(body).get("metadata")
    return isinstance(metadata, dict) and bool({"reasons", "flagged_input"} & metadata.keys())


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
    if isinstance(body, list) and body:  # as Gemini sends it
        body = body[0]
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
