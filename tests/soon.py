"""A bound on work that hostile input must not pass: wide, as machines are shared; what it is for takes far longer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_SECONDS = 10  # of processor time


@contextmanager
def soon() -> Iterator[None]:
    """What is done inside ends soon.

    Raises:
        AssertionError: it took more than the bound.
    """
    start = time.process_time()
    yield
    assert time.process_time() - start < _SECONDS
