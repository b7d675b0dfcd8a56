"""One line in front of one endpoint and account: who may ask next, and when.

A call goes out when there is a place (``aimd``, under a stated cap), when no cool-down holds, and when requests and
tokens are left (``bucket``, from the endpoint's headers). Everybody stands in one line, first come, first served, and
one timer wakes its head; so a ``Retry-After`` holds for all, newcomers too. It stands inside ``Retrying``: who sleeps
before another try holds no place. Left out: what else asks with the same account, which shows as an earlier 429.
"""

import asyncio
from collections import deque
from functools import partial
from typing import NamedTuple, Protocol

from pipeline.errors import EndpointError, ModelError, RequestError, TransportError
from pipeline.llm.aimd import Aimd
from pipeline.llm.bucket import Bucket, Mark
from pipeline.llm.hints import Heard, RateHint
from pipeline.llm.patience import in_line
from pipeline.types.prompt import Completion, Prompt, Usage

LONGEST_WAIT = 600.0
"""Seconds for which an endpoint may hold us up with one ``Retry-After``."""

LIMITED = 429

_SOON = 1e-6  # seconds that no clock tells apart
_LETTERS = 4  # characters that make a token, about
_FIRST_REPLY = 500.0  # tokens, until replies have been seen
_LEARN = 0.1
_LATE = 0.1  # seconds that a busy machine may catch up with
_EVEN = 0.8  # of the distance at which calls would go out if they went out evenly


class Endpoint(Protocol):
    """A model that tells what it hears of its limits."""

    async def complete(self, prompt: Prompt, heard: Heard = ...) -> Completion:
        """As ``Model.complete``."""
        ...


class _Call(NamedTuple):
    """A call that went out, and what it took."""

    requests: Mark
    tokens: Mark
    estimate: float


class Paced:
    """A model around an endpoint: never more than ``cap`` calls at once, and no more than it has shown to bear.

    Args:
        inner: the endpoint.
        cap: the most calls in flight, ever.
        sharers: processes that keep to the same limits, this one among them: each takes its part of what is left.
    """

    def __init__(self, inner: Endpoint, cap: int, sharers: int = 1) -> None:
        self._inner = inner
        self._aimd = Aimd(cap)
        self._requests, self._tokens = Bucket(sharers), Bucket(sharers)
        self._line: deque[tuple[asyncio.Future[_Call], float]] = deque()
        self._in_flight = 0
        self._open_at = float("-inf")  # before this moment nobody asks
        self._even_at = float("-inf")  # nor before this one: where we were turned away, calls go out one by one
        self._timer: asyncio.TimerHandle | None = None
        self._reply = _FIRST_REPLY  # tokens of a usual reply
        self._seconds = 0.0  # that it takes

    @property
    def limit(self) -> int:
        """How many calls may be in flight now."""
        return self._aimd.limit

    async def complete(self, prompt: Prompt) -> Completion:
        """As ``inner`` does, once it is our turn."""
        loop = asyncio.get_running_loop()
        with in_line():
            call = await self._turn(loop, self._estimate(prompt))
        try:
            completion = await self._inner.complete(prompt, partial(self._heard, call))
        except TransportError as error:
            self._failed(call, error, loop.time())
            raise
        except RequestError:
            raise  # says nothing of our pace
        except ModelError as error:
            self._answered(call, error.usage, loop.time())
            raise
        else:
            self._answered(call, completion.usage, loop.time())
            return completion
        finally:
            self._in_flight -= 1
            self._admit()

    def _estimate(self, prompt: Prompt) -> float:
        return sum(len(turn.content) for turn in prompt.messages) / _LETTERS + self._reply

    async def _turn(self, loop: asyncio.AbstractEventLoop, estimate: float) -> _Call:
        """Stand in line for a place; whoever gets it has to give it back."""
        turn: asyncio.Future[_Call] = loop.create_future()
        self._line.append((turn, estimate))
        self._admit()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # our turn came in the same moment
                self._in_flight -= 1
            self._admit()
            raise

    def _admit(self) -> None:
        """Let everybody in for whom there is room; if only time is missing, come back."""
        while self._line and self._in_flight < self._aimd.limit:
            turn, estimate = self._line[0]
            if turn.done():  # cancelled
                self._line.popleft()
                continue
            now = turn.get_loop().time()
            if (wait := self._wait(estimate, now)) > LONGEST_WAIT:
                self._line.popleft()
                turn.set_exception(EndpointError(_used_up(wait)))
                continue
            if wait > _SOON:
                self._wake(turn.get_loop(), wait)
                return
            self._line.popleft()
            self._in_flight += 1
            self._aimd.entered(self._in_flight)
            if not self._aimd.free:
                space = max(self._seconds / self._aimd.limit, self._requests.space)
                self._even_at = max(self._even_at, now - _LATE) + _EVEN * space
            turn.set_result(_Call(self._requests.take(1, now), self._tokens.take(estimate, now), estimate))

    def _wait(self, estimate: float, now: float) -> float:
        return max(
            self._open_at - now, self._even_at - now, self._requests.wait(1, now), self._tokens.wait(estimate, now)
        )

    def _wake(self, loop: asyncio.AbstractEventLoop, wait: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = loop.call_later(wait, self._admit)

    def _heard(self, call: _Call, hint: RateHint) -> None:
        now = asyncio.get_running_loop().time()
        if hint.requests:
            self._requests.told(hint.requests, call.requests, now)
        if hint.tokens:
            self._tokens.told(hint.tokens, call.tokens, now)

    def _answered(self, call: _Call, used: Usage, now: float) -> None:
        self._aimd.answered(call.requests.at, now)
        self._seconds += _LEARN * (now - call.requests.at - self._seconds)
        if used.prompt_tokens is not None and used.completion_tokens is not None:
            self._reply += _LEARN * (used.completion_tokens - self._reply)
            self._tokens.take(used.prompt_tokens + used.completion_tokens - call.estimate, now)

    def _failed(self, call: _Call, error: TransportError, now: float) -> None:
        """A server's fault only gives no leave to grow."""
        if error.status == LIMITED:
            self._aimd.limited(call.requests.at, now, error.wait)
            if self._aimd.borne:
                return  # others do pass, so that only this call waits
            if not (self._requests.empty or self._tokens.empty):  # its headers had told of room
                self._requests.even()
                self._tokens.even()
        if error.wait is not None:
            self._open_at = max(self._open_at, now + min(error.wait, LONGEST_WAIT))


def _used_up(wait: float) -> str:
    hours = f"{wait / 3600:,.1f} hours" if wait > 2 * 3600 else f"{wait / 60:,.0f} minutes"
    return f"the limit that the endpoint tells is used up for {hours}; the same command goes on from here then"
