"""Time, tokens and money as a person reads them. Pure; left out: anything that needs more than two digits."""

from decimal import Decimal

from pipeline.types.prompt import Usage

_MINUTE, _HOUR, _MILLION = 60, 3_600, 1_000_000
_CENT = Decimal("0.1")  # below ten cents, four decimals


def span(seconds: float) -> str:
    """``8.2 s``, ``12 min``, ``2 h 17 min``."""
    if seconds < 2 * _MINUTE:
        return f"{seconds:.1f} s"
    if seconds < 2 * _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    hours, rest = divmod(round(seconds / _MINUTE), 60)
    return f"{hours:,} h {rest} min"


def count(tokens: int | None) -> str:
    """``26,480``, ``5.3 million``, or a dash for an unknown number."""
    if tokens is None:
        return "-"
    return f"{tokens:,}" if tokens < _MILLION else f"{tokens / _MILLION:,.1f} million"


def tokens(usage: Usage) -> str:
    """``26,480 tokens in, 6,022 out``; empty when the endpoint did not say."""
    if usage.prompt_tokens is None and usage.completion_tokens is None:
        return ""
    return f"{count(usage.prompt_tokens)} tokens in, {count(usage.completion_tokens)} out"


def money(cost: Decimal | None) -> str:
    """US dollars: ``$0.0037``, ``$3.74``, or a dash for an unknown cost."""
    if cost is None:
        return "-"
    return f"${cost:,.2f}" if cost >= _CENT else f"${cost:.4f}"
