"""One writer an output folder: an advisory lock on ``DIR/.lock`` that dies with its process.

The file names the process that holds it. What this leaves out: network file systems, where such locks (and SQLite) are
not to be trusted even if they are granted, and Windows, where the folder is not locked at all.
"""

import errno
import os
import sys
from pathlib import Path

from pipeline.errors import OutputError

if sys.platform != "win32":
    import fcntl

NAME = ".lock"
_LOCKLESS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


class Lock:
    """Holds ``folder`` from the moment it is made until ``release``.

    Raises:
        OutputError: another process holds the folder, or it cannot be locked or written.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise OutputError(f"{folder} cannot be written: {error.strerror}") from None
        try:
            _claim(self._file)
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise OutputError(f"{folder} is in use by another run (process {holder or 'unknown'})") from None
        except OSError as error:
            os.close(self._file)
            if error.errno in _LOCKLESS:
                raise OutputError(
                    f"{folder} cannot be locked, as its disk keeps no locks; take a folder on a disk of this machine"
                ) from None
            raise OutputError(f"{folder} cannot be written: {error.strerror}") from None

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two processes hold two files of one name."""
        os.close(self._file)


def _claim(file: int) -> None:
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
