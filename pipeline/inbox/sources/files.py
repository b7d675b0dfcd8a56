"""The mails in files: letters, mbox files and what is converted from Outlook, in the order of a walk.

The list of files is made once, when the inbox is opened, so that a mail that arrives later does not shift the others.
What cannot be read comes as a ``Raw`` with a problem, so that it ends as a row.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from pipeline.inbox import limits, mbox
from pipeline.inbox.source import Raw, Shelf, told
from pipeline.inbox.sources.outlook import Outlook, missing_for_msg, missing_for_pst
from pipeline.inbox.sources.tree import Form, Run, walk


def missing(form: Form) -> str:
    """What to install before files of this form can be read; empty when all is there."""
    match form:
        case Form.MSG:
            return missing_for_msg()
        case Form.PST:
            return missing_for_pst()
    return ""


class Files:
    """A source of files below ``root``."""

    def __init__(self, root: Path, runs: list[Run]) -> None:
        self._root, self._runs = root, runs
        self._outlook = Outlook()

    def __iter__(self) -> Iterator[Raw]:
        """The mails, numbered through."""
        number = count()
        for run in self._runs:
            for raw in self._of(run):
                yield raw._replace(seq=next(number))

    def _of(self, run: Run) -> Iterator[Raw]:
        if problem := missing(run.form):
            yield from (Raw(0, _origin(run.folder, name), b"", problem=problem) for name in run.names)
            return
        if run.form is Form.MSG:
            paths = [self._root / run.folder / name for name in run.names]
            for path, letter in zip(paths, self._outlook.letters(paths), strict=True):
                yield letter._replace(origin=_origin(run.folder, path.name), shelf=run.shelf)
            return
        for name in run.names:
            path, origin = self._root / run.folder / name, _origin(run.folder, name)
            match run.form:
                case Form.LETTER:
                    yield _letter(path, origin, run.shelf)
                case Form.MBOX:
                    yield from _mails(path, origin, run.shelf)
                case Form.PST:
                    yield from self._folders(path, origin)
                case _:
                    yield Raw(0, origin, b"", problem="the file or folder cannot be opened")

    def _folders(self, path: Path, origin: str) -> Iterator[Raw]:
        """The mails of an Outlook data file, by its folders."""
        folder, problem = self._outlook.folders(path)
        for raw in Files(folder, walk(folder)):
            yield raw._replace(origin=f"{origin}/{raw.origin}")
        if problem:
            yield Raw(0, origin, b"", problem=problem)


def _origin(folder: str, name: str) -> str:
    return told(f"{folder}/{name}" if folder else name)


def _letter(path: Path, origin: str, shelf: Shelf | None) -> Raw:
    try:
        with path.open("rb") as stream:
            return Raw(0, origin, stream.read(limits.MESSAGE + 1), shelf)
    except OSError as error:
        return Raw(0, origin, b"", shelf, f"the file cannot be read: {error.strerror or error}")


def _mails(path: Path, origin: str, shelf: Shelf | None) -> Iterator[Raw]:
    number = count(1)
    try:
        with path.open("rb") as stream:
            for data in mbox.split(stream):
                yield Raw(0, f"{origin}#{next(number)}", data, shelf)
    except OSError as error:
        why = f"the rest of the mbox cannot be read: {error.strerror or error}"
        yield Raw(0, f"{origin}#{next(number)}", b"", shelf, why)
