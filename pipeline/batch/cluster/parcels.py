"""The mails that workers of a cluster are to do, in files of bounded size on storage that all of them reach.

For each mail a parcel has a line of what is planned for it, with the earlier no of ours that it answers, and then its
bytes. So mail travels by way of the storage, and not through the engine, which moves names of files; and whoever writes
or reads one has a single mail in memory. What this leaves out: compression.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeline.batch.plan import Planned
from pipeline.errors import OutputError, UnreadableError
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.threads import Fate
from pipeline.lines import LONGEST
from pipeline.types.earlier import Earlier
from pipeline.types.message import Skip

MAILS = 1_000
"""Mails of a parcel at most."""
_BYTES = 64 * 2**20  # of mail after which a parcel takes no more
_PREFIX, _SUFFIX = "mails-", ".parcel"


class Item(NamedTuple):
    """One mail, and the no that it answers, if it is on record."""

    raw: Raw
    planned: Planned
    earlier: Earlier | None = None


class Packing:
    """Writes ``mails`` into parcels of at most ``most`` mails each, in ``folder``."""

    def __init__(self, folder: Path, mails: AsyncIterator[Item], most: int) -> None:
        self._folder, self._mails, self._most = folder, mails, most
        self._count = 0

    async def parcels(self, number: int) -> list[str]:
        """The names of the next parcels, ``number`` at most; none when there are no more mails.

        Raises:
            OutputError: a file cannot be written.
        """
        names: list[str] = []
        while len(names) < number and (first := await anext(self._mails, None)):
            name = f"{_PREFIX}{self._count:06}{_SUFFIX}"
            try:
                with os.fdopen(
                    os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
                ) as file:
                    await self._fill(file, first)
            except OSError as error:
                raise OutputError(f"{self._folder / name} cannot be written: {error.strerror or error}") from None
            names.append(name)
            self._count += 1
        return names

    async def _fill(self, file: BinaryIO, item: Item) -> None:
        for count in range(1, self._most + 1):
            file.write(_plan(item) + b"\n" + item.raw.data)
            if count == self._most or file.tell() >= _BYTES:
                return
            following = await anext(self._mails, None)
            if following is None:
                return
            item = following


def unpacked(parcel: Path) -> Iterator[Item]:
    """The mails of a parcel, one in memory at a time.

    Raises:
        OutputError: it cannot be read.
    """
    try:
        with parcel.open("rb") as file:
            whole = os.fstat(file.fileno()).st_size
            while line := file.readline(LONGEST):
                yield _item(line, file, whole)
    except (OSError, ValueError) as error:
        raise OutputError(f"{parcel} cannot be read: {error}") from None


def drop(folder: Path) -> None:
    """Remove all parcels."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)


def _plan(item: Item) -> bytes:
    """All but the bytes, as JSON, which writes out what is no UTF-8."""
    raw, one, earlier = item
    fate = str(one.fate) if isinstance(one.fate, UnreadableError) else list(one.fate)
    known = earlier.model_dump_json() if earlier else ""
    head = (len(raw.data), raw.seq, raw.origin, raw.shelf, raw.problem)
    return json.dumps([*head, one.digest, one.key, one.today.isoformat(), fate, known]).encode()


def _item(line: bytes, file: BinaryIO, whole: int) -> Item:
    size, seq, origin, shelf, problem, digest, key, today, told, known = json.loads(line)
    if not (isinstance(size, int) and 0 <= size <= whole) or len(data := file.read(size)) != size:
        raise ValueError("it ends too early")
    raw = Raw(seq, origin, data, Shelf(shelf) if shelf else None, problem)
    if isinstance(told, str):
        fate: Fate | UnreadableError = UnreadableError(told)
    else:
        thread, skip, earlier_own = told
        fate = Fate(thread, Skip(skip) if skip else None, earlier_own)
    planned = Planned(seq, origin, digest, key, date.fromisoformat(today), fate)
    return Item(raw, planned, Earlier.model_validate_json(known) if known else None)
