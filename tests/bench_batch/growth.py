"""Growth: the same work at several sizes, with the model in the same process; then each once more, warm.

An inbox holds newsletters and copies too. Time is CPU of this process a message, from slope to slope: between no mail
and the first size, and between each size and the next. A warm run asks the model nothing.
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
    found = [_size(count) for count in sizes]
    rows = [[
        "messages", "calls", "wall s", "ms a message", "CPU ms a message", "memory MB", "reader's MB",
        "warm: calls", "warm: wall s", "warm: memory MB",
    ]]  # fmt: skip
    for size in found:
        first, warm = size.first, size.warm
        rows.append([
            f"{size.mails:,}", f"{first.calls:,}", f"{first.seconds:.1f}", f"{1000 * first.seconds / size.mails:.2f}",
            f"{1000 * first.cpu / size.mails:.2f}", f"{first.memory:.0f}", f"{first.reader_memory:.0f}",
            f"{warm.calls}", f"{warm.seconds:.1f}", f"{warm.memory:.0f}",
        ])  # fmt: skip
    note = (
        "The model answers at once in the same process, and its time is taken off the CPU. A tenth of the mails are "
        "newsletters, a twentieth are copies. Time a message is to be flat within 10%, memory flat, and a warm run to "
        "make no call."
    )
    tell("bench", "Growth", rows, note)


def _size(count: int) -> Size:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        write_mbox(place / "in.mbox", count, mixed=True)
        first = inside(place / "in.mbox", place / "out")
        return Size(count, first, inside(place / "in.mbox", place / "out"))
