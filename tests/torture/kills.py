"""``make torture``: ``kill -9`` at random moments of a run, each time followed by a run to the end.

``python -m tests.torture.kills [--kills N] [--messages N] [--seed N]``. After each: every message has exactly one row,
the drafts are byte for byte those of a run that nobody killed, and no more calls were paid twice than were in flight,
all counted from outside: by the provider and in the files written. A moment is drawn from the whole length of a run:
a tenth of them fall into its start and a tenth behind its last call. Left out: a crash of the machine.
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

IN_FLIGHT = 16
_OPTIONS = Options(latency=0.1, jitter=0.5)
_PATIENCE = 300  # seconds for one run


class Work(NamedTuple):
    """What is to be done: the mails, how many, and what comes of them."""

    served: Served
    place: Path
    mbox: Path
    messages: int
    drafts: dict[str, bytes]


class Moment(NamedTuple):
    """When to kill: so many seconds after the provider has had so many calls of this run in all."""

    calls: int
    seconds: float


class Trial(NamedTuple):
    """One run that was killed ``kills`` times: rows and distinct keys at its end, whether all drafts are the same.

    ``again`` is how many calls were paid twice, ``dropped`` how many the provider had in hand at the kills; ``before``
    the calls paid before the last kill.
    """

    kills: int
    rows: int
    keys: int
    same: bool
    again: int
    dropped: int
    before: int

    def holds(self, messages: int) -> bool:
        """Whether nothing was lost, doubled or changed, and nothing paid beyond what was in flight."""
        return self.rows == self.keys == messages and self.same and self.again <= self.kills * IN_FLIGHT


def work(served: Served, place: Path, messages: int) -> Work:
    """Make the mails and do them once, unkilled."""
    mbox = place / "in.mbox"
    write_mbox(mbox, messages)
    served.reset(_OPTIONS)
    _whole(served, place, mbox, place / "unkilled")
    return Work(served, place, mbox, messages, drafts(place / "unkilled"))


def moments(chance: random.Random, messages: int, kills: int) -> list[Moment]:
    """Random moments of one run, in their order."""
    found = []
    for _ in range(kills):
        place, calls = chance.random(), 2 * messages
        if place < 0.1:  # while it starts
            found.append(Moment(0, chance.uniform(0, 2)))
        elif place < 0.9:
            found.append(Moment(chance.randrange(1, calls), chance.uniform(0, 0.1)))
        else:  # the last answers, the export
            found.append(Moment(calls, chance.uniform(0, 1)))
    return sorted(found)


def trial(work: Work, moments: Sequence[Moment]) -> Trial | None:
    """A run killed at each of ``moments``, then left to its end; None if it was too quick."""
    work.served.reset(_OPTIONS)
    with TemporaryDirectory(dir=work.place) as folder:
        out = Path(folder) / "out"
        for moment in moments:
            if not killed(work, out, moment):
                return None
        before = work.served.stats()
        _whole(work.served, work.place, work.mbox, out)
        after = work.served.stats()
        keys = [json.loads(line)["key"] for line in (out / "outcomes.jsonl").read_text("utf-8").splitlines()]
        same = drafts(out) == work.drafts
    return Trial(len(moments), len(keys), len(set(keys)), same, after.again, before.dropped, before.whole)


def drafts(out: Path) -> dict[str, bytes]:
    """The drafts of an output folder, by name."""
    return {path.name: path.read_bytes() for path in sorted((out / "drafts").glob("*.eml"))}


def killed(work: Work, out: Path, moment: Moment) -> bool:
    """Whether the run could be killed before its end."""
    command, env = _command(work.served, work.place, work.mbox, out)
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while work.served.stats().calls < moment.calls and process.poll() is None:
            time.sleep(0.02)
        time.sleep(moment.seconds)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def _whole(served: Served, place: Path, mbox: Path, out: Path) -> None:
    command, env = _command(served, place, mbox, out)
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    assert not done.returncode, done.stderr[-1000:]


def _command(served: Served, place: Path, mbox: Path, out: Path) -> tuple[list[str], dict[str, str]]:
    env = serving.environment(place, served.url, connections=IN_FLIGHT)
    return serving.batch(mbox, out, served.url), env


def main() -> int:
    """Print and keep the table; 1 if anything was lost, doubled or changed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--messages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    single, several = list[Trial](), list[Trial]()
    with TemporaryDirectory() as folder, serving.provider(_OPTIONS) as served:
        one = work(served, Path(folder), asked.messages)
        while len(single) < asked.kills:
            found = trial(one, moments(chance, asked.messages, 1))
            single += [found] if found else []
        while sum(each.kills for each in several) < asked.kills // 2:
            found = trial(one, moments(chance, asked.messages, 5))
            several += [found] if found else []
    named = {"one kill a run": single, "five kills a run": several}
    rows = [["", "runs", "kills", "one row each", "same drafts", "calls paid before", "in flight", "paid twice"]]
    rows += [_row(name, trials, asked.messages) for name, trials in named.items()]
    note = (
        f"{asked.messages} messages, two calls each of 50 to 150 ms, {IN_FLIGHT} in flight. In flight: calls that the "
        "provider had in hand when the process was gone; a call is also paid twice if its answer was on its way or not "
        f"yet on disk. At most in one run: {max(each.again for each in single)} paid twice."
    )
    tell("torture", "Killed at random moments", rows, note)
    return int(not all(each.holds(asked.messages) for each in (*single, *several)))


def _row(name: str, trials: Sequence[Trial], messages: int) -> list[str]:
    right = sum(each.rows == each.keys == messages for each in trials)
    sums = [sum(getattr(each, field) for each in trials) for field in ("kills", "before", "dropped", "again")]
    kills, before, dropped, again = map(str, sums)
    return [name, str(len(trials)), kills, str(right), str(sum(t.same for t in trials)), before, dropped, again]


if __name__ == "__main__":
    sys.exit(main())
