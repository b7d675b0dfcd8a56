"""What is left of a limit at an endpoint, requests or tokens, kept up to date from its own words.

An answer says what was left when its request came in, and when all will be there again; both give a rate, whatever
span the limit is for (OpenAI counts by the minute, Groq by the day). Between two answers the bucket fills at that rate
and gives for every call; each answer sets it right. Until one has told, it holds nobody up. Left out: the clock.
"""

from typing import NamedTuple

from pipeline.llm.hints import Allowance

_MINUTE = 60.0  # the span of a limit that does not say when it is whole again
_SHORTEST = 0.001  # seconds; headers count in milliseconds
_LATE = 0.5  # seconds that requests may be late, and come in together: what that makes is left alone
_SPARE = 0.75  # of the limit, at most
_AT_ONCE = 0.1  # seconds' worth, where an endpoint turns away what its headers allow
_MARGIN = 0.98  # of the rate, there: so that what it holds can fill again
_ROOM = 0.1  # of the limit left, by its own words, makes a refusal a surprise


class Mark(NamedTuple):
    """What the bucket held when a call went out, the moment, and how it had been set right until then."""

    at: float
    level: float
    mended: float


class Bucket:
    """One limit, or its part of ``sharers`` processes that keep to it together, each of which takes as much.

    Moments are seconds of any clock that only runs forward; amounts are requests or tokens.
    """

    def __init__(self, sharers: int = 1) -> None:
        self._part = 1 / sharers
        self.rate = 0.0  # a second
        self.size: float | None = None  # None: no limit is known
        self._level = self._at = 0.0
        self._mended = 0.0  # the sum of all that answers set right
        self._newest = float("-inf")  # when the call went out whose answer was believed last
        self._told = 1.0  # the share that was left
        self._usual = 0.0  # the rate of a limit for a minute
        self._even = False

    def wait(self, amount: float, now: float) -> float:
        """Seconds until ``amount`` is there; more than the bucket can hold only waits until it is full."""
        if self.size is None:
            return 0.0
        spare = 0.0 if self._even else min(_LATE * self.rate, _SPARE * self.size)
        lack = min(amount + spare, self.size) - self._fill(now)
        return 0.0 if lack <= 0 else lack / self.rate

    def take(self, amount: float, now: float) -> Mark:
        """Give ``amount``, which may be less than nothing, to settle an estimate. The level may sink below zero."""
        self._level = self._fill(now) - amount
        return Mark(now, self._level, self._mended)

    def told(self, allowance: Allowance, mark: Mark, now: float) -> None:
        """Believe the answer to the call of ``mark``, unless that to a later one has been heard.

        It tells of the moment when that call came in: what the level then was wrong by, it is wrong by now.
        """
        if mark.at < self._newest:
            return
        self._fill(now)
        allowance = Allowance(allowance.limit * self._part, allowance.remaining * self._part, allowance.reset)
        self._newest, self._told = mark.at, allowance.remaining / allowance.limit
        self._usual = allowance.limit / _MINUTE
        self.rate = self._rate(allowance)
        self.size = max(1.0, _AT_ONCE * self.rate) if self._even else allowance.limit
        wrong = allowance.remaining - mark.level - (self._mended - mark.mended)
        if not self._even or wrong < 0:
            self._level += wrong
            self._mended += wrong

    def _rate(self, allowance: Allowance) -> float:
        """By what has been used; of which one may be too much, where what is left was rounded down."""
        used, usual, half = allowance.limit - allowance.remaining, self._usual, self._part / 2
        if allowance.reset is None or used <= self._part:
            return self.rate or usual
        likely = (used - half) / max(allowance.reset, _SHORTEST)
        off = likely * half / (used - half)
        if self._even:
            return _MARGIN * max(likely + off, usual)
        return usual if abs(likely - usual) <= off else likely

    @property
    def space(self) -> float:
        """Seconds from one to the next at the rate of the limit, if it is for a minute, or faster; 0 when unknown."""
        return 1 / max(self.rate, self._usual) if self.size is not None else 0.0

    @property
    def empty(self) -> bool:
        """Whether next to nothing was left, by the endpoint's own words."""
        return self.size is not None and self._told <= _ROOM

    def even(self) -> None:
        """Let calls go out evenly from now on: the limit turns out to hold for shorter spans than it says.

        (OpenAI's 600 a minute may mean ten a second.)
        """
        self._even = True

    def _fill(self, now: float) -> float:
        self._level += self.rate * (now - self._at)
        if self.size is not None:
            self._level = min(self.size, self._level)
        self._at = now
        return self._level
