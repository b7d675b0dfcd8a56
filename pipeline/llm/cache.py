"""A cache of calls: the same call key is asked and paid once. Where calls are kept is behind the ``Calls`` protocol.

Equal calls in flight at the same time are one call: the others wait for its reply. Only usable replies are stored: an
error of the inner model passes through, so that a refusal, a truncated or a filtered reply is asked again in the next
run, and whoever waited for it asks for itself. Left out: eviction.
"""

import asyncio
from typing import Protocol
from weakref import WeakValueDictionary

from pipeline.llm.model import Model, Parameters, call_key
from pipeline.llm.patience import in_line
from pipeline.types.prompt import Completion, Prompt


class Calls(Protocol):
    """Where replies are kept by call key."""

    def get(self, key: str) -> Completion | None:
        """The stored reply, or None."""
        ...

    async def put(self, key: str, prompt: Prompt, completion: Completion) -> None:
        """Keep a reply, and return when no crash can lose it; to keep the same key again does no harm."""
        ...


class MemoryCalls:
    """Calls in memory, for tests and for a single draft."""

    def __init__(self) -> None:
        self.stored: dict[str, Completion] = {}

    def get(self, key: str) -> Completion | None:
        """The stored reply, or None."""
        return self.stored.get(key)

    async def put(self, key: str, prompt: Prompt, completion: Completion) -> None:  # noqa: ARG002 - others store the prompt
        """Keep a reply."""
        self.stored[key] = completion


class Cached:
    """A model around a model that asks ``inner`` only what ``calls`` does not know; ``repeat`` as in ``call_key``."""

    def __init__(self, inner: Model, parameters: Parameters, calls: Calls, repeat: int = 0) -> None:
        self._inner = inner
        self._repeat = repeat
        self._parameters = parameters
        self._calls = calls
        self._under_way: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # gone with its last caller

    async def complete(self, prompt: Prompt) -> Completion:
        """The stored reply, or a new one, which is stored before it is returned."""
        key = call_key(prompt, self._parameters, self._repeat)
        turn = self._under_way.setdefault(key, asyncio.Lock())
        with in_line():
            await turn.acquire()
        try:
            if stored := self._calls.get(key):
                return replayed(stored)
            completion = await self._inner.complete(prompt)
            await self._calls.put(key, prompt, completion)
            return completion
        finally:
            turn.release()


def replayed(stored: Completion) -> Completion:
    """A stored reply as it is given again: the tokens it once cost, but no call."""
    return stored.model_copy(update={"usage": stored.usage.model_copy(update={"calls": 0, "cached_calls": 1})})
