"""``kill -9`` of the driver of a Ray cluster, at random moments, then a run to the end.

``python -m tests.torture.ray_kills [--runs N] [--kills N] [--messages N] [--seed N]``, with Ray installed. Of a run
that was killed it is asked what of any other: one row a message, the drafts of a run that nobody killed and that knew
no Ray, and no more calls paid twice than could be in flight. Since killing a driver ends no cluster, it is also told
how many calls its workers made after it was gone, and for how long. Left out: a cluster of several machines.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.torture import serving
from tests.torture.mails import write_mbox
from tests.torture.page import tell
from tests.torture.provider import Options
from tests.torture.serving import ROOT, Served

WORKERS, IN_FLIGHT = 2, 16
_OPTIONS = Options(latency=0.1, jitter=0.5)
_PATIENCE = 600  # seconds for one run
_QUIET = 3.0  # seconds without a call after which the workers are taken to be gone


class Work(NamedTuple):
    """What is to be done: the mails, how many, and what comes of them."""

    served: Served
    place: Path
    mbox: Path
    messages: int
    files: dict[str, bytes]


class Kill(NamedTuple):
    """One kill: calls paid before it, calls begun after it and for how long, calls in flight when the workers ended."""

    paid: int
    after: int
    seconds: float
    flying: int


class Trial(NamedTuple):
    """A run that was killed and then left to its end: rows and distinct keys, whether all is the same, calls again."""

    kills: list[Kill]
    rows: int
    keys: int
    same: bool
    again: int

    def holds(self, messages: int) -> bool:
        """Whether nothing was lost, doubled or changed, and nothing paid beyond what could be in flight."""
        return self.rows == self.keys == messages and self.same and self.again <= len(self.kills) * IN_FLIGHT


def work(served: Served, place: Path, messages: int) -> Work:
    """Make the mails and do them once, on this machine alone and unkilled."""
    mbox = place / "in.mbox"
    write_mbox(mbox, messages)
    served.reset(_OPTIONS)
    one = Work(served, place, mbox, messages, {})
    _whole(one, place / "unkilled")
    return one._replace(files=_files(place / "unkilled"))


def trial(work: Work, moments: Sequence[int]) -> Trial:
    """A run killed once the provider has had so many calls of it, and again, and then left to its end."""
    work.served.reset(_OPTIONS)
    with TemporaryDirectory(dir=work.place) as folder:
        out = Path(folder) / "out"
        kills = [found for moment in moments if (found := killed(work, out, moment))]
        _whole(work, out, "--engine", "ray", "--workers", str(WORKERS))
        keys = [json.loads(line)["key"] for line in (out / "outcomes.jsonl").read_text("utf-8").splitlines()]
        same, left = _files(out) == work.files, [path.name for path in (out / "cluster").iterdir()]
    print(f"left in cluster/: {left}", flush=True)
    return Trial(kills, len(keys), len(set(keys)), same, work.served.stats().again)


def killed(work: Work, out: Path, calls: int) -> Kill | None:
    """What a kill at that moment came to; None if the run ended before."""
    command, env = _command(work, out, "--engine", "ray", "--workers", str(WORKERS))
    dropped = work.served.stats().dropped
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while work.served.stats().calls < calls and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        gone = time.monotonic()
        if process.wait() != -signal.SIGKILL:
            return None
    before = after = work.served.stats()
    last = heard = gone
    while time.monotonic() - heard < _QUIET:
        now = work.served.stats()
        if (now.calls, now.now) != (after.calls, after.now):
            heard = time.monotonic()
            last = heard if now.calls != after.calls else last
        after = now
        time.sleep(0.05)
    return Kill(before.whole, after.calls - before.calls, last - gone, after.dropped - dropped)


def _whole(work: Work, out: Path, *more: str) -> None:
    command, env = _command(work, out, *more)
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    assert not done.returncode, done.stderr[-1000:]
    print(*(line for line in done.stderr.splitlines() if " calls in " in line), flush=True)


def _files(out: Path) -> dict[str, bytes]:
    """The drafts by name."""
    return {path.name: path.read_bytes() for path in sorted((out / "drafts").glob("*.eml"))}


def _command(work: Work, out: Path, *more: str) -> tuple[list[str], dict[str, str]]:
    env = serving.environment(work.place, work.served.url, connections=IN_FLIGHT)
    return serving.batch(work.mbox, out, work.served.url, *more), env


def main() -> int:
    """Print and keep the table; 1 if anything was lost, doubled or changed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--kills", type=int, default=5, help="a run")
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    chance, trials = random.Random(asked.seed), list[Trial]()
    with TemporaryDirectory() as folder, serving.provider(_OPTIONS) as served:
        one = work(served, Path(folder), asked.messages)
        calls = served.stats().calls
        for _ in range(asked.runs):
            trials.append(trial(one, sorted(chance.randrange(calls) for _ in range(asked.kills))))
            print(trials[-1], flush=True)
    rows = [["run", "kills", "one row each", "same drafts", "calls begun after a kill", "for at most",
             "in flight at the workers' end", "paid twice"]]  # fmt: skip
    rows += [_row(number, each, asked.messages) for number, each in enumerate(trials, 1)]
    note = (
        f"{asked.messages} messages, two calls each of 50 to 150 ms, {WORKERS} workers on one machine that share "
        f"{IN_FLIGHT} calls in flight; the drafts are those of a run without Ray. Ray ends the workers of a "
        "driver that is gone; in flight are the calls that the provider had in hand then. A call is also paid twice if "
        "its answer was on its way, or not yet on disk."
    )
    tell("torture", "Ray: the driver killed at random moments", rows, note)
    return int(not all(each.holds(asked.messages) for each in trials))


def _row(number: int, trial: Trial, messages: int) -> list[str]:
    right = "yes" if trial.rows == trial.keys == messages else "no"
    flying, after = sum(kill.flying for kill in trial.kills), sum(kill.after for kill in trial.kills)
    longest = max((kill.seconds for kill in trial.kills), default=0.0)
    counts = [str(after), f"{longest:.1f} s", str(flying), str(trial.again)]
    return [str(number), str(len(trial.kills)), right, "yes" if trial.same else "no", *counts]


if __name__ == "__main__":
    sys.exit(main())
