"""What to do when the endpoint falls silent: hold the mails back, try one now and then, and give up in the end.

A network that is gone for a minute must not make ten thousand rows of failure, nor end a run that nobody watches. What
this leaves out: single calls that fail, which are tried again by the model itself, and an endpoint that refuses us.
"""

import time

from pipeline.batch.stop import Stop
from pipeline.errors import CandorError, TransportError
from pipeline.types.outcome import Outcome

GIVE_UP = 600.0
"""Seconds of silence after which a run ends."""
PAUSES = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
"""Seconds before each try of a message; the last holds for all that follow."""
LATE = "DeadlineError"
"""The kind of failure of a message that took longer than it may."""

_SILENT = {TransportError.__name__, LATE}


class Outage:
    """Counts messages in a row that no model answered. ``most`` of them are an outage; ``give_up`` is in seconds."""

    def __init__(self, stop: Stop, most: int, give_up: float = GIVE_UP, pauses: tuple[float, ...] = PAUSES) -> None:
        self._stop, self._most, self._give_up, self._pauses = stop, most, give_up, pauses
        self._row, self._since, self._tries = 0, time.monotonic(), 0

    @property
    def on(self) -> bool:
        """Whether the endpoint is silent, so that one message at a time is enough."""
        return self._row >= self._most

    def heard(self, outcome: Outcome) -> None:
        """A message ended. What never went to a model says nothing of it."""
        failure = outcome.failure
        if failure and failure.retriable and failure.kind in _SILENT:
            self._row += 1
            if self.on and time.monotonic() - self._since > self._give_up:
                self._stop.ask(CandorError(
                    f"no mail got an answer for {self._give_up / 60:.3g} minutes: {failure.message}; what is done is "
                    "kept, and the same command goes on from here"
                ))  # fmt: skip
        elif outcome.attempts:
            self._row, self._since, self._tries = 0, time.monotonic(), 0

    async def over(self) -> None:
        """Return at once, or in an outage when the next message may be tried; Ctrl-C is heard meanwhile."""
        if not self.on:
            return
        pause = self._pauses[min(self._tries, len(self._pauses) - 1)]
        self._tries += 1
        await self._stop.pause(pause)
