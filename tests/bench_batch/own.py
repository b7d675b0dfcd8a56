"""Our own cost without the network: a model in the same process that answers at once, and where the CPU goes.

What a message costs is the slope between two runs, so that the start is in none of it.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench_batch.inside import Told
from tests.torture.mails import write_mbox
from tests.torture.page import tell
from tests.torture.serving import ROOT

MOST_MS = 3.0
_PART = 10


def inside(mbox: Path, out: Path, *more: Path) -> Told:
    """A run in a process of its own."""
    command = [sys.executable, "-m", "tests.bench_batch.inside", *map(str, (mbox, out, *more))]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert not said.returncode, said.stderr[-2000:]
    return Told(*json.loads(said.stdout.strip().split("\n")[-1]))


def own(messages: int) -> None:
    """Measure, print and keep the table."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for name, count in (("few", messages // _PART), ("all", messages)):
            write_mbox(place / f"{name}.mbox", count)
        few = inside(place / "few.mbox", place / "few")
        whole = inside(place / "all.mbox", place / "all")
        inside(place / "all.mbox", place / "looked", place / "shares.json")
        shares: dict[str, int] = json.loads((place / "shares.json").read_text("utf-8"))
    more = whole.messages - few.messages
    message = 1000 * (whole.cpu - few.cpu) / more
    reader = 1000 * (whole.reader_cpu - few.reader_cpu) / more
    all_ = sum(shares.values())
    rows = [["of a message's CPU", "share", "ms"]]
    for room, count in sorted(shares.items(), key=lambda item: -item[1]):
        rows.append([room, f"{count / all_:.0%}", f"{count / all_ * 1000 * whole.cpu / messages:.2f}"])
    rows.append(["in all, start included", "100%", f"{1000 * whole.cpu / messages:.2f}"])
    rows.append(["in all, without the start", "", f"{message:.2f}"])
    note = (
        f"{messages:,} messages, two calls each, answered at once in the same process; the stand-in's own time is "
        f"taken off the last two lines. The child that reads mail takes {reader:.2f} ms a message beside. Own cost is "
        f"to stay within {MOST_MS:g} ms."
    )
    tell("bench", "Own cost without the network", rows, note)
