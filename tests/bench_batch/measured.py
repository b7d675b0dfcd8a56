"""One way of doing the work, in a process of its own beside the provider: wall, CPU, and what the provider counted.

CPU is that of the process; where a tool starts others (Ray), that of every process that carries this run's mark, as
``/proc`` shows it five times a second. Linux only.
"""

import json
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench_batch.metered import read
from tests.torture.provider import Options
from tests.torture.serving import ROOT, Served, batch

_MARK = "CANDOR_BENCH_RUN"
_TICKS = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """Seconds, calls, most in flight, replies that came whole; ``reader`` is the CPU of the child that reads mail."""

    wall: float
    cpu: float
    calls: int
    most: int
    whole: int
    reader: float = 0.0


class FailedError(Exception):
    """A way that did not finish; the text is the end of what it said."""


def ours(served: Served, options: Options, mbox: Path, out: Path, env: Mapping[str, str], *more: str) -> Cost:
    """``candor batch``, the whole command from its start to its tables.

    Raises:
        FailedError: it failed.
    """
    served.reset(options)
    told = out.parent / "used.json"
    command = batch(mbox, out, served.url, *more)
    metered = [command[0], "-m", "tests.bench_batch.metered", str(told), *command[2:]]
    wall, _ = _run(metered, env)
    used, stats = read(told), served.stats()
    return Cost(wall, used.cpu, stats.calls, stats.most, stats.whole, used.child_cpu)


def other(served: Served, options: Options, command: Sequence[str], env: Mapping[str, str], *, many: bool) -> Cost:
    """Another way; ``many`` where it starts processes of its own.

    Raises:
        FailedError: it failed.
    """
    served.reset(options)
    seen = _Seen(str(time.monotonic_ns()))
    before = os.times()
    if many:
        seen.start()
    wall, said = _run(command, {**env, _MARK: seen.mark})
    after, stats, told = os.times(), served.stats(), json.loads(said.strip().split("\n")[-1])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    cpu = seen.end() if many else cpu
    return Cost(wall - told["wall"], cpu - told["cpu"], stats.calls, stats.most, told["whole"])


def environment(place: Path) -> dict[str, str]:
    """For the others: nothing of this user, and nobody is told of anything."""
    quiet = {"HOME": str(place), "RAY_USAGE_STATS_ENABLED": "0", "LANGSMITH_TRACING": "false", "NO_PROXY": "*"}
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PYTHONWARNINGS": "ignore", **quiet}


class _Seen(threading.Thread):
    """The CPU of all processes that carry the mark, by what each had used when it was last seen."""

    def __init__(self, mark: str) -> None:
        super().__init__(daemon=True)
        self.mark = mark
        self._used: dict[str, float] = {}
        self._ended = threading.Event()

    def run(self) -> None:
        """Look around until told to end."""
        while not self._ended.wait(0.2):
            self._look()

    def end(self) -> float:
        """CPU seconds in all."""
        self._look()
        self._ended.set()
        return sum(self._used.values())

    def _look(self) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if f"{_MARK}={self.mark}".encode() in (process / "environ").read_bytes():
                    fields = (process / "stat").read_text().rpartition(")")[2].split()
                    self._used[process.name] = (int(fields[11]) + int(fields[12])) / _TICKS
            except OSError:
                continue  # it has ended, or is not ours to look at


def _run(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, str]:
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - begun
    if done.returncode:
        raise FailedError(f"exit {done.returncode}: {(done.stderr or done.stdout)[-300:]}")
    return wall, done.stdout
