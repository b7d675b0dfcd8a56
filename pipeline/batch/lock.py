"""One writer an output folder: an advisory lock on ``DIR/.lock`` that dies with its process.

The file names the process that holds it. What this leaves out: network file systems, where such locks (and SQLite) are
not to be trusted, and Windows, where the folder is not locked at all.
"""

import os
import sys
from pathlib import Path

from pipeline.errors import OutputError

if sys.platform != "win32":
    import fcntl

NAME = ".lock"


class Lock:
    """Holds ``folder`` from the moment it is made until ``release``.

    Raises:
        OutputError: another process holds the folder, or the lock file cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise OutputError(f"{folder} cannot be written: {error.strerror}") from None
        try:
            _claim(self._file)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise OutputError(f"{folder} is in use by another run (process {holder or 'unknown'})") from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two processes hold two files of one name."""
        os.close(self._file)


def _claim(file: int) -> None:
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
