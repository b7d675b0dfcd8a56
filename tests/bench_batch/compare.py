"""The same calls by ``candor batch``, a bare loop over ``AsyncOpenAI``, LangChain and Ray Data, in interleaved rounds.

The provider waits 100 ms a call; 64 are in flight. Candor reads an mbox, decides, guards, stores and writes every draft
in that time, and its figures are those of the whole command; the others get the bodies that it sent. Left out of the
bare loop's figures: to read the bodies.
"""

import statistics
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench_batch.measured import Cost, FailedError, environment, other, ours
from tests.bench_batch.peers import PEERS, Peer, install
from tests.torture import serving
from tests.torture.mails import write_mbox
from tests.torture.page import tell
from tests.torture.provider import Options
from tests.torture.serving import Served

CANDOR, BARE = "Candor", "AsyncOpenAI, bare loop"
IN_FLIGHT, SECONDS = 64, 0.1
MOST_WALL, MOST_CPU = 1.15, 1.3


class Bench(NamedTuple):
    """Where it happens, and what is asked."""

    served: Served
    place: Path
    mbox: Path
    sent: Path


Way = Callable[[Bench], Cost]


def compare(messages: int, rounds: int) -> None:
    """Measure all, print and keep the table."""
    options = Options(latency=SECONDS)
    with TemporaryDirectory() as folder, serving.provider(options) as served:
        place = Path(folder)
        bench = Bench(served, place, place / "in.mbox", place / "sent.jsonl")
        write_mbox(bench.mbox, messages)
        _candor(bench, Options(latency=0.0, keep=str(bench.sent)))
        found: dict[str, list[Cost]] = {name: [] for name in ways()}
        for _ in range(rounds):
            for name, way in ways().items():
                try:
                    found[name].append(way(bench))
                except FailedError as error:
                    print(f"{name} did not finish: {error}", file=sys.stderr)
    title = f"{messages:,} messages, two calls each, {SECONDS * 1000:.0f} ms a call, {IN_FLIGHT} in flight"
    tell("bench", title, table({name: costs for name, costs in found.items() if costs}), _note(found, rounds))


def ways() -> dict[str, Way]:
    """All that can be run here, ours first."""
    tools: dict[str, Way] = {CANDOR: _candor, BARE: _bare}
    for peer in PEERS:
        if not install(peer):
            print(f"{peer.package} could not be installed (no network?)", file=sys.stderr)
            continue
        tools[peer.name] = partial(_peer, peer)
    return tools


def table(found: dict[str, list[Cost]]) -> list[list[str]]:
    """A row a way: medians, and how many times the bare loop's they are."""
    floor = found[BARE]
    rows = [["", "wall s", "x bare", "CPU s", "x bare", "reader's CPU s", "calls", "most in flight"]]
    for name, costs in found.items():
        wall, cpu, reader = (median(costs, field) for field in ("wall", "cpu", "reader"))
        last = costs[-1]
        rows.append([
            name, f"{wall:.2f}", f"{wall / median(floor, 'wall'):.2f}", f"{cpu:.2f}",
            f"{cpu / median(floor, 'cpu'):.2f}", f"{reader:.2f}" if reader else "", f"{last.calls:,}", f"{last.most}",
        ])  # fmt: skip
    return rows


def median(costs: Sequence[Cost], field: str) -> float:
    """Of one figure over the rounds."""
    found: list[float] = [getattr(cost, field) for cost in costs]
    return statistics.median(found)


def _candor(bench: Bench, options: Options | None = None) -> Cost:
    with TemporaryDirectory(dir=bench.place) as out:
        env = serving.environment(bench.place, bench.served.url, connections=IN_FLIGHT)
        return ours(bench.served, options or Options(latency=SECONDS), bench.mbox, Path(out) / "out", env)


def _peer(peer: Peer, bench: Bench) -> Cost:
    command = peer.command(str(bench.sent), bench.served.url, str(IN_FLIGHT))
    return other(bench.served, Options(latency=SECONDS), command, environment(bench.place), many=True)


def _bare(bench: Bench) -> Cost:
    command = [
        sys.executable, "-m", "tests.bench_batch.tools.bare", str(bench.sent), bench.served.url, str(IN_FLIGHT),
    ]  # fmt: skip
    return other(bench.served, Options(latency=SECONDS), command, environment(bench.place), many=False)


def _note(found: dict[str, list[Cost]], rounds: int) -> str:
    ideal = found[CANDOR][-1].calls * SECONDS / IN_FLIGHT
    return (
        f"Medians of {rounds} interleaved rounds; the calls alone take {ideal:.2f} s at best. Candor is the whole "
        f"command, from the mbox to the last draft. It is to stay within {MOST_WALL} times the wall and {MOST_CPU} "
        "times the CPU of the bare loop."
    )
