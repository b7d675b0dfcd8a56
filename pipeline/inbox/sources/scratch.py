"""A temporary folder for converted mail, which only its owner can read and which goes with whoever made it.

A process that is killed can take nothing away. So each folder is locked for as long as its process lives, and making
the next one removes those that nobody holds any more. Left out: Windows, where that is left to the system.
"""

import contextlib
import os
import shutil
import sys
import tempfile
import weakref
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = "candor-outlook-"


class Scratch:
    """A folder at ``path``, mode 0700; it goes when this is forgotten, at the latest with the process.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self) -> None:
        _sweep()
        self.path, lock = _made()
        weakref.finalize(self, _remove, self.path, lock)


def _made() -> tuple[Path, int | None]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        if sys.platform == "win32":
            return path, None
        with contextlib.suppress(FileNotFoundError):  # who sweeps at this very moment takes it for a left one
            lock = os.open(path, os.O_RDONLY)
            if _claimed(lock) and path.is_dir():
                return path, lock
            os.close(lock)


def _sweep() -> None:
    """Remove the folders whose processes are gone."""
    if sys.platform == "win32":
        return
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            if os.fstat(lock).st_uid == os.geteuid() and _claimed(lock):
                shutil.rmtree(path, ignore_errors=True)
            os.close(lock)


def _claimed(folder: int) -> bool:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remove(path: Path, lock: int | None) -> None:
    shutil.rmtree(path, ignore_errors=True)
    if lock is not None:
        os.close(lock)
