"""Starts a program that serves HTTP on this machine, waits until it answers, and ends it: that one, nothing else."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

Command = Sequence[str | Path]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Command, ready: str, log: Path, *, seconds: float = 60, env: Mapping[str, str] | None = None
) -> Iterator[None]:
    """The program, while the block runs; ``ready`` is an address that answers once it serves."""
    with log.open("wb") as out:
        # The key is set for one test of a whole suite: it is ours, made up, and no server may take it for its own.
        own = {k: v for k, v in os.environ.items() if not k.endswith("API_KEY")}
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent, env={**own, **(env or {})})
        try:
            _await(process, ready, log, seconds)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(process: "subprocess.Popen[bytes]", ready: str, log: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(ready, timeout=2):
                return
        except urllib.error.HTTPError:
            return  # it answers; that it wants a key is its right
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"it did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
