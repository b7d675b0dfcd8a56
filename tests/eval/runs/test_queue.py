from eval.runs.queue import Ended, through
from pipeline.errors import EndpointError, PendingError


async def test_what_is_made_is_kept_and_what_waits_is_counted() -> None:
    kept: list[int] = []

    async def make(unit: int) -> int:
        if unit % 3 == 0:
            raise PendingError("not here yet")
        return unit

    assert await through(range(1, 10), make, kept.append, workers=2) == Ended(done=6, waiting=3)
    assert sorted(kept) == [1, 2, 4, 5, 7, 8]


async def test_an_endpoint_that_refuses_us_ends_the_run_and_what_is_done_is_kept() -> None:
    kept: list[int] = []
    refusal = EndpointError("the key is refused")

    async def make(unit: int) -> int:
        if unit == 3:
            raise refusal
        return unit

    assert await through(range(1, 100), make, kept.append, workers=1) == Ended(done=2, waiting=0, error=refusal)
    assert kept == [1, 2]
