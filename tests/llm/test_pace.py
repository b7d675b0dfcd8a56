"""What the whole of pacing gets from a rate-limited provider; the table is ``tests.bench_pace``."""

from functools import partial
from itertools import cycle

import pytest

from pipeline.llm.pacing import Paced
from pipeline.types.prompt import Completion, Prompt
from tests.bench_pace import ROWS, fixed, measured
from tests.llm.virtual import Options, Provider

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


class Processes:
    """So many, each with a line of its own in front of one provider; calls go to them in turn."""

    def __init__(self, provider: Provider, number: int, sharers: int) -> None:
        self._turn = cycle([Paced(provider, 64, sharers) for _ in range(number)])

    async def complete(self, prompt: Prompt) -> Completion:
        return await next(self._turn).complete(prompt)


@pytest.mark.parametrize("headers", ["bucket", "minute"])
def test_processes_that_know_of_each_other_keep_to_the_limit_together(headers: str) -> None:
    options = Options(headers=headers, burst=40)
    alone, told = (measured(options, partial(Processes, number=8, sharers=sharers), SECONDS) for sharers in (1, 8))
    assert alone.wasted > 0.05, "each believes that it has the whole"
    assert told.wasted < 0.01
    assert told.share > 0.95
