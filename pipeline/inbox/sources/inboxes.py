"""Opens an inbox: its kind is told by its content first and by its name second, or by whoever calls.

Files are opened for reading only. Bytes at hand are an mbox, or one mail, unless the caller says more. Left out:
finding out that one ``Raw`` cannot be read, which is a row and no reason to refuse the others.
"""

import io
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import InboxError
from pipeline.inbox import limits, mbox
from pipeline.inbox.source import Raw, Source, looks_like_mail, told
from pipeline.inbox.sources import sniff, tables
from pipeline.inbox.sources.files import Files, missing
from pipeline.inbox.sources.kinds import Kind
from pipeline.inbox.sources.tree import Form, Run, walk

_TABLES = frozenset({Kind.JSONL, Kind.CSV})
_ONE_FILE = frozenset({*_TABLES, Kind.TEXT})
_FORMS = {Kind.EML: Form.LETTER, Kind.MSG: Form.MSG, Kind.PST: Form.PST}  # the others are read as an mbox


def open_inbox(path: Path, kind: Kind | None = None, columns: Path | None = None) -> Source:
    """The inbox at ``path``; ``columns`` is a file that says what a table's columns are.

    Raises:
        InboxError: missing, empty, no permission, not of ``kind``, or of none that is read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return _folder(path, kind)
        if not stat.S_ISREG(mode):
            raise InboxError(f"{path} is neither a file nor a folder")
        with path.open("rb") as stream:
            start = stream.read(sniff.START)
    except FileNotFoundError:
        raise InboxError(f"there is no inbox at {path}") from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise InboxError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not start.strip():
        raise InboxError(f"{path} holds no mail")
    return _file(path, _kind(start, str(path), kind, columns), columns)


def open_bytes(data: bytes, origin: str = "stdin", kind: Kind | None = None, columns: Path | None = None) -> Source:
    """Mail at hand, as from standard input: an mbox or one mail, or what ``kind`` says.

    Raises:
        InboxError: there are no bytes, or they are not of ``kind``, or without one neither mail nor text.
    """
    if not data.strip():
        raise InboxError(f"{origin} holds no mail")
    start = data[: sniff.START]
    if kind in {Kind.MSG, Kind.PST, Kind.MAILDIR} or start.startswith((sniff.OLE, sniff.PST)):
        raise InboxError(
            f"{origin} cannot be read as {kind or 'a file of Outlook'}; give the path of the file or folder"
        )
    if kind is None:
        _check(start, origin)
    found = _kind(start, origin, kind, columns) if kind else None
    if found in _TABLES:
        return tables.Table(partial(io.BytesIO, data), origin, found, columns)
    if found is Kind.TEXT:
        return _One(partial(io.BytesIO, data), origin, bare=True)
    if found not in {None, Kind.EML} or (found is None and mbox.begins(data)):
        return _Box(data, origin)
    return _One(partial(io.BytesIO, data), origin)


def _check(start: bytes, name: str) -> None:
    """Refuse bytes in which nobody says anything.

    Raises:
        InboxError: they are neither mail nor text.
    """
    if sniff.packed(start):
        raise InboxError(f"{name} is packed; unpack it first")
    if not (looks_like_mail(start) or mbox.begins(start) or sniff.is_text(start)):
        raise InboxError(f"{name} is neither a mail nor text")


class _One:
    """One mail; ``bare`` is a text that is not read as a mail even if it begins like one."""

    def __init__(self, opened: tables.Opener, origin: str, *, bare: bool = False) -> None:
        self._opened, self._origin, self._bare = opened, origin, bare

    def __iter__(self) -> Iterator[Raw]:
        with self._opened() as stream:
            data = stream.read(limits.MESSAGE + 1)
        yield Raw(0, self._origin, b" " + data if self._bare and looks_like_mail(data) else data)


class _Box:
    """An mbox at hand."""

    def __init__(self, data: bytes, origin: str) -> None:
        self._data, self._origin = data, origin

    def __iter__(self) -> Iterator[Raw]:
        for seq, data in enumerate(mbox.split(io.BytesIO(self._data))):
            yield Raw(seq, f"{self._origin}#{seq + 1}", data)


def _kind(start: bytes, name: str, given: Kind | None, columns: Path | None) -> Kind:
    """The kind of a file that begins with ``start``.

    Raises:
        InboxError: it is not the given one, or none that is read.
    """
    kind = given or sniff.kind_of(start, name)
    if kind is None:
        raise InboxError(
            f"{name} is neither an mbox, nor an .eml file, nor a table of tickets; if it is the bare text of one mail, "
            "say --format text"
        )
    if given and not sniff.may_be(start, given):
        found = sniff.kind_of(start, name)
        looks = f"; it looks like {sniff.LOOKS[found]}" if found not in {None, given} else ""
        raise InboxError(f"{name} cannot be read as {given}: {sniff.EXPECTED[given]}{looks}")
    if columns and kind not in _TABLES:
        raise InboxError(f"{name} has no columns: it is read as {kind}, and --columns is for jsonl and csv")
    return kind


def _file(path: Path, kind: Kind, columns: Path | None) -> Source:
    name = told(path.name)

    def opened() -> BinaryIO:
        return path.open("rb")

    if kind in _TABLES:
        return tables.Table(opened, name, kind, columns)
    if kind is Kind.TEXT:
        return _One(opened, name, bare=True)
    form = _FORMS.get(kind, Form.MBOX)
    _equipped({form})
    return Files(path.parent, [Run("", form, None, [path.name])])


def _folder(root: Path, kind: Kind | None) -> Source:
    if kind in _ONE_FILE:
        raise InboxError(f"{root} is a folder; --format {kind} reads one file")
    runs = walk(root, kind)
    _equipped({run.form for run in runs})
    if not runs:
        packed = next((entry for entry in sorted(root.iterdir()) if entry.is_file() and _packed(entry)), None)
        hint = f"; {told(str(packed))} has to be unpacked first" if packed else ""
        raise InboxError(f"{root} holds no {kind or 'mail: no .eml file, no mbox, no Maildir'}{hint}")
    return Files(root, runs)


def _packed(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return sniff.packed(stream.read(sniff.START))
    except OSError:
        return False


def _equipped(forms: set[Form]) -> None:
    """Refuse an inbox of which nothing could be read; in a mixture, what cannot be read is a row."""
    lacking = [problem for form in forms if (problem := missing(form))]
    if lacking and len(lacking) == len(forms):
        raise InboxError(lacking[0])
