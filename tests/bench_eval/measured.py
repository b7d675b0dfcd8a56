"""A command in a fresh process beside the provider: wall, CPU of it and its children, and what the provider counted."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import Request, urlopen


class Cost(NamedTuple):
    """Seconds, calls and most in flight as counted by the provider, replies kept; ``note`` is said beside it."""

    wall: float
    cpu: float
    calls: int
    most: int
    kept: int
    note: str = ""


class FailedError(Exception):
    """A tool that did not finish; the text is the end of what it said."""


@contextmanager
def provider(replies: Path) -> Iterator[str]:
    """The provider as long as the block lasts; gives its address."""
    command = [sys.executable, "-m", "tests.bench_eval.server", str(replies)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.stdin.close()


def measure(url: str, command: Sequence[str], faults: Mapping[str, float], place: Path, limit: int = 240) -> Cost:
    """Run ``command`` in ``place``; the last line it prints is JSON with ``kept`` and perhaps a ``note``.

    Raises:
        FailedError: it failed, or took longer than ``limit`` seconds.
    """
    asked(f"{url}/reset", faults)
    before, begun = os.times(), time.perf_counter()
    with (place / "out.txt").open("w+") as out, (place / "err.txt").open("w+") as err:
        try:
            done = subprocess.run(
                command, cwd=place, env=environment(place), stdout=out, stderr=err, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            raise FailedError(f"not done after {limit} s") from None
        wall, after = time.perf_counter() - begun, os.times()
    told = (place / "out.txt").read_text("utf-8", "replace").strip().split("\n")[-1]
    if done.returncode or not told.startswith("{"):
        said = (place / "err.txt").read_text("utf-8", "replace").strip() or told
        raise FailedError(f"exit {done.returncode}: {said[-200:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    stats = asked(f"{url}/stats")
    found = json.loads(told)
    return Cost(wall, cpu, stats["calls"], stats["most"], found["kept"], found.get("note", ""))


def asked(url: str, body: Mapping[str, float] | None = None) -> dict[str, int]:
    """A question to the provider about itself."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data=data)) as answer:
        stats: dict[str, int] = json.load(answer)
    return stats


def environment(place: Path) -> dict[str, str]:
    """No word to anybody, no state of this user, and no key but one that is none."""
    quiet = {
        "HOME": str(place),
        "OPENAI_API_KEY": "none",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONWARNINGS": "ignore",
        "NO_PROXY": "*",
        "no_proxy": "*",
        "DO_NOT_TRACK": "1",
        "PROMPTFOO_DISABLE_TELEMETRY": "1",
        "PROMPTFOO_DISABLE_UPDATE": "1",
        "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1",
        "PROMPTFOO_CONFIG_DIR": str(place / "promptfoo"),
        "PROMPTFOO_HOME": str(Path(__file__).parents[2] / ".servers" / "bench_eval" / "promptfoo"),
        "DEEPEVAL_TELEMETRY_OPT_OUT": "YES",
        "LOGFIRE_SEND_TO_LOGFIRE": "false",
    }
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **quiet}
