"""A folder of mail, whatever it holds: ``.eml`` and ``.msg`` files, mbox files, Maildirs, in any depth.

Entries come in the order of their names, folders among the files, so that two walks agree. Links that lead out of the
folder are not followed, an output folder of ours is no inbox, and what is no mail (indexes, settings) is passed over.
Left out: reading the mails.
"""

import os
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path, PurePath
from typing import NamedTuple

import re2

from pipeline.errors import InboxError
from pipeline.inbox import mbox
from pipeline.inbox.source import Shelf, looks_like_mail
from pipeline.inbox.sources import sniff
from pipeline.inbox.sources.kinds import Kind
from pipeline.inbox.sources.labels import shelf_of_folder

_OUTPUT = frozenset({"candor.db", ".exported.json"})  # what every output folder holds
_PARTS = frozenset({"cur", "new", "tmp"})
_FLAGGED = re2.compile(r"[:;!]2,([A-Za-z]*)$")  # Windows takes no colon in a name
_FLAGS = {"D": Shelf.DRAFT, "T": Shelf.TRASH}
_MAIL = frozenset({".eml", ".mbox", ".msg", ".pst"})
_BOXES = frozenset({Kind.TAKEOUT, Kind.THUNDERBIRD})


class Form(Enum):
    """What one file holds; ``CLOSED`` is a file or folder that could not be looked at."""

    LETTER = auto()
    MBOX = auto()
    MSG = auto()
    PST = auto()
    CLOSED = auto()


class Run(NamedTuple):
    """Files of one folder that follow each other; ``folder`` is relative to the root of the walk."""

    folder: str
    form: Form
    shelf: Shelf | None
    names: list[str]


class _Delivered(NamedTuple):
    """A ``cur`` or ``new``."""

    folder: str


_FORMS = {
    Kind.MBOX: Form.MBOX,
    Kind.TAKEOUT: Form.MBOX,
    Kind.THUNDERBIRD: Form.MBOX,
    Kind.MSG: Form.MSG,
    Kind.PST: Form.PST,
}  # fmt: skip


class _File(NamedTuple):
    folder: str
    name: str
    form: Form
    shelf: Shelf | None = None


def walk(root: Path, kind: Kind | None = None) -> list[Run]:
    """The files below ``root`` that hold mail, of one kind only if it is given.

    Raises:
        InboxError: ``root`` is an output folder of ours.
        OSError: ``root`` cannot be looked at.
    """
    runs: list[Run] = []
    for file in _files(root, kind):
        if runs and (runs[-1].folder, runs[-1].form, runs[-1].shelf) == (file.folder, file.form, file.shelf):
            runs[-1].names.append(file.name)
        else:
            runs.append(Run(file.folder, file.form, file.shelf, [file.name]))
    return runs


def _files(root: Path, kind: Kind | None) -> Iterator[_File]:
    pending: list[_File | _Delivered | str] = [""]  # a stack of files and folders; no depth is too deep for it
    while pending:
        item = pending.pop()
        if isinstance(item, _File):
            yield item
        elif isinstance(item, _Delivered):
            yield from _delivered(root, item.folder)
        else:
            pending += reversed(list(_opened(root, item, kind)))


def _opened(root: Path, folder: str, kind: Kind | None) -> Iterator[_File | _Delivered | str]:
    """The mail files and the folders in a folder."""
    try:
        entries = _entries(root / folder)
    except OSError:
        if not folder:
            raise
        yield _closed(folder)
        return
    if not _OUTPUT.isdisjoint(entry.name for entry in entries):
        if not folder:
            raise InboxError(f"{root} is an output folder of Candor, not an inbox")
        return
    folders = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    parted = _PARTS if "cur" in folders or _PARTS - {"cur"} <= folders else frozenset()  # of a Maildir
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name in folders:
            yield from _below(path, kind) if entry.name in parted else (path,)
        elif (form := _form(entry, root, kind)) is not None:
            yield _File(folder, entry.name, form, shelf_of_folder(path if form is Form.MBOX else folder))


def _below(path: str, kind: Kind | None) -> Iterator[_Delivered]:
    """The part of a Maildir at ``path``; ``tmp`` has half-written mail."""
    if kind in {None, Kind.MAILDIR} and not path.endswith("tmp"):
        yield _Delivered(path)


def _delivered(root: Path, folder: str) -> Iterator[_File]:
    """The mails of a ``cur`` or ``new``; the folder says first where they lie, then the flags in their names."""
    shelf = shelf_of_folder(folder)
    try:
        with os.scandir(root / folder) as found:  # names only: there may be very many
            names = sorted(entry.name for entry in found if entry.name[0] != "." and _is_file(entry, root))
    except OSError:
        yield _closed(folder)
        return
    for name in names:
        flags = _FLAGGED.search(name)
        marked = (_FLAGS[flag] for flag in (flags[1] if flags else "") if flag in _FLAGS)
        yield _File(folder, name, Form.LETTER, shelf or next(marked, None))


def _closed(folder: str) -> _File:
    above, _, name = folder.rpartition("/")
    return _File(above, name, Form.CLOSED)


def _form(entry: "os.DirEntry[str]", root: Path, kind: Kind | None) -> Form | None:
    """What a file holds, or None when it is not for us."""
    if entry.name.startswith("._") or not _is_file(entry, root):  # "._": what macOS puts beside a file
        return None
    suffix = PurePath(entry.name).suffix.lower()
    if suffix == ".eml" and kind is None:
        return Form.LETTER
    try:
        start = _start(entry.path)
    except OSError:
        return Form.CLOSED if suffix in _MAIL else None
    form = _of_bytes(start, suffix)
    if kind is Kind.EML:
        return Form.LETTER if suffix == ".eml" or looks_like_mail(start) else None
    wanted = kind is None or form is _FORMS.get(kind)
    named = kind not in _BOXES or (suffix == ".mbox") is (kind is Kind.TAKEOUT)
    return form if wanted and named else None


def _of_bytes(start: bytes, suffix: str) -> Form | None:
    if start.startswith(sniff.PST):
        return Form.PST
    if start.startswith(sniff.OLE) and suffix == ".msg":
        return Form.MSG
    if mbox.begins(start) or (suffix == ".mbox" and looks_like_mail(start)):
        return Form.MBOX
    return Form.LETTER if sniff.is_letter(start) else None


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def _is_file(entry: "os.DirEntry[str]", root: Path) -> bool:
    """Whether it is a file, and one of the folder that we were given."""
    if not entry.is_symlink():
        return entry.is_file()
    path = Path(entry.path)
    return path.is_file() and path.resolve().is_relative_to(root.resolve())


def _start(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - a Path a file is what a large folder spends its time on
        return file.read(sniff.START)
