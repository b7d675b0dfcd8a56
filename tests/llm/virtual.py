"""Time that costs nothing: an event loop whose clock jumps to the next timer, and a provider with a rate limit in it.

So an hour of load takes seconds and comes out the same each time. Left out: the network, and what our code costs.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from random import Random
from typing import Any, TypeVar

from pipeline.errors import TransportError
from pipeline.llm.hints import Allowance, Heard, RateHint, unheard
from pipeline.types.base import Value
from pipeline.types.prompt import Completion, Prompt, Usage
from tests.llm.fakes import GOOD

_T = TypeVar("_T")
_DONE = Completion(text=GOOD, model="virtual", call="c", usage=Usage(prompt_tokens=800, completion_tokens=200, calls=1))


class _Jump(selectors.SelectSelector):
    """Waits for nothing: the time it should take has passed at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)

    def time(self) -> float:
        return self._jump.now


def passed(work: Coroutine[Any, Any, _T]) -> _T:
    """What ``work`` gives, in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


class Options(Value):
    """A provider: requests a second, so many at once, seconds an answer takes, and shares of what goes wrong."""

    rate: float = 120.0
    burst: int = 20
    latency: float = 0.25
    jitter: float = 0.2  # of the latency
    turned_away: float = 0.02  # seconds a 429 takes
    retry_after: float | None = 1.0
    headers: str = ""  # "": none; bucket: its own; minute: as if the limit were for a minute; window: it is
    random_429: float = 0.0
    random_500: float = 0.0
    hang: float = 0.0
    patience: float = 30.0  # seconds after which a hang is given up
    seed: int = 1


class Provider:
    """An endpoint in virtual time; counts what it is asked."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.ok = self.limited = self.calls = self.now = self.most = 0
        self._random = Random(options.seed)
        self._held, self._at = float(options.burst), 0.0
        self._minute = 60 * options.rate  # left, of a limit for a minute
        self._window = -1

    async def complete(self, prompt: Prompt, heard: Heard = unheard) -> Completion:
        self.calls += 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return await self._answer(prompt, heard)
        finally:
            self.now -= 1

    async def _answer(self, prompt: Prompt, heard: Heard) -> Completion:
        options = self.options
        granted, hint = self._taken(asyncio.get_running_loop().time())
        fault = self._random.random()
        if not granted or (fault := fault - options.random_429) < 0:
            self.limited += 1
            await asyncio.sleep(options.turned_away)
            heard(hint)
            wait = hint.requests.reset if options.headers == "window" and hint.requests else options.retry_after
            raise TransportError("429", prompt=prompt, status=429, wait=wait)
        if (fault := fault - options.hang) < 0:
            await asyncio.sleep(options.patience)
            raise TransportError("no answer", prompt=prompt)
        await asyncio.sleep(options.latency * self._random.uniform(1 - options.jitter, 1 + options.jitter))
        heard(hint)
        if fault < options.random_500:
            raise TransportError("500", prompt=prompt, status=500)
        self.ok += 1
        return _DONE

    def _taken(self, now: float) -> tuple[bool, RateHint]:
        options, elapsed, self._at = self.options, now - self._at, now
        whole = 60 * options.rate
        if options.headers == "window":
            if int(now // 60) != self._window:
                self._window, self._minute = int(now // 60), whole
            granted = self._minute >= 1
            self._minute -= granted
            return granted, RateHint(Allowance(whole, self._minute, 60 - now % 60))
        self._held = min(options.burst, self._held + elapsed * options.rate)
        granted = self._held >= 1
        self._held -= granted
        self._minute = min(whole, self._minute + elapsed * options.rate) - granted
        match options.headers:
            case "bucket":
                hint = Allowance(options.burst, int(self._held), (options.burst - self._held) / options.rate)
            case "minute":
                hint = Allowance(whole, self._minute, (whole - self._minute) / options.rate)
            case _:
                return granted, RateHint()
        return granted, RateHint(hint)
