"""How much of an endpoint's answer is read: so many bytes as they come, and never one that is compressed.

A few kilobytes of gzip can unpack to gigabytes. So plain answers are asked for (``PLAIN``), anything else is refused
unread, and what is counted on the wire is what will lie in memory. Left out: how long an answer may take.
"""

from collections.abc import AsyncIterator

import httpx2

LIMIT = 4_000_000
"""Bytes. The longest reply, thinking included, is a tenth of it; so is the longest list of models."""

PLAIN = {"accept-encoding": "identity"}


class BoundsError(Exception):
    """The answer is not read on; its text is one plain sentence."""


async def bound(response: httpx2.Response) -> None:
    """Set the bounds; a hook of the client, called before the body of any answer is read.

    Raises:
        BoundsError: here or while the body is read.
    """
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise BoundsError("the endpoint's answer is compressed, though it was asked not to be")
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = _Counted(response.stream)


class _Counted(httpx2.AsyncByteStream):
    """A stream that ends with an error once it gives too much."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        given = 0
        async for part in self._stream:
            given += len(part)
            if given > LIMIT:
                raise BoundsError(f"the endpoint's answer is longer than {LIMIT // 1_000_000} MB")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
