"""Starts the provider as a process of its own, asks it for its counters, and runs ``candor batch`` against it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

from tests.torture.mails import BUSINESS
from tests.torture.provider import Options, Stats

ROOT = Path(__file__).parents[2]
_OPEN = build_opener(ProxyHandler({}))


class Served:
    """A provider that runs; ``url`` is its address."""

    def __init__(self, url: str) -> None:
        self.url = url

    def reset(self, options: Options) -> None:
        """Answer otherwise, and count anew."""
        self._asked("reset", options.model_dump_json().encode())

    def stats(self) -> Stats:
        """Its counters."""
        return Stats.model_validate_json(self._asked("stats"))

    def bodies(self) -> dict[str, int]:
        """How often each body was asked."""
        found: dict[str, int] = json.loads(self._asked("bodies"))
        return found

    def _asked(self, what: str, data: bytes | None = None) -> bytes:
        with _OPEN.open(Request(f"{self.url}/{what}", data=data)) as answer:
            told: bytes = answer.read()
        return told


@contextmanager
def provider(options: Options) -> Iterator[Served]:
    """A provider as long as the block lasts."""
    command = [sys.executable, "-m", "tests.torture.provider"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        served = Served(process.stdout.readline().strip())
        try:
            served.reset(options)
            yield served
        finally:
            process.kill()


def batch(mbox: Path, out: Path, url: str, *more: str) -> list[str]:
    """``candor batch`` over an mbox of made mails, each read on its own day."""
    named = ["--business", str(BUSINESS), "--model", "openai:made", "--base-url", url, "--today", "mail"]
    return [sys.executable, "-m", "pipeline", "batch", str(mbox), "--out", str(out), *named, *more]


def environment(place: Path, url: str, *, connections: int = 64, timeout: float = 60) -> dict[str, str]:
    """For that command: the address of the provider as a hosted endpoint is, that is with connections kept."""
    models = place / "models.yaml"
    host = url.split("/")[2]
    flags = f"local: true, connections: {connections}, keep_alive: true, timeout: {timeout}"
    models.write_text(f'profiles:\n  - {{name: made, host: "{host}", {flags}}}\n', "utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "HOME": str(place), "CANDOR_MODELS": str(models), "NO_PROXY": "*"}
