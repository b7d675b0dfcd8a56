"""How a run tells how far it is: a bar on a terminal, plain lines elsewhere, or nothing.

All speak to one stream (the error stream, so that results on the standard output stay clean). What this leaves out:
rates per model and costs; the summary at the end has them.
"""

import time
from typing import Protocol, TextIO

from pipeline.types.outcome import Outcome


class Progress(Protocol):
    """What the runner reports: the number of messages to do, each outcome as it ends, remarks, and the end."""

    def start(self, total: int) -> None:
        """``total`` messages are about to be done."""
        ...

    def step(self, outcome: Outcome | None) -> None:
        """One message ended; None when it waits for a provider's reply."""
        ...

    def note(self, text: str) -> None:
        """One line for the person who watches."""
        ...

    def end(self) -> None:
        """Nothing more will come."""
        ...


class Silent:
    """Says nothing."""

    def start(self, total: int) -> None:
        """Nothing."""

    def step(self, outcome: Outcome | None) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Lines:
    """A plain line every ``every`` seconds and one at the end, for logs and pipes."""

    def __init__(self, stream: TextIO, every: float = 10.0, what: str = "messages") -> None:
        self._stream, self._every, self._what = stream, every, what
        self._total = self._done = self._told = 0
        self._next = 0.0

    def start(self, total: int) -> None:
        """Begin to count."""
        self._total, self._done, self._told = total, 0, -1
        self._next = time.monotonic() + self._every

    def step(self, outcome: Outcome | None) -> None:  # noqa: ARG002 - the bar shows it, a count need not
        """Count, and say so when the time has come."""
        self._done += 1
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._every
            self._tell()

    def note(self, text: str) -> None:
        """Write the line."""
        print(text, file=self._stream, flush=True)

    def end(self) -> None:
        """The last count, unless it was told already."""
        if self._total and self._told != self._done:
            self._tell()

    def _tell(self) -> None:
        self._told = self._done
        self.note(f"{self._done} of {self._total} {self._what}")


class Bar:
    """A bar with count, time left and the last action, on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console  # heavy, and not needed for `--help`
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[last]}"))
        self._rich = Progress(*columns, console=Console(file=stream), refresh_per_second=4)
        self._task = self._rich.add_task("", total=None, last="")

    def start(self, total: int) -> None:
        """Show the bar."""
        self._rich.update(self._task, total=total)
        self._rich.start()

    def step(self, outcome: Outcome | None) -> None:
        """Advance."""
        self._rich.update(self._task, advance=1, last=outcome.action.value if outcome else "waiting")

    def note(self, text: str) -> None:
        """Print the line above the bar, as it stands."""
        self._rich.console.print(text, markup=False, highlight=False)

    def end(self) -> None:
        """Leave the finished bar where it is."""
        self._rich.update(self._task, last="")
        self._rich.stop()


def progress_on(stream: TextIO, what: str = "messages") -> Progress:
    """The bar if ``stream`` is a terminal, lines otherwise; ``what`` is counted."""
    return Bar(stream) if stream.isatty() else Lines(stream, what=what)
