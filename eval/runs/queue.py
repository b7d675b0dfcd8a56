"""One queue for drafting and judging: so many units at a time, each written down as it ends.

Pace is the models' own. An endpoint that refuses us ends the run, with what is done kept; a unit that waits for a
provider's reply is counted. Left out: what a unit is.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from pipeline.errors import EndpointError, PendingError

WORKERS = 64
"""Units under way; how many calls that makes is the models' own limit."""

_Unit = TypeVar("_Unit")
_Made = TypeVar("_Made")


class Ended(NamedTuple):
    """How a queue ended: units done and waiting, and what stopped it."""

    done: int
    waiting: int
    error: EndpointError | None = None


async def through(
    units: Iterable[_Unit],
    make: Callable[[_Unit], Awaitable[_Made]],
    keep: Callable[[_Made], None],
    workers: int = WORKERS,
) -> Ended:
    """Make every unit and keep what comes of it, in the order in which it comes."""
    todo = iter(units)
    ended = await asyncio.gather(*(_worker(todo, make, keep) for _ in range(workers)))
    error = next((one.error for one in ended if one.error), None)
    return Ended(sum(one.done for one in ended), sum(one.waiting for one in ended), error)


async def _worker(
    todo: Iterator[_Unit], make: Callable[[_Unit], Awaitable[_Made]], keep: Callable[[_Made], None]
) -> Ended:
    done = waiting = 0
    for unit in todo:
        try:
            keep(await make(unit))
            done += 1
        except PendingError:
            waiting += 1
        except EndpointError as error:
            deque(todo, maxlen=0)  # nobody begins another one
            return Ended(done, waiting, error)
    return Ended(done, waiting)
