"""The one retry policy: the same request again after a ``TransportError``, never after anything else.

A wait that the endpoint asks for holds for every caller of the instance, so one ``Retry-After`` pauses them all. Left
out: asking again with the faults of a reply (the flow's repair turn) and another model (``fallback``).
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from pipeline.errors import TransportError
from pipeline.llm.model import Model
from pipeline.types.prompt import Completion, Prompt

_FIRST_SECONDS = 0.5
_LONGEST_SECONDS = 20.0


class Retrying:
    """A model around a model.

    Args:
        inner: the model to ask.
        attempts: at most so many requests for one prompt.
        budget_seconds: a try that could only start later than this is not waited for.
        sleep: waits; replaced by tests.
        clock: monotonic seconds; replaced by tests.
    """

    def __init__(
        self,
        inner: Model,
        attempts: int = 4,
        budget_seconds: float = 120,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner = inner
        self._attempts = attempts
        self._budget = budget_seconds
        self._sleep = sleep
        self._clock = clock
        self._open_at = clock()  # before this moment nobody asks

    async def complete(self, prompt: Prompt) -> Completion:
        """As ``inner`` does; its last ``TransportError`` when attempts or budget are used up."""
        deadline = self._clock() + self._budget

        def exhausted(state: RetryCallState) -> bool:
            return state.attempt_number >= self._attempts or self._clock() + state.upcoming_sleep > deadline

        policy = AsyncRetrying(
            retry=retry_if_exception_type(TransportError),
            wait=self._wait,
            stop=exhausted,
            sleep=self._sleep,
            reraise=True,
        )
        return await policy(self._ask, prompt)

    async def _ask(self, prompt: Prompt) -> Completion:
        # A loop, because another caller may have been told to wait longer while this one slept.
        while (pause := self._open_at - self._clock()) > 0:
            await self._sleep(pause)
        try:
            return await self._inner.complete(prompt)
        except TransportError as error:
            # Capped, so that newcomers are held up and not locked out by an endpoint that says "tomorrow".
            self._open_at = max(self._open_at, self._clock() + min(error.wait or 0.0, self._budget))
            raise

    def _wait(self, state: RetryCallState) -> float:
        """Seconds to the next try: what the endpoint asks for, else doubling from half a second with jitter."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, TransportError) and error.wait is not None:
            return error.wait
        backoff = min(_LONGEST_SECONDS, _FIRST_SECONDS * 2.0 ** (state.attempt_number - 1))
        return backoff * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
