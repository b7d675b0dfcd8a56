"""Which draft files are ours as we wrote them, and which a person has touched since.

The memory is ``.exported.json`` in the output folder: file name to the hash written and the message answered. A file
whose bytes differ from its hash belongs to the person: it is never overwritten nor removed, and its message gets no
second draft.
"""

import json
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import NamedTuple

import re2
from pydantic import TypeAdapter, ValidationError

from pipeline.outbox.folder import Folder, digest

_MEMORY = ".exported.json"
_NAME = re2.compile(r"(drafts|review)/[0-9]{4,9}-[a-z0-9-]{1,60}\.eml")


class Entry(NamedTuple):
    """What we wrote: its SHA-256 (hex) and the key of the message it answers."""

    sha256: str
    message: str


_ENTRIES = TypeAdapter(dict[str, Entry])


class Touched(NamedTuple):
    """Of so many drafts ``written``, those that a person has ``edited`` since, and those that are ``gone``."""

    written: int
    edited: int
    gone: int


def touched(root: Path) -> Touched | None:
    """What became of the draft files of an output folder; None where it remembers none. Nothing is changed."""
    try:
        entries = _entries((root / _MEMORY).read_bytes())
        lying = {name: (root / name).read_bytes() for name in entries if (root / name).is_file()}
    except OSError:
        return None
    edited = sum(digest(data) != entries[name].sha256 for name, data in lying.items())
    return Touched(len(entries), edited, len(entries) - len(lying))


class Ledger:
    """The draft files of one folder during one export. ``kept`` collects those that a person has touched."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._before = _entries(folder.read(_MEMORY))
        self._now: dict[str, Entry] = {}
        self._edited = {entry.message: name for name, entry in self._before.items() if self._theirs(name, entry.sha256)}
        self.kept: set[str] = set(self._edited.values())

    def place(self, name: str, data: bytes, message: str) -> str:
        """Write a draft under ``name``, or under the next free name like it; return where the message's draft lies."""
        if message in self._edited:
            return self._edited[message]
        free = self._free(name, digest(data))
        self._folder.write(free, data)
        self._now[free] = Entry(digest(data), message)
        return free

    def current(self, name: str, data: bytes) -> tuple[bytes, ...]:
        """The mail that lies under ``name``: our ``data``, or what a person made of it; none if that is no mail."""
        if name not in self.kept:
            return (data,)
        theirs = self._folder.read(name) or b""
        return (theirs,) if _is_mail(theirs) else ()

    def close(self) -> None:
        """Take away what this export no longer wrote, unless a person touched it, and remember the rest."""
        for name in sorted(self._before.keys() - self._now.keys() - self.kept):
            self._folder.remove(name)
        self.remember(only={*self._now, *self.kept})

    def remember(self, *, only: set[str] | None = None) -> None:
        """Write the memory: this export's files over the earlier ones, or ``only`` some of them."""
        entries = {name: entry._asdict() for name, entry in sorted({**self._before, **self._now}.items())}
        chosen = {name: entry for name, entry in entries.items() if only is None or name in only}
        self._folder.write(_MEMORY, json.dumps(chosen, indent=1).encode() + b"\n")

    def _free(self, name: str, new: str) -> str:
        """``name``, or ``name`` with ``-2`` and so on, where no file of the person lies."""
        stem, number, free = name.removesuffix(".eml"), 1, name
        while self._taken(free, new):
            self.kept.add(free)
            number += 1
            free = f"{stem}-{number}.eml"
        return free

    def _taken(self, name: str, new: str) -> bool:
        known = self._before.get(name)
        return self._theirs(name, known.sha256 if known else new)

    def _theirs(self, name: str, ours: str) -> bool:
        data = self._folder.read(name)
        return data is not None and digest(data) != ours


def _is_mail(data: bytes) -> bool:
    """Whether ``data`` opens with headers that say from whom and to whom; never raises."""
    mail = BytesHeaderParser().parsebytes(data)
    return bool(mail["From"] and mail["To"]) and not mail.get_unixfrom()


def _entries(memory: bytes | None) -> dict[str, Entry]:
    """What was remembered; a memory that is damaged or names a file elsewhere is forgotten, so that files are kept."""
    try:
        entries = _ENTRIES.validate_json(memory or b"{}")
    except ValidationError:
        return {}
    return {name: entry for name, entry in entries.items() if _NAME.fullmatch(name)}
