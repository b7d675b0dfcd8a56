"""The one retry policy: the same request again after a ``TransportError``, never after anything else.

"Later" is no failed try: once an endpoint has answered anybody, a 429, or any answer with ``Retry-After``, is waited
for as long as patience lasts, and only what else goes wrong uses up the attempts. That a wait holds for every caller
is ``pacing``'s. Left out: asking again with the faults of a reply (the flow's repair turn), and another model
(``fallback``).
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from pipeline.errors import EndpointError, TransportError
from pipeline.llm.model import Model
from pipeline.llm.pacing import LIMITED, LONGEST_WAIT
from pipeline.llm.patience import in_line
from pipeline.types.prompt import Completion, Prompt

_FIRST_SECONDS = 0.5
_LONGEST_SECONDS = 20.0
_BLIP_SECONDS = 45.0


class Retrying:
    """A model around a model.

    Args:
        inner: the model to ask.
        attempts: at most so many failed tries for one prompt. Where the endpoint has answered before and then cannot be
            reached, tries go on for three quarters of a minute.
        patience: seconds that one prompt waits between its tries, in all.
        sleep: waits; replaced by tests.
        clock: monotonic seconds; replaced by tests.
    """

    def __init__(
        self,
        inner: Model,
        attempts: int = 4,
        patience: float = LONGEST_WAIT,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner, self._attempts, self._patience = inner, attempts, patience
        self._sleep, self._clock = sleep, clock
        self._spoken = False  # whether the endpoint has ever answered

    async def complete(self, prompt: Prompt) -> Completion:
        """As ``inner`` does.

        Raises:
            TransportError: the last one, when attempts or patience are used up.
            EndpointError: the endpoint asks for more patience than there is.
        """
        began = self._clock()
        try:
            completion = await self._inner.complete(prompt)
        except TransportError as error:
            completion = await self._again(prompt, error, began)
        self._spoken = True
        return completion

    async def _again(self, prompt: Prompt, first: TransportError, began: float) -> Completion:
        """The tries after the first, whose error is the policy's first outcome."""
        failed, told = 0, [first]

        async def ask() -> Completion:
            if told:
                raise told.pop()
            return await self._inner.complete(prompt)

        def exhausted(state: RetryCallState) -> bool:
            nonlocal failed
            error = _error(state)
            _refuse(error, self._patience)
            failed += not (self._spoken and _later(error))
            lost = error.status is None and self._spoken and self._clock() - began < _BLIP_SECONDS
            return (failed >= self._attempts and not lost) or state.idle_for + state.upcoming_sleep > self._patience

        policy = AsyncRetrying(
            retry=retry_if_exception_type(TransportError), wait=_wait, stop=exhausted, sleep=self._pause, reraise=True
        )
        return await policy(ask)

    async def _pause(self, seconds: float) -> None:
        with in_line():
            await self._sleep(seconds)


def _error(state: RetryCallState) -> TransportError:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, TransportError), "nothing else is tried again"
    return error


def _later(error: TransportError) -> bool:
    return error.status == LIMITED or (error.wait is not None and error.wait >= _FIRST_SECONDS)


def _refuse(error: TransportError, patience: float) -> None:
    """A pause that is too long for one call is too long for all of them."""
    if error.wait is not None and error.wait > patience:
        raise EndpointError(
            f"the endpoint asks for a pause of {error.wait / 60:,.0f} minutes; the same command goes on from here then"
        )


def _wait(state: RetryCallState) -> float:
    """Seconds to the next try: what the endpoint asks for, else (or if that is nothing) doubling, with jitter."""
    error = _error(state)
    if error.wait is not None and error.wait >= _FIRST_SECONDS:
        return error.wait
    backoff = min(_LONGEST_SECONDS, _FIRST_SECONDS * 2.0 ** min(state.attempt_number - 1, 10))
    return backoff * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
