"""A cap on the calls in flight. Left out, for now: finding the right cap from the endpoint's own signals."""

import asyncio

from pipeline.llm.model import Model
from pipeline.llm.patience import in_line
from pipeline.types.prompt import Completion, Prompt


class Paced:
    """A model around a model: at most ``limit`` calls at once, first come, first served.

    It stands inside ``Retrying``: who sleeps before another try holds no place.
    """

    def __init__(self, inner: Model, limit: int) -> None:
        self._inner = inner
        self._gate = asyncio.Semaphore(limit)

    async def complete(self, prompt: Prompt) -> Completion:
        """As ``inner`` does, once there is a place."""
        with in_line():
            await self._gate.acquire()
        try:
            return await self._inner.complete(prompt)
        finally:
            self._gate.release()
