from decimal import Decimal

import pytest

from pipeline.cli.figures import count, money, span, tokens
from pipeline.types.prompt import Usage


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.04, "0.0 s"), (8.25, "8.2 s"), (119, "119.0 s"), (720, "12 min"), (8_220, "2 h 17 min"), (7_199, "120 min")],
)
def test_time(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_tokens() -> None:
    assert [count(n) for n in (None, 0, 26_480, 5_296_000)] == ["-", "0", "26,480", "5.3 million"]
    assert tokens(Usage(prompt_tokens=26_480, completion_tokens=6_022)) == "26,480 tokens in, 6,022 out"
    assert tokens(Usage(prompt_tokens=5)) == "5 tokens in, - out"
    assert tokens(Usage(calls=3)) == ""


@pytest.mark.parametrize(
    ("cost", "words"),
    [(None, "-"), (Decimal("0.0037"), "$0.0037"), (Decimal("0.12"), "$0.12"), (Decimal("3741.5"), "$3,741.50")],
)
def test_money(cost: Decimal | None, words: str) -> None:
    assert money(cost) == words
