"""The provider-file engine's two ends: requests that wait go out as files, result files come in.

A file holds no more than the provider takes. All requests of a run are for its one model, so each file is, too. A
result is kept first and looked at by the next run, which turns it into a call or into the error that it tells of. So
results may come in any order, in parts and twice. What this leaves out: uploading (``exchange``).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.reasons import Reasons
from pipeline.batch.sent import away
from pipeline.batch.store import Store
from pipeline.llm.files import Result, lines_of, read_results
from pipeline.outbox.folder import Folder

REQUESTS = "requests.jsonl"
_AT_ONCE = 200  # results in one commit
_OURS = re.compile(r"requests(-[0-9]+)?\.jsonl")


class Limits(NamedTuple):
    """What one file may hold, as the provider says: lines, and bytes. A request that is longer has its own file."""

    lines: int = 50_000
    bytes: int = 200_000_000


class Waiting(NamedTuple):
    """Requests that have no reply: in all, how many of them are at the provider, and the files that hold the others."""

    requests: int = 0
    away: int = 0
    files: tuple[str, ...] = ()


class Collected(NamedTuple):
    """What result files held, in lines: new replies, known ones, failures, strangers, and lines that are no results.

    ``reasons`` are those of the failures, each with its number, the most frequent first.
    """

    accepted: int = 0
    repeated: int = 0
    failed: int = 0
    unknown: int = 0
    broken: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


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


def request_files(folder: Path) -> list[str]:
    """The names of the files of requests that lie in an output folder, in their order."""
    names = (path.name for path in folder.glob("requests*.jsonl") if _OURS.fullmatch(path.name))
    return sorted(names, key=lambda name: (len(name), name))


def write_requests(store: Store, pending: Mapping[str, str], limits: Limits = Limits()) -> Waiting:  # noqa: B008 - a value
    """Write what waits, sorted by key, and note in the store that it was asked for; what is at the provider stays out.

    The file is ``requests.jsonl`` (mode 0600), or several are ``requests-1.jsonl`` and so on; those of an earlier round
    go. Equal requests give equal bytes.

    Raises:
        OutputError: the folder cannot be written.
    """
    store.expect(pending)
    gone = away(store)
    parts = list(_split(pending, [key for key in sorted(pending) if key not in gone], limits))
    names = [REQUESTS] if len(parts) == 1 else [f"requests-{number}.jsonl" for number in range(1, len(parts) + 1)]
    folder = Folder(store.folder)
    for name, keys in zip(names, parts, strict=True):
        with folder.open(name) as file:
            file.writelines(f"{pending[key]}\n".encode() for key in keys)
    for name in set(request_files(store.folder)) - set(names):
        folder.remove(name)
    return Waiting(len(pending), len(pending) - sum(map(len, parts)), tuple(names))


def _split(pending: Mapping[str, str], keys: Sequence[str], limits: Limits) -> Iterator[list[str]]:
    """The keys of each file."""
    part: list[str] = []
    held = 0
    for key in keys:
        size = len(pending[key].encode()) + 1
        if part and (len(part) >= limits.lines or held + size > limits.bytes):
            yield part
            part, held = [], 0
        part.append(key)
        held += size
    if part:
        yield part


def take(store: Store, files: Sequence[Path], *, final: bool = False) -> Collected:
    """Keep the results that ``files`` hold for this store's requests.

    A failed result leaves its request waiting, so that the next file asks again; with ``final`` the failure stands, and
    ends its message.

    Raises:
        UsageError: a file cannot be read; those before it have been taken.
    """
    counts, taking = Counter[str](), _Taking(store, final=final)
    for path in files:
        for result in read_results(lines_of(path)):
            counts[taking.kind(result)] += 1
        taking.keep()
    return Collected(**counts, reasons=taking.reasons.most())


class _Taking:
    """Results on their way into a store, some at a time: a commit for each would take as long as the batch."""

    def __init__(self, store: Store, *, final: bool) -> None:
        self._store, self._final = store, final
        self._taken: dict[str, str] = {}
        self._blamed: dict[str, str] = {}
        self.reasons = Reasons()

    def kind(self, result: Result) -> str:
        """Take a result; the field of ``Collected`` that it counts for."""
        key = result.custom_id
        if key is None:
            return "broken"
        if key in self._taken:
            return "repeated"
        if not self._store.expects(key):
            known = self._store.get(key) is not None or self._store.result(key) is not None
            return "repeated" if known else "unknown"
        failed = result.body is None
        if failed:
            self.reasons.add(result.error or "no reason is given")
        (self._blamed if failed and not self._final else self._taken)[key] = result.model_dump_json()
        if len(self._taken) + len(self._blamed) >= _AT_ONCE:
            self.keep()
        return "failed" if failed else "accepted"

    def keep(self) -> None:
        """Write what is on its way."""
        self._store.blame(self._blamed)
        self._store.take(self._taken)
        self._taken, self._blamed = {}, {}
