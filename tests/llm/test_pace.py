"""What the whole of pacing gets from a rate-limited provider; the table is ``tests.bench_pace``."""

import pytest

from tests.bench_pace import ROWS, fixed, measured
from tests.llm.virtual import Options

SECONDS = 60.0


@pytest.mark.parametrize(
    "name",
    ["ours, Retry-After 1 s", "ours, no Retry-After", "ours, headers of the bucket", "ours, headers by the minute"],
)
def test_nearly_all_that_is_allowed_and_hardly_a_call_wasted(name: str) -> None:
    row = measured(*ROWS[name], SECONDS)
    assert row.share >= 0.88  # the first seconds, in which it finds out, are a part of the minute
    assert row.wasted < 0.02
    assert row.failed == 0


def test_limits_that_are_told_are_kept() -> None:
    assert measured(*ROWS["ours, headers of the bucket"], SECONDS).limited == 0


def test_a_plain_gate_wastes_every_second_call() -> None:
    row = measured(Options(), fixed(64), 20)
    assert row.wasted > 0.5


def test_429s_of_others_making_do_not_stop_it() -> None:
    row = measured(*ROWS["  ours, headers of the bucket"], SECONDS)
    assert row.share > 0.7
    assert row.failed == 0
