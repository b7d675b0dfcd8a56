"""``make bench``: 400 generations by Candor's harness and by its peers, at 100 ms and 32 in flight, in the same rounds.

Then the same with faults, 800 calls with a judge beside a bare loop over ``AsyncOpenAI``, and a run of what is there
already. CPU is that of a fresh process and its children, start included; every figure is the median of interleaved
rounds, and calls are counted by the provider. The peers do four string checks a reply; Candor fills, guards, scores
and writes down every draft in the same time. Left out: wall times to rely on, which an idle machine alone can give.
"""

import argparse
import statistics
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench_eval.made import CASES, make
from tests.bench_eval.measured import Cost, FailedError, measure, provider
from tests.bench_eval.peers import PEERS, PROMPTFOO, Peer, install
from tests.bench_eval.server import FAULTS, SECONDS
from tests.bench_eval.work import Work

OURS, BARE = "Candor", "AsyncOpenAI, bare"
_IN_FLIGHT = 32

Way = Callable[[Path], list[str]]
"""From an empty folder to the command that does the work there."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as place:
        work = make(Path(place))
        with provider(work.replies) as url:
            ways = {**plain(work, url), **{peer.name: way_of(peer, work, url) for peer in here()}}
            calls = 2 * CASES
            print(f"\n{calls} generations, ideal {calls * SECONDS / _IN_FLIGHT:.2f} s wall; medians of {rounds} rounds")
            table(ways, url, rounds)
            told = ", ".join(f"{share:.0%} {name}" for name, share in FAULTS.items())
            print(f"\nThe same under faults ({told})")
            table(ways, url, 1, FAULTS)
            print(
                f"\nWith a judge, {2 * calls} calls; Candor is to stay within 1.15 times the wall and 1.2 times the CPU"
            )
            table(plain(work, url, "--judge"), url, rounds)
            print("\nOnce more, with everything there already")
            again(work, url, rounds)


def plain(work: Work, url: str, *more: str) -> dict[str, Way]:
    """Candor and the floor."""
    ours = [sys.executable, "-m", "tests.bench_eval.ours", str(work.place), f"{url}/v1"]
    bare = [sys.executable, "-m", "tests.bench_eval.bare", str(work.sent), f"{url}/v1", *more]
    return {OURS: lambda place: [*ours, str(place / "run"), *more], BARE: lambda _: bare}


def here() -> Iterable[Peer]:
    """The peers that could be installed."""
    for peer in PEERS:
        if install(peer):
            yield peer
        else:
            print(f"{peer.package} could not be installed (no network?)")


def way_of(peer: Peer, work: Work, url: str, *more: str) -> Way:
    """How a peer does the work."""
    command = peer.command(str(work.sent), f"{url}/v1", *more)
    return lambda _: command


def table(ways: Mapping[str, Way], url: str, rounds: int, faults: Mapping[str, float] | None = None) -> None:
    """A line a way, with ratios to Candor's."""
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            with TemporaryDirectory() as place:
                one = tried(name, url, way(Path(place)), faults or {}, Path(place))
            found[name] += [one] if one else []
    floor = found[OURS]
    for name, costs in found.items():
        if costs and floor:
            print(line(name, costs, floor))


def tried(name: str, url: str, command: list[str], faults: Mapping[str, float], place: Path) -> Cost | None:
    """One measure; a tool that fails is said to."""
    try:
        return measure(url, command, faults, place)
    except FailedError as error:
        print(f"{name} did not finish: {error}")
    return None


def line(name: str, costs: list[Cost], floor: list[Cost]) -> str:
    """Medians, and how many times Candor's they are."""
    cpu, wall = (statistics.median(getattr(cost, field) for cost in costs) for field in ("cpu", "wall"))
    our_cpu, our_wall = (statistics.median(getattr(cost, field) for cost in floor) for field in ("cpu", "wall"))
    last = costs[-1]
    counted = f"{last.calls:4} calls, {last.most:2} in flight, {last.kept:3} kept"
    ratios = f"CPU {cpu:6.2f} s {cpu / our_cpu:5.2f} x   wall {wall:6.2f} s {wall / our_wall:5.2f} x"
    return f"{name:<20}{ratios}   {counted}{'; ' * bool(last.note)}{last.note}"


def again(work: Work, url: str, rounds: int) -> None:
    """Both that keep replies, run twice in the same folder; the second time is told."""
    ways = {OURS: plain(work, url)[OURS]}
    if install(PROMPTFOO):
        ways[PROMPTFOO.name] = way_of(PROMPTFOO, work, url, "cached")
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    for name, way in ways.items():
        with TemporaryDirectory() as place:
            for _ in range(rounds + 1):
                one = tried(name, url, way(Path(place)), {}, Path(place))
                found[name] += [one] if one else []
    for name, costs in found.items():
        if costs[1:]:
            print(line(name, costs[1:], found[OURS][1:]))


if __name__ == "__main__":
    main()
