"""``make bench``: a large mbox through the standard library's mailbox, our splitter, the header pass, and a whole run.

``python -m tests.bench_inbox [--size MB] [--rows N]`` invents the mail, measures each reader in a process of its own in
one run, and prints mails and megabytes a second (CPU) and the peak of memory. The last reader is ``candor batch``
offline, interrupted once it has N rows; its child is told apart. Linux only: it reads ``/proc``.
"""

import argparse
import asyncio
import json
import mailbox
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

MB = 1_000_000
START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = str.split(
    "could you make the logo bigger by Friday and half of the price that we agreed on for our spring campaign as "
    "the client would like to see three more versions before the launch thanks for all your help with this"
)


class Sent(NamedTuple):
    """What later mails refer to."""

    id: str
    references: tuple[str, ...]
    client: int


def mails(size: int, seed: int = 1) -> Iterator[bytes]:
    """About ``size`` bytes of invented mail, the same for the same seed: threads, copies, lists, a few large ones."""
    chance = random.Random(seed)
    prose = " ".join(chance.choices(WORDS, k=400_000)).encode()
    recent: list[Sent] = []
    done = number = 0
    last = b""
    while done < size:
        number += 1
        data = last if last and chance.random() < 0.02 else letter(number, chance, recent, prose)
        last = data if len(data) < 20_000 else b""
        done += len(data)
        yield data


def letter(number: int, chance: random.Random, recent: list[Sent], prose: bytes) -> bytes:
    """One mail to or from the studio."""
    parent = chance.choice(recent) if recent and chance.random() < 0.4 else None
    client = parent.client if parent else chance.randrange(30_000)
    person, us = f"Ann Lee {client} <ann.{client}@client{client % 5000}.example>", "Studio <us@studio.example>"
    ours = parent is not None and chance.random() < 0.4
    references = (*parent.references, parent.id)[-10:] if parent else ()
    id_ = f"<CA+{chance.getrandbits(120):x}.{number}@mail.client{client % 5000}.example>"
    recent.append(Sent(id_, references, client))
    del recent[:-1000]
    sent = format_datetime(START + timedelta(minutes=number))
    head = [
        f"Delivered-To: us@studio.example\nReceived: by 2002:a05:{number % 9999}:b0:1 with SMTP id x;\n        {sent}",
        f"DKIM-Signature: v=1; a=rsa-sha256; d=client{client % 5000}.example; s=x;\n b={chance.getrandbits(1600):x}",
        f"From: {us if ours else person}\nTo: {person if ours else us}\nDate: {sent}\nMessage-ID: {id_}",
        f"Subject: {'Re: ' if parent else ''}=?utf-8?q?Gr=C3=BC=C3=9Fe?= about the logo {client}",
    ]
    if parent:
        head.append(f"In-Reply-To: {parent.id}\nReferences: {' '.join(references)}")
    if chance.random() < 0.1:
        head.append("List-Id: <news.example>\nList-Unsubscribe: <https://news.example/leave>")
    return "\n".join(head).encode() + body(chance, prose)


def body(chance: random.Random, prose: bytes) -> bytes:
    """Text of 0.2 to some 20 KB; one mail in 5,000 carries a file of 0.1 to 5 MB."""
    at = chance.randrange(len(prose) // 2)
    text = prose[at : at + min(int(200 + chance.lognormvariate(7.2, 1)), 20_000)]
    lines = b"\n".join(text[n : n + 72] for n in range(0, len(text), 72))
    if chance.random() >= 0.0002:
        return b"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + lines + b"\n\n"
    file = b"\n".join(
        [b"aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=" + b"QUJD" * 2]
        * chance.randrange(1_400, 69_000)
    )
    return (
        b'\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n' + lines
        + b"\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + file + b"\n--b--\n\n"
    )  # fmt: skip


def write(path: Path, size: int) -> tuple[int, int]:
    """The mbox; gives its number of mails and the size of the largest."""
    count = largest = 0
    with path.open("wb") as file:
        for data in mails(size):
            file.write(b"From ann@client.example Thu Jan  1 00:00:00 2026\n" + data)
            count, largest = count + 1, max(largest, len(data))
    return count, largest


def table_of_contents(path: Path) -> int:
    """What the standard library pays before the first mail."""
    return len(mailbox.mbox(path))


def standard(path: Path) -> int:
    """All bytes by the standard library."""
    box = mailbox.mbox(path)
    return sum(1 for key in box.iterkeys() if box.get_bytes(key))


def ours(path: Path) -> int:
    """All bytes by our splitter."""
    from pipeline.inbox.mbox import split

    with path.open("rb") as file:
        return sum(1 for data in split(file) if data)


class NoFlow:
    """Keys only."""

    def key(self, message: str, thread: str, today: date) -> str:
        """A key."""
        return f"{message} {thread} {today}"

    async def reply(self, *_: object) -> None:
        """Not called."""


def heads(path: Path) -> int:
    """The header pass: heads, copies, threads and screening, to a plan."""
    from pipeline.batch.job import Days
    from pipeline.batch.plan import Inbox, Plan
    from pipeline.batch.stop import Stop
    from pipeline.inbox.sources.inboxes import open_inbox
    from pipeline.inbox.threads import Own

    async def go() -> int:
        own = Own(frozenset({"us@studio.example"}))
        plan = Plan(Inbox(open_inbox(path), own, Days(date(2026, 11, 1))), NoFlow())  # type: ignore[arg-type]
        await plan.make(Stop())
        return sum(1 for _ in plan)

    return asyncio.run(go())


READERS: dict[str, Callable[[Path], int]] = {
    "mailbox, table of contents": table_of_contents,
    "mailbox, all bytes": standard,
    "our splitter": ours,
    "our header pass": heads,
}


def status(pid: int) -> dict[str, int]:
    """Memory of a process in bytes: now (VmRSS) and at its peak (VmHWM); empty when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split() for line in lines if line.startswith(("VmRSS", "VmHWM", "PPid")))
    return {pair[0].strip(":"): int(pair[1]) * (1024 if len(pair) > 2 else 1) for pair in pairs}


def measured(name: str, path: Path) -> dict[str, float]:
    """One reader in a process of its own."""
    command = [sys.executable, "-m", "tests.bench_inbox", "--measure", name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(name: str, path: Path) -> None:
    """In that process: print CPU seconds, wall seconds, mails, and the growth and peak of memory."""
    import os

    if name == "our header pass":
        import pipeline.batch.plan  # noqa: F401 - its start-up is not measured
    floor, begun, cpu = status(os.getpid())["VmRSS"], time.monotonic(), time.process_time()
    count = READERS[name](path)
    took = {"cpu": time.process_time() - cpu, "wall": time.monotonic() - begun, "mails": count}
    print(json.dumps({**took, "floor": floor, "peak": status(os.getpid())["VmHWM"]}))


class Watched(NamedTuple):
    """A run as seen from outside, in seconds and bytes."""

    listed: float  # until all messages are listed, the header pass's end
    first: float  # from there to the first row
    rows: float  # rows a second after that
    main: int
    child: int
    both: int  # the most that both had at one time


def watch(path: Path, folder: Path, rows: int) -> Watched:
    """``candor batch`` on the mbox until it has so many rows."""
    business = Path(__file__).parents[1] / "fixtures" / "starter"
    command = [sys.executable, "-m", "pipeline", "batch", str(path), "--out", str(folder), "--business", str(business)]
    begun, peaks, both = time.monotonic(), dict[int, int](), 0
    listed = first = last = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        done = 0
        while done < rows and process.poll() is None:
            time.sleep(0.1)
            now = {pid: status(pid) for pid in family(process.pid)}
            both = max(both, sum(one.get("VmRSS", 0) for one in now.values()))
            peaks |= {pid: one["VmHWM"] for pid, one in now.items() if "VmHWM" in one}
            passed = time.monotonic() - begun
            found, done = progress(folder / "candor.db")
            listed = listed or passed * found
            first = first or passed * bool(done)
            last = passed
        process.send_signal(signal.SIGINT)
        process.wait(120)
    main = peaks.pop(process.pid)
    return Watched(listed, first - listed, done / max(last - first, 0.1), main, max(peaks.values(), default=0), both)


def family(pid: int) -> list[int]:
    """A process and its children."""
    others = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid, *(other for other in others if status(other).get("PPid") == pid)]


def progress(database: Path) -> tuple[bool, int]:
    """Whether messages are listed, and how many have a row."""
    if not database.exists():
        return False, 0
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1) as db:
            (listed,) = db.execute("SELECT count(*) FROM (SELECT 1 FROM listing LIMIT 1)").fetchone()
            (done,) = db.execute("SELECT count(*) FROM outcomes").fetchone()
    except sqlite3.Error:
        return False, 0
    return bool(listed), int(done)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1000, help="megabytes")
    parser.add_argument("--rows", type=int, default=1000, help="rows after which the run is interrupted")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        measure(chosen.measure[0], Path(chosen.measure[1]))
        return
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "large.mbox")
        count, largest = write(path, chosen.size * MB)
        megabytes = path.stat().st_size / MB
        print(f"{megabytes:,.0f} MB, {count:,} mails, the largest {largest / MB:.1f} MB")
        for name in READERS:
            one = measured(name, path)
            print(
                f"{name:<28}{one['mails']:9,.0f} mails {one['cpu']:7.1f} s CPU {one['wall']:7.1f} s "
                f"{one['mails'] / one['cpu']:9,.0f} mails/s {megabytes / one['cpu']:7.0f} MB/s "
                f"peak {one['peak'] / MB:5.0f} MB ({(one['peak'] - one['floor']) / MB:+.0f})"
            )
        run = watch(path, Path(place, "out"), chosen.rows)
        print(
            f"candor batch, offline: all listed after {run.listed:.1f} s, the first row {run.first:.1f} s later, then "
            f"{run.rows:.0f} rows/s\npeak: program {run.main / MB:.0f} MB, its reader {run.child / MB:.0f} MB, both at "
            f"one time {run.both / MB:.0f} MB; aim {96 + 9 * largest / MB:.0f} MB"
        )


if __name__ == "__main__":
    main()
