"""The mails that workers of a cluster are to do, in Parquet files of bounded size on storage that all of them reach.

Each row is a mail's bytes, what is planned for it, and the earlier no of ours that it answers. So mail travels by way of
the storage, and not through the engine, which moves names of files. What this leaves out: other formats.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.plan import Planned
from pipeline.errors import OutputError, UnreadableError
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.threads import Fate
from pipeline.types.earlier import Earlier
from pipeline.types.message import Skip

MAILS = 1_000
"""Mails of a parcel at most."""
BYTES = 64 * 2**20
"""Bytes of mail after which a parcel takes no more."""
_PREFIX, _SUFFIX = "mails-", ".parquet"
_GROUP = 16  # mails that whoever reads holds at a time


class Item(NamedTuple):
    """One mail, and the no that it answers, if it is on record."""

    raw: Raw
    planned: Planned
    earlier: Earlier | None = None


class Packing:
    """Writes ``mails`` into parcels of at most ``most`` mails each, in ``folder``.

    Raises:
        OutputError: from ``parcels``, when a file cannot be written.
    """

    def __init__(self, folder: Path, mails: AsyncIterator[Item], most: int) -> None:
        self._folder, self._mails, self._most = folder, mails, most
        self._count = 0

    async def parcels(self, number: int) -> list[str]:
        """The names of the next parcels, ``number`` at most; none when there are no more mails."""
        names: list[str] = []
        while len(names) < number and (items := await self._next()):
            name = f"{_PREFIX}{self._count:06}{_SUFFIX}"
            try:
                _write(self._folder / name, items)
            except OSError as error:
                raise OutputError(f"{self._folder / name} cannot be written: {error.strerror or error}") from None
            names.append(name)
            self._count += 1
        return names

    async def _next(self) -> list[Item]:
        items, size = list[Item](), 0
        while len(items) < self._most and size < BYTES and (item := await anext(self._mails, None)):
            items.append(item)
            size += len(item.raw.data)
        return items


def unpacked(path: Path) -> Iterator[Item]:
    """The mails of a parcel, a few in memory at a time.

    Raises:
        OutputError: it cannot be read.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with path.open("rb") as file:
            for batch in parquet.ParquetFile(file).iter_batches(batch_size=_GROUP):
                for row in batch.to_pylist():
                    yield _item(row["data"], row["plan"])
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"{path} cannot be read: {error}") from None


def drop(folder: Path) -> None:
    """Remove all parcels."""
    for path in folder.glob(f"*{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)


def _write(path: Path, items: list[Item]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("data", pa.large_binary()), ("plan", pa.large_string())])
    columns = {"data": [item.raw.data for item in items], "plan": [_plan(item) for item in items]}
    table = pa.table(columns, schema=schema)
    new = path.with_name(f".{path.name}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        parquet.write_table(table, file, row_group_size=_GROUP, compression="zstd")
    new.replace(path)


def _plan(item: Item) -> str:
    """All but the bytes, as JSON, which writes out what is no UTF-8."""
    raw, one, earlier = item
    fate = str(one.fate) if isinstance(one.fate, UnreadableError) else list(one.fate)
    head = (raw.seq, raw.origin, raw.shelf, raw.problem)
    known = earlier.model_dump_json() if earlier else ""
    return json.dumps([*head, one.digest, one.key, one.today.isoformat(), fate, known])


def _item(data: bytes, plan: str) -> Item:
    seq, origin, shelf, problem, digest, key, today, told, known = json.loads(plan)
    raw = Raw(seq, origin, data, Shelf(shelf) if shelf else None, problem)
    if isinstance(told, str):
        fate: Fate | UnreadableError = UnreadableError(told)
    else:
        thread, skip, earlier_own = told
        fate = Fate(thread, Skip(skip) if skip else None, earlier_own)
    planned = Planned(seq, origin, digest, key, date.fromisoformat(today), fate)
    return Item(raw, planned, Earlier.model_validate_json(known) if known else None)
