"""Growth: the same work at several sizes, with the model in the same process; then each once more, warm.

An inbox is mixed as a mailbox is: one mail in ten asks, one is its copy, the others are newsletters. Time a message is
without that of a run over ten mails, the start. A warm run asks the model nothing.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench_batch.inside import Told
from tests.bench_batch.own import inside
from tests.torture.mails import write_mbox
from tests.torture.page import tell


class Size(NamedTuple):
    """One size: the first run and the warm one."""

    mails: int
    first: Told
    warm: Told


def growth(sizes: Sequence[int]) -> None:
    """Measure, print and keep the table."""
    start = _size(10)
    rows = [[
        "messages", "calls", "wall s", "CPU ms a message", "reader's CPU ms", "memory MB", "reader's MB",
        "warm: calls", "warm: CPU ms a message", "warm: memory MB",
    ]]  # fmt: skip
    for size in map(_size, sizes):
        mails, first, warm = size
        rows.append([
            f"{mails:,}", f"{first.calls:,}", f"{first.seconds:.0f}", f"{_each(mails, first, start.first):.2f}",
            f"{1000 * first.reader_cpu / mails:.2f}", f"{first.memory:.0f}", f"{first.reader_memory:.0f}",
            f"{warm.calls}", f"{_each(mails, warm, start.warm):.2f}", f"{warm.memory:.0f}",
        ])  # fmt: skip
    note = (
        "The model answers at once in the same process; its time is taken off the CPU, and so is the start (a run over "
        "ten mails). One mail in ten asks, one is its copy, the others are newsletters. Time a message is to be flat "
        "within 10%, memory flat, and a warm run to make no call."
    )
    tell("bench", "Growth", rows, note)


def _each(mails: int, told: Told, start: Told) -> float:
    """CPU of a message in ms, without the start."""
    return 1000 * (told.cpu - start.cpu) / mails


def _size(count: int) -> Size:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        write_mbox(place / "in.mbox", count, mixed=True)
        first = inside(place / "in.mbox", place / "out")
        return Size(count, first, inside(place / "in.mbox", place / "out"))
