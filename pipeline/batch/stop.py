"""How a run ends early: asked once it finishes what is running, asked twice it stops.

Ctrl-C and SIGTERM ask; so does an endpoint that refuses us. Whoever starts work looks at ``asked`` first. What this
leaves out: the child that reads mail; it hears no signal, and whoever waits for it ends it when cancelled.
"""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator

from pipeline.errors import CandorError

GRACE = 30.0
"""Seconds that calls in flight have to finish."""


class Stop:
    """The wish to stop of the task that made it. ``error`` is what asked, or None when a person did."""

    def __init__(self, grace: float = GRACE) -> None:
        self.asked = False
        self.error: CandorError | None = None
        self.tell: Callable[[str], object] = str  # tells the person who asks what happens now; nobody, until it is set
        self._grace = grace
        self._task = asyncio.current_task()
        self._timer: asyncio.TimerHandle | None = None

    def ask(self, error: CandorError | None = None) -> None:
        """Start nothing new; what still runs after the grace period is cancelled."""
        if not self.asked:
            self.asked, self.error = True, error
            self._timer = asyncio.get_running_loop().call_later(self._grace, self._cancel)

    def signalled(self) -> None:
        """What a signal does: the first asks, the second cancels at once."""
        if self.asked:
            self._cancel()
        else:
            self.ask()
            self.tell("Finishing what is running; Ctrl-C again stops at once.")

    @contextlib.contextmanager
    def guarding(self) -> Iterator[None]:
        """Listen for signals inside, and swallow the cancellation that this stop itself caused."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        before = signal.getsignal(signal.SIGTERM)  # asyncio gives back Ctrl-C as it was, but not this one
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C interrupts at once
            for number in signals:
                loop.add_signal_handler(number, self.signalled)
        try:
            yield
        except asyncio.CancelledError:
            if not self._cancelled or self._task is None or self._task.uncancel():
                raise
        finally:
            if self._timer:
                self._timer.cancel()
            with contextlib.suppress(NotImplementedError):
                for number in signals:
                    loop.remove_signal_handler(number)
            signal.signal(signal.SIGTERM, before)

    _cancelled = False

    def _cancel(self) -> None:
        if self._task is not None and not self._cancelled:
            self._cancelled = True
            self._task.cancel()
