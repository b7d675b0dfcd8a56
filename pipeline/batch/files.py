"""The provider-file engine's two ends: requests that wait go out as one file, result files come in.

A result is kept first and looked at by the next run, which turns it into a call or into the error that it tells of.
So results may come in any order, in parts and twice. What this leaves out: uploading, and splitting by a provider's
limits.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.store import Store
from pipeline.llm.files import Result, lines_of, read_results
from pipeline.outbox.folder import Folder

REQUESTS = "requests.jsonl"


class Collected(NamedTuple):
    """What result files held, in lines: new replies, known ones, failures, strangers, and lines that are no results."""

    accepted: int = 0
    repeated: int = 0
    failed: int = 0
    unknown: int = 0
    broken: int = 0


class Results(Mapping[str, Result]):
    """The results that wait in a store, read one at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, key: str) -> Result:
        """The result of the request ``key``."""
        text = self._store.result(key)
        if text is None:
            raise KeyError(key)
        return Result.model_validate_json(text)

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._store.results())

    def __len__(self) -> int:
        """How many results wait."""
        return len(self._store.results())


def write_requests(store: Store, pending: Mapping[str, str]) -> None:
    """Write what waits, sorted by key, to ``requests.jsonl`` (mode 0600), and note in the store that it was asked for.

    Equal requests give equal bytes. When nothing waits the file goes.

    Raises:
        OutputError: the folder cannot be written.
    """
    store.expect(pending)
    folder = Folder(store.folder)
    if not pending:
        folder.remove(REQUESTS)
        return
    with folder.open(REQUESTS) as file:
        file.writelines(f"{pending[key]}\n".encode() for key in sorted(pending))


def take(store: Store, files: Sequence[Path], *, final: bool = False) -> Collected:
    """Keep the results that ``files`` hold for this store's requests.

    A failed result leaves its request waiting, so that the next file asks again; with ``final`` the failure stands, and
    ends its message.

    Raises:
        UsageError: a file cannot be read; those before it have been taken.
    """
    counts = dict.fromkeys(Collected._fields, 0)
    for path in files:
        for result in read_results(lines_of(path)):
            counts[_take(store, result, final=final)] += 1
    return Collected(**counts)


def _take(store: Store, result: Result, *, final: bool) -> str:
    key = result.custom_id
    if key is None:
        return "broken"
    if not store.expects(key):
        known = store.get(key) is not None or store.result(key) is not None
        return "repeated" if known else "unknown"
    if result.body is None and not final:
        return "failed"
    store.take(key, result.model_dump_json())
    return "failed" if result.body is None else "accepted"
