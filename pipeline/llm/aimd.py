"""How many calls may be in flight at an endpoint, found out from its answers: slow up, quick down (AIMD).

As inspect_ai does it (design/adaptive-concurrency.md): double each clean round until the first 429, then at most a
twentieth more a round, a fifth less at a 429; only a round that used the limit counts. Two things are otherwise. Growth
follows TCP's CUBIC (RFC 9438): soon near the width that was too much, long below it, then faster, so that it is tried
seldom where trying costs a pause. And 429s that a cut does not end, being few, do not come of our pace (a provider
short of machines, say): they are borne, for otherwise they would bring any width down to one. Pure arithmetic; left
out: who waits (``pacing``), and a server that only grows slower, for which the cap is there.
"""

_START = 8
_ROUND = 4  # clean answers that make a round, at least
_USED = 0.8  # of the limit: a round that had fewer calls in flight shows nothing
_MORE = 0.05
_LESS = 0.8
_BACK = 30.0  # seconds from a cut to the width that was too much
_PAUSES = 10  # and as many times the pause that it cost
_JUDGED = 60  # answers to calls of this width, before it is cut again
_MANY, _HEAVY = 6, 0.25  # 429s, and their share: it is cut again at once
_FEW = 0.1  # share of 429s that may be others' doing; a width a tenth too large would make more


class Aimd:
    """The limit of calls in flight, from 1 to ``cap``. Moments are seconds of any clock that only runs forward."""

    def __init__(self, cap: int, start: int = _START) -> None:
        self.cap = cap
        self.limit = self._proven = min(cap, start)
        self.free = True  # nobody has turned us away yet
        self._clean = self._peak = 0
        self._too_much = cap  # the width at the last cut
        self._cut_at, self._back = float("-inf"), _BACK
        self._good = self._bad = 0  # answers to calls that went out after it
        self._share = self._noise = 0.0  # of 429s: lately, and those that a cut did not end

    @property
    def borne(self) -> bool:
        """Whether 429s are known that do not come of our pace."""
        return self._noise > 0

    def entered(self, in_flight: int) -> None:
        """A call went out; ``in_flight`` with it."""
        self._peak = max(self._peak, in_flight)

    def answered(self, began: float, now: float) -> None:
        """A call that went out at ``began`` was answered well; one from before a cut tells of another width."""
        if began < self._cut_at:
            return
        self._count(limited=False)
        self._clean += 1
        if self._clean < max(self.limit, _ROUND):
            return
        if self._peak >= _USED * self.limit:
            self._grow(now)
        self._clean = self._peak = 0

    def _grow(self, now: float) -> None:
        self._proven = self.limit
        more = self.limit if self.free else max(1, round(_MORE * self.limit))
        most = self.cap if self.free or self._noise else min(self.cap, max(self.limit, self._curve(now)))
        self.limit = min(most, self.limit + more)

    def _curve(self, now: float) -> int:
        return int(self._too_much * (1 - (1 - _LESS) * (1 - (now - self._cut_at) / self._back) ** 3))

    def limited(self, began: float, now: float, wait: float | None) -> None:
        """A call that went out at ``began`` was turned away, and the endpoint asks us to wait so many seconds."""
        if began < self._cut_at:
            return
        self._count(limited=True)
        answers = self._good + self._bad
        heavy = self._bad >= _MANY and self._bad >= _HEAVY * answers
        if self.free or heavy or (answers >= _JUDGED and self._share > self._borne()):
            self._cut(now, wait or 0.0)

    def _cut(self, now: float, pause: float) -> None:
        self._too_much, self._back = self.limit, _BACK + _PAUSES * pause
        self.limit = max(1, min(self._proven, int(_LESS * self.limit)))
        self.free, self._cut_at = False, now
        self._clean = self._peak = self._good = self._bad = 0
        self._share = 0.0

    def _borne(self) -> float:
        return self._noise + _FEW if self._noise else 0.0

    def _count(self, *, limited: bool) -> None:
        self._good += not limited
        self._bad += limited
        self._share += (limited - self._share) / min(self._good + self._bad, _JUDGED)
        if self._good + self._bad == _JUDGED and not self.free:
            self._judge()

    def _judge(self) -> None:
        """Whether the cut has ended the 429s; if a few are left, it was for nothing."""
        self._noise = self._share if self._share < _FEW else 0.0
        if self._noise:
            self.limit = max(self.limit, self._too_much)
