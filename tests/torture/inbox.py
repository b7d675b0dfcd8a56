"""``make torture``, the inbox's part: all mail at hand, then mutations of it, from the splitter to the message.

``python -m tests.torture.inbox [N [SEED]]`` takes N inputs (default 100,000) through source, head and reading, on all
CPUs. Nothing but ``UnreadableError`` may come out, and nothing may take long; an input comes back by its number. Left
out: the worker's limits, which would hide what is sought here.
"""

import io
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.errors import UnreadableError
from pipeline.inbox import mbox
from pipeline.inbox.headers import read_head
from pipeline.inbox.read import from_bytes, read
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Own, screen
from pipeline.types.message import Message
from tests.inbox.corpora import MAIL, files, rows
from tests.inbox.letters import mail, multipart, text
from tests.torture.mutations import mutated

SEED = 20_261_122
SLOW = 2.0  # CPU seconds that are told of
_LARGEST = 40_000  # bytes of a mail that is mutated
_CHUNK = 250


class Ending(NamedTuple):
    """How one input ended: ``read``, ``refused`` or the name of an exception; CPU seconds; what was done to it."""

    number: int
    ending: str
    seconds: float
    done: tuple[str, ...]


@cache
def seeds() -> list[bytes]:
    """Real mail where it lies beside the project, else a few letters of our own."""
    if MAIL.is_dir():
        return [data for _, data in files() if 0 < len(data) <= _LARGEST]
    return [mail(), multipart("alternative", text("hello"), text("<p>hello</p>", "html"))]


def torture(number: int, seed: int = SEED) -> Ending:
    """One input, as an mbox of mails and as one mail at hand."""
    data, done = mutated(seeds(), number, seed)
    start = time.process_time()
    try:
        ending = "read" if _taken(data) else "refused"
    except Exception as error:  # noqa: BLE001 - this is what is sought
        ending = f"{type(error).__name__}: {error}"[:100]
    return Ending(number, ending, time.process_time() - start, done)


def _taken(data: bytes) -> int:
    """How many messages come of ``data``."""
    messages = 0
    for seq, one in enumerate(mbox.split(io.BytesIO(data))):
        messages += _read(Raw(seq, f"x.mbox#{seq + 1}", one))
    try:
        from_bytes(data, "stdin")
    except UnreadableError:
        return messages
    return messages + 1


def _read(raw: Raw) -> bool:
    try:
        message = read(raw, screen([read_head(raw)], Own()).popitem()[1])
    except UnreadableError:
        return False
    assert Message.model_validate_json(message.model_dump_json()) == message, "it can be stored"
    return True


def run(count: int, seed: int = SEED, processes: int | None = None) -> Iterator[Ending]:
    """The endings of ``count`` inputs, in any order."""
    with multiprocessing.get_context("spawn").Pool(processes or os.cpu_count()) as pool:
        yield from pool.imap_unordered(_one, ((number, seed) for number in range(count)), _CHUNK)


def _one(job: tuple[int, int]) -> Ending:
    return torture(*job)


def main() -> int:
    """Print how all ended; 1 if anything broke."""
    count, seed = (int(given) for given in (*sys.argv[1:3], *("100000", str(SEED))[len(sys.argv) - 1 :]))
    if MAIL.is_dir():
        found = rows(files())
        slowest = max(found, key=lambda row: row.seconds)
        read_ = sum(row.message is not None for row in found)
        print(f"all mail at hand: {len(found)} files, {read_} messages, {len(found) - read_} refused in a sentence")
        print(f"  slowest {slowest.seconds:.2f} s of CPU: {slowest.name}")
    print(f"{count:,} inputs, seed {seed}")
    start, cpu, broken, slow = time.monotonic(), 0.0, list[Ending](), list[Ending]()
    endings: Counter[str] = Counter()
    worst = Ending(-1, "", 0.0, ())
    for ending in run(count, seed):
        kind = ending.ending if ending.ending in {"read", "refused"} else "BROKEN"
        endings[kind] += 1
        cpu += ending.seconds
        worst = max(worst, ending, key=lambda one: one.seconds)
        broken += [ending] if kind == "BROKEN" else []
        slow += [ending] if ending.seconds > SLOW else []
    for kind, number in endings.most_common():
        print(f"  {kind:8}{number:9,}")
    print(f"  slowest {worst.seconds:.2f} s of CPU: input {worst.number} ({', '.join(worst.done)})")
    print(f"  {cpu:,.0f} s of CPU, {time.monotonic() - start:,.0f} s in all")
    for ending in [*broken[:20], *slow[:10]]:
        print(f"  input {ending.number}: {ending.ending}, {ending.seconds:.1f} s ({', '.join(ending.done)})")
    return int(bool(broken) or worst.seconds > 10)


if __name__ == "__main__":
    sys.exit(main())
