"""``make torture``: a provider that fails in every way it can, and one that allows so many requests a second.

``python -m tests.torture.faults [--messages N]``. Every message must end in a draft or a reason, and what a limited
provider allows must be used, with hardly a call in vain; the provider counts. Left out: other limits than requests.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.torture import serving
from tests.torture.mails import write_mbox
from tests.torture.page import tell
from tests.torture.provider import Options, Stats
from tests.torture.serving import ROOT, Served

FAULTS = {"429": 0.05, "500": 0.02, "hang": 0.01, "malformed": 0.01, "truncated": 0.01, "empty": 0.01}
LEAST, MOST_WASTED = 0.9, 0.02
_TIMEOUT = 5.0  # seconds for one answer
_PATIENCE = 3600


class Ended(NamedTuple):
    """How the messages of a run ended, by draft or the kind of what went wrong; what the provider counted."""

    endings: Counter[str]
    stats: Stats
    code: int

    @property
    def rows(self) -> int:
        """Messages that ended in a draft or a reason."""
        return sum(number for ending, number in self.endings.items() if ending != "nothing")


class Limit(NamedTuple):
    """A way of a provider to limit us."""

    name: str
    options: Options

    def used(self, stats: Stats) -> float:
        """The share of what it allowed: the bucket that is full at the start, and what has flowed in since."""
        return stats.whole / (self.options.burst + self.options.rate * stats.seconds)


def run(served: Served, options: Options, messages: int, *, connections: int = 64) -> Ended:
    """A run over ``messages`` mails against a provider with ``options``."""
    served.reset(options)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        write_mbox(place / "in.mbox", messages)
        env = serving.environment(place, served.url, connections=connections, timeout=_TIMEOUT)
        command = serving.batch(place / "in.mbox", place / "out", served.url)
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
        lines = (place / "out" / "outcomes.jsonl").read_text("utf-8").splitlines()
        return Ended(Counter(map(_ending, lines)), served.stats(), done.returncode)


def _ending(line: str) -> str:
    row = json.loads(line)
    if row.get("draft"):
        writer = row["draft"]["model"]
        return "draft" if writer == "made" else f"draft of the {writer} writer"
    failure = row.get("failure")
    if failure and failure.get("message"):
        return f"{failure['stage']}: {failure['kind']}"
    return f"for a person: {row['code']}" if row.get("code") else "nothing"


def faulty(served: Served, messages: int) -> bool:
    """All faults at once; whether every message ended."""
    ended = run(served, Options(faults=FAULTS), messages)
    rows = [["ended as", "messages"], *([name, f"{n:,}"] for name, n in ended.endings.most_common())]
    drawn = ", ".join(f"{number} {name}" for name, number in sorted(ended.stats.faults.items()))
    told = ", ".join(f"{share:.0%} {name}" for name, share in FAULTS.items())
    note = (
        f"{messages:,} messages under {told}, {_TIMEOUT:g} s for an answer: {ended.stats.calls:,} calls, of which "
        f"{drawn}. {ended.rows:,} of {messages:,} ended in a draft or a reason."
    )
    tell("torture", "A provider that fails", rows, note)
    return ended.rows == messages


def limits(rate: float, burst: int) -> Sequence[Limit]:
    """With and without what a pacer may listen to."""
    plain = Options(latency=0.25, rate=rate, burst=burst)
    return (
        Limit("headers, Retry-After", plain),
        Limit("Retry-After alone", plain.model_copy(update={"headers": False})),
        Limit("neither", plain.model_copy(update={"headers": False, "retry_after": 0})),
    )


def calls(served: Served, options: Options, count: int, connections: int) -> Ended:
    """Calls alone, so that the speed of this machine is no part of it."""
    served.reset(options)
    with TemporaryDirectory() as folder:
        env = serving.environment(Path(folder), served.url, connections=connections, timeout=_TIMEOUT)
        command = [sys.executable, "-m", "tests.torture.calls", served.url, str(count), str(connections)]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    failed = int(done.stdout)
    return Ended(Counter({"reply": count - failed, "nothing": failed}), served.stats(), done.returncode)


def limited(served: Served, messages: int, rate: float, burst: int, connections: int) -> bool:
    """A provider that allows ``rate`` requests a second; whether it was used well each time."""
    rows, good = [["", "it tells", "calls", "throughput", "of what it allows", "wasted", "ended"]], True
    ways = (
        ("calls alone", lambda options: calls(served, options, 2 * messages, connections), 2 * messages),
        ("candor batch", lambda options: run(served, options, messages, connections=connections), messages),
    )
    for way, limit in product(ways, limits(rate, burst)):
        name, done, wanted = way
        ended = done(limit.options)
        stats = ended.stats
        wasted = stats.limited / stats.calls
        rows.append([
            name, limit.name, f"{stats.calls:,}", f"{stats.whole / stats.seconds:.1f} /s", f"{limit.used(stats):.0%}",
            f"{wasted:.1%}", f"{ended.rows:,} of {wanted:,}",
        ])  # fmt: skip
        good &= limit.used(stats) >= LEAST and wasted < MOST_WASTED and ended.rows == wanted
    note = (
        f"{rate:g} requests a second with a burst of {burst}, 250 ms a call, up to {connections} in flight. At least "
        f"{LEAST:.0%} of what is allowed is to be used, and less than {MOST_WASTED:.0%} of the calls wasted. The whole "
        "batch needs a machine that is free for it to keep pace; calls alone show what the pace does."
    )
    tell("torture", f"A provider that allows {rate:g} requests a second", rows, note)
    return good


def main() -> int:
    """Print and keep both tables; 1 if one falls short."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=["faulty", "limited"])
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--rate", type=float, default=120)
    parser.add_argument("--burst", type=int, default=20)
    parser.add_argument("--connections", type=int, default=200)
    asked = parser.parse_args()
    good = True
    with serving.provider(Options()) as served:
        if "faulty" in asked.parts:
            good &= faulty(served, asked.messages)
        if "limited" in asked.parts:
            good &= limited(served, asked.messages, asked.rate, asked.burst, asked.connections)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
