"""The word by which workers of a cluster know that they may spend: a small file that the one who began the run renews.

A worker stops when it says so, when another run has taken its place, and when it has not changed for half a minute:
so no worker outlives its driver for long, whatever becomes of both. Only changes count, as clocks of machines differ.
What this leaves out: who may write the output folder, which its lock says.
"""

import asyncio
import contextlib
import os
import threading
import time
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.types.base import Value

BEAT = 1.0
"""Seconds between two words, and between two looks."""
SILENCE = 30.0
"""Seconds after which who gives no word is taken to be gone."""
_NAME = "lease.json"
_LONGEST = 10_000  # bytes


class Word(Value):
    """What the file says."""

    run: str
    beat: int = 0
    stop: bool = False


class Lease:
    """The side of the driver: a thread renews the word until ``close``, however busy the driver is.

    Raises:
        OutputError: when made, if the word cannot be written.
    """

    def __init__(self, folder: Path, run: str) -> None:
        self._path, self._word = folder / _NAME, Word(run=run)
        self._over = threading.Event()
        self._turn = threading.Lock()
        try:
            self._say()
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written: {error.strerror}") from None
        threading.Thread(target=self._beat, name="lease", daemon=True).start()

    def stop(self) -> None:
        """Ask all workers to finish what runs and to begin nothing."""
        self._word = self._word.model_copy(update={"stop": True})
        with contextlib.suppress(OSError):  # a full disk: the workers find out themselves, and silence tells them
            self._say()

    def close(self) -> None:
        """No worker is to spend any more."""
        self.stop()
        self._over.set()

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            with contextlib.suppress(OSError):
                self._say()

    def _say(self) -> None:
        with self._turn:
            self._word = self._word.model_copy(update={"beat": self._word.beat + 1})
            new = self._path.with_name(f".{_NAME}")
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(self._word.model_dump_json())
            new.replace(self._path)


async def over(folder: Path, run: str, silence: float = SILENCE, beat: float = BEAT) -> str:
    """The side of a worker: returns once it may not go on, with the reason, or nothing when it was asked to stop."""
    last, changed = "", time.monotonic()
    while True:
        text = await asyncio.to_thread(_text, folder / _NAME)
        if text and text != last:
            last, changed = text, time.monotonic()
            with contextlib.suppress(ValueError):
                word = Word.model_validate_json(text)
                if word.run != run:
                    return "another run has taken over this output folder"
                if word.stop:
                    return ""
        if time.monotonic() - changed > silence:
            return f"the run that this worker belongs to has been silent for {silence:g} seconds"
        await asyncio.sleep(beat)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode()
    except (OSError, UnicodeDecodeError):  # a network file system may have no answer for a moment
        return ""
