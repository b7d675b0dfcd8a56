"""Where mail comes from: an mbox, a folder of ``.eml`` files, one ``.eml`` file, or bytes at hand.

A source is re-iterable and gives raw bytes with their origin; ``headers`` and ``read`` parse. Files are opened for
reading only, links that lead out of the folder are not followed, and an output folder of ours in it is no inbox. Left
out: Maildir, Takeout, Outlook, IMAP.
"""

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import re2

from pipeline.errors import InboxError
from pipeline.inbox import limits, mbox

_HEADER = re2.compile(rb"^[!-9;-~]{1,76}[ \t]*:")
_BOM = b"\xef\xbb\xbf"
_OUTPUT = frozenset({"candor.db", ".exported.json"})  # what every output folder holds


class Raw(NamedTuple):
    """One mail as found: ``seq`` counts from 0 in inbox order; ``origin`` is relative, like ``mail.mbox#12``."""

    seq: int
    origin: str
    data: bytes


class Source(Protocol):
    """An inbox; each iteration starts anew."""

    def __iter__(self) -> Iterator[Raw]:
        """The mails in inbox order."""
        ...


class _Bytes:
    def __init__(self, data: bytes, origin: str) -> None:
        self._data, self._origin = data, origin

    def __iter__(self) -> Iterator[Raw]:
        if not _is_mbox(self._data):
            yield Raw(0, self._origin, self._data)
            return
        for seq, data in enumerate(mbox.split(io.BytesIO(self._data))):
            yield Raw(seq, f"{self._origin}#{seq + 1}", data)


class _Mbox:
    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Raw]:
        with self._path.open("rb") as stream:
            for seq, data in enumerate(mbox.split(stream)):
                yield Raw(seq, f"{_told(Path(self._path.name))}#{seq + 1}", data)


class _Letters:
    """Files with one mail each; one that cannot be opened comes empty, so that it ends as a row."""

    def __init__(self, root: Path, files: tuple[Path, ...]) -> None:
        self._root, self._files = root, files

    def __iter__(self) -> Iterator[Raw]:
        for seq, path in enumerate(self._files):
            yield Raw(seq, _told(path.relative_to(self._root)), _letter(path))


def open_inbox(path: Path) -> Source:
    """The inbox at ``path``.

    Raises:
        InboxError: missing, empty, no permission, or not a kind that is read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return _folder(path)
        if not stat.S_ISREG(mode):
            raise InboxError(f"{path} is neither a file nor a folder")
        with path.open("rb") as stream:
            start = stream.read(limits.HEADER)
    except FileNotFoundError:
        raise InboxError(f"there is no inbox at {path}") from None
    except OSError as error:
        raise InboxError(f"{path} cannot be read: {error.strerror or error}") from None
    return _file(path, start)


def open_bytes(data: bytes, origin: str = "stdin") -> Source:
    """Mail at hand, as from standard input: an mbox or one mail.

    Raises:
        InboxError: there are no bytes.
    """
    if not data.strip():
        raise InboxError(f"{origin} holds no mail")
    return _Bytes(data, origin)


def looks_like_mail(start: bytes) -> bool:
    """Whether bytes begin with a header line."""
    return bool(_HEADER.match(start.removeprefix(_BOM).lstrip(b"\r\n")))


def _file(path: Path, start: bytes) -> Source:
    suffix = path.suffix.lower()
    if not start.strip():
        raise InboxError(f"{path} holds no mail")
    if suffix != ".eml" and (suffix == ".mbox" or _is_mbox(start)):
        return _Mbox(path)
    if suffix == ".eml" or looks_like_mail(start):
        return _Letters(path.parent, (path,))
    raise InboxError(f"{path} is neither an mbox, nor an .eml file, nor a folder of .eml files")


def _folder(root: Path) -> Source:
    letters = sorted(p for p in _below(root) if p.suffix.lower() == ".eml" and _inside(p, root))
    if not letters:
        raise InboxError(f"{root} holds no .eml file")
    return _Letters(root, tuple(letters))


def _below(root: Path) -> Iterator[Path]:
    """All files; an output folder is passed over with all that is in it, or our drafts would count as sent answers."""
    for folder, below, names in os.walk(root):
        if _OUTPUT.isdisjoint(names):
            yield from (Path(folder, name) for name in names)
        elif Path(folder) == root:
            raise InboxError(f"{root} is an output folder of Candor, not an inbox")
        else:
            below.clear()


def _inside(path: Path, root: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(root.resolve())


def _told(path: Path) -> str:
    """A path as text that can be stored: a byte of its name that is not UTF-8 is written out, so names stay apart."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def _letter(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limits.MESSAGE + 1)
    except OSError:
        return b""


def _is_mbox(start: bytes) -> bool:
    return start.removeprefix(_BOM).lstrip(b"\r\n").startswith((b"From ", b">From "))
