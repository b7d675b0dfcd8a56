"""The real servers that live outside of our own environment, each in a folder of its own below ``.servers/``.

``python -m tests.servers.install`` fills the folders. Left out: vLLM, Ollama and LM Studio, which want a graphics card
or an installer of their own; what is known of them is read, not run (docs/models.md).
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.running import Command, free_port, running

FOLDER = Path(__file__).parents[2] / ".servers"
KEY = "sk-that-must-not-be-recorded"

_PROGRAMS = {
    "llama-cpp-python": FOLDER / "llama-cpp-python/bin/python",
    "transformers": FOLDER / "transformers/bin/transformers",
    "litellm": FOLDER / "litellm/bin/litellm",
    "aimock": FOLDER / "aimock/node_modules/@copilotkit/aimock/dist/cli.js",
}


def missing(*names: str) -> str:
    """A sentence about those that are not installed; empty when all are."""
    gone = [name for name in names if not _PROGRAMS[name].exists()]
    if "aimock" in names and not shutil.which("node"):
        gone.append("node")
    return f"not installed: {', '.join(gone)} (make test-servers)" if gone else ""


@contextmanager
def llama_cpp_python(model: Path, log: Path, *, port: int = 0, context: int = 24576) -> Iterator[str]:
    """A server of llama-cpp-python with ``model``, a GGUF file. It asks no key."""
    port = port or free_port()
    options: Command = [
        "--model",
        model,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--n_ctx",
        str(context),
        "--n_threads",
        "1",
    ]
    command: Command = [_PROGRAMS["llama-cpp-python"], "-m", "llama_cpp.server", *options]
    with running(command, f"http://127.0.0.1:{port}/v1/models", log):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def transformers_serve(log: Path, *, port: int = 0) -> Iterator[str]:
    """``transformers serve``; a model's name is its folder beside the log. It asks no key and downloads nothing."""
    port = port or free_port()
    command: Command = [_PROGRAMS["transformers"], "serve", "--host", "127.0.0.1", "--port", str(port)]
    with running(command, f"http://127.0.0.1:{port}/health", log, seconds=180, env={"HF_HUB_OFFLINE": "1"}):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def litellm_proxy(log: Path, *, port: int = 0) -> Iterator[str]:
    """The LiteLLM proxy with canned answers, one a model: ``good`` and the names of its errors. It asks for ``KEY``."""
    port = port or free_port()
    answers = {
        "good": '{"kind": "discount", "quote": "20 % off", "numbers": [20]}',
        "prose": "I would rather talk about the weather.",
        "word": '{"word": "quincunx-47"}',
        "busy": "litellm.RateLimitError",
        "too-long": "litellm.ContextWindowExceededError",
        "broken": "litellm.InternalServerError",
    }
    models = [
        {"model_name": name, "litellm_params": {"model": f"openai/{name}", "api_key": "none", "mock_response": text}}
        for name, text in answers.items()
    ]
    config = log.with_name("litellm.json")  # JSON is YAML
    settings = {"model_list": models, "general_settings": {"master_key": KEY}, "router_settings": {"num_retries": 0}}
    config.write_text(json.dumps(settings), "utf-8")
    command: Command = [_PROGRAMS["litellm"], "--config", config, "--host", "127.0.0.1", "--port", str(port)]
    with running(command, f"http://127.0.0.1:{port}/health/liveliness", log, seconds=240):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def aimock(fixtures: list[dict[str, object]], log: Path, *, port: int = 0) -> Iterator[str]:
    """CopilotKit's aimock, which answers by the words of the mail. It asks for ``KEY``."""
    port = port or free_port()
    file = log.with_name("aimock.json")
    file.write_text(json.dumps({"fixtures": fixtures}), "utf-8")
    command: Command = [
        "node",
        _PROGRAMS["aimock"],
        "-p",
        str(port),
        "-f",
        file,
        "--log-level",
        "warn",
    ]
    with running(command, f"http://127.0.0.1:{port}/health", log, env={"AIMOCK_API_KEYS": KEY}):
        yield f"http://127.0.0.1:{port}/v1"
