"""How long one message may take, without the time that its calls stand in line.

Whoever makes a call wait for its turn (a gate, a bucket, a cool-down) does so inside ``in_line``: a slow but honest
endpoint costs no message its outcome. What this leaves out: the time one call may take, which is the model's own.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar

_LIMIT: ContextVar[asyncio.Timeout | None] = ContextVar("patience", default=None)


class OutOfPatienceError(Exception):
    """The time is up."""


@asynccontextmanager
async def patience(seconds: float) -> AsyncIterator[None]:
    """Cancel what runs inside after ``seconds`` (monotonic) that were not spent in line.

    Raises:
        OutOfPatienceError: the time is up. Any other ``TimeoutError`` passes as it is.
    """
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            before = _LIMIT.set(limit)
            try:
                yield
            finally:
                _LIMIT.reset(before)
    except TimeoutError:
        if limit.expired():
            raise OutOfPatienceError from None
        raise


@contextmanager
def in_line() -> Iterator[None]:
    """Time spent inside does not count; a message asks one call at a time."""
    limit = _LIMIT.get()
    ends = limit.when() if limit and not limit.expired() else None
    if limit is None or ends is None:  # nobody counts, or it stands in line already
        yield
        return
    loop = asyncio.get_running_loop()
    left = ends - loop.time()
    limit.reschedule(None)
    try:
        yield
    finally:
        limit.reschedule(loop.time() + left)
