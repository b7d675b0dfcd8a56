"""How much of an endpoint's answer is read: so many bytes as they come, and never one that is compressed.

A few kilobytes of gzip can unpack to gigabytes. So plain answers are asked for (``PLAIN``), anything else is refused
unread, and what is counted on the wire is what will lie in memory. Left out: how long an answer may take.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2

LIMIT = 4_000_000
"""Bytes. The longest reply, thinking included, is a tenth of it; so is the longest list of models."""

PLAIN = {"accept-encoding": "identity"}


class BoundsError(Exception):
    """The answer is not read on; its text is one plain sentence."""


Hook = Callable[[httpx2.Response], Awaitable[None]]


def bound_at(limit: Callable[[httpx2.Response], int]) -> Hook:
    """A hook of a client, called before the body of any answer is read: it sets the bounds, ``limit`` in bytes.

    The hook raises ``BoundsError``, and so does whoever reads the body.
    """

    async def hook(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
            raise BoundsError("the endpoint's answer is compressed, though it was asked not to be")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Counted(response.stream, limit(response))

    return hook


bound = bound_at(lambda _: LIMIT)
"""The hook for answers that are held in memory."""


class _Counted(httpx2.AsyncByteStream):
    """A stream that ends with an error once it gives too much."""

    def __init__(self, stream: httpx2.AsyncByteStream, limit: int) -> None:
        self._stream, self._limit = stream, limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        given = 0
        async for part in self._stream:
            given += len(part)
            if given > self._limit:
                raise BoundsError(f"the endpoint's answer is longer than {self._limit / 1_000_000:g} MB")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
