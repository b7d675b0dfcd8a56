"""The output folder on disk: files written whole or not at all, for the owner's eyes only, and nothing outside it.

A file is written beside its place and renamed into it (mode 0600), so that a reader never sees half of one and no link
is followed. Every fault of the disk becomes one plain sentence. It leaves out fsync and locks: one run writes a folder
at a time, and clears away what a killed one left half-written.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import IO

from pipeline.errors import OutputError

_SUBFOLDERS = ("drafts", "review")
_WAITING = ".writing-"
_SENTENCES = {
    errno.EACCES: "no permission to write there",
    errno.EPERM: "no permission to write there",
    errno.EROFS: "it is on a read-only disk",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.ENOTDIR: "it is not a folder",
    errno.EEXIST: "it is not a folder",
    errno.ENAMETOOLONG: "its name is too long",
}


class Folder:
    """An output folder with its subfolders ``drafts`` and ``review``, made on opening (mode 0700).

    Raises:
        OutputError: from every method, when the disk does not let us.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        with self._told():
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in _SUBFOLDERS:
                self._make(root / name)
            self._clear()

    def write(self, name: str, data: bytes) -> None:
        """Put a whole file in its place; ``name`` is relative to the folder."""
        with self.open(name) as stream:
            stream.write(data)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file to write in pieces; it appears under ``name`` when the block ends without an error."""
        path = self.root / name
        with self._told():
            number, waiting = mkstemp(dir=path.parent, prefix=_WAITING)
            try:
                with os.fdopen(number, "wb") as stream:
                    yield stream
                Path(waiting).replace(path)
            except BaseException:
                with suppress(OSError):
                    Path(waiting).unlink()
                raise

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None when there is none, empty when it is a link, a folder or a pipe."""
        path = self.root / name
        with self._told():
            if not os.path.lexists(path):
                return None
            return b"" if path.is_symlink() or not path.is_file() else path.read_bytes()

    def remove(self, name: str) -> None:
        """Take a file away; nothing happens when it is gone already."""
        with self._told():
            (self.root / name).unlink(missing_ok=True)

    def _make(self, path: Path) -> None:
        if path.is_symlink():
            raise OutputError(f"cannot write into {path}: it is a link, and links are not followed")
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)

    def _clear(self) -> None:
        for path in (self.root, *(self.root / name for name in _SUBFOLDERS)):
            for waiting in path.glob(f"{_WAITING}*"):
                waiting.unlink()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in one sentence what the disk refused."""
        try:
            yield
        except OSError as error:
            why = _SENTENCES.get(error.errno or 0, (error.strerror or "the disk refused").lower())
            raise OutputError(f"cannot write into {self.root}: {why}") from error


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes, 64 hex characters."""
    return hashlib.sha256(data).hexdigest()
