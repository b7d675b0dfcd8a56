"""The peers: where each is installed, and the command that gives it the work. They are no dependency of ours.

Each has an environment of its own below ``.servers/bench_eval``, because their packages contradict ours, and is run in
its own way by a file of ``tools/``. What can't be installed is left out of the table, with a word. Left out: their
judges.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / ".servers" / "bench_eval"
_TOOLS = Path(__file__).parent / "tools"
_OPENAI = "openai==3.54.0"


class Peer(NamedTuple):
    """A tool: its package with the version, and its file of ``tools/``."""

    package: str
    tool: str

    @property
    def name(self) -> str:
        """The package without its version."""
        return self.package.partition("=")[0].partition("@")[0]

    @property
    def python(self) -> Path:
        """Who runs it; the one that is a program of its own is only called."""
        return Path(sys.executable) if self.name == "promptfoo" else FOLDER / self.name / "bin" / "python"

    def command(self, *arguments: str) -> list[str]:
        """What gives it the work."""
        return [str(self.python), str(_TOOLS / self.tool), *arguments]


PROMPTFOO = Peer("promptfoo@0.121.20", "promptfoo_tool.py")
PEERS = (
    PROMPTFOO,
    Peer("inspect-ai==0.3.285", "inspect_ai_tool.py"),
    Peer("deepeval==4.3.1", "deepeval_tool.py"),
    Peer("pydantic-evals==2.62.0", "pydantic_evals_tool.py"),
)


def install(peer: Peer) -> bool:
    """Whether it is here, or could be fetched."""
    place = FOLDER / peer.name
    ready = place / ".ready"
    if ready.is_file():
        return True
    place.mkdir(parents=True, exist_ok=True)
    commands = [_npm(peer.package)] if peer is PROMPTFOO else _pip(place, peer.package)
    for command in commands:
        if not command or subprocess.run(command, cwd=place, check=False, capture_output=True).returncode:
            return False
    ready.touch()
    return True


def _npm(package: str) -> list[str]:
    npm = shutil.which("npm")
    return [npm, "install", "--silent", "--no-audit", "--no-fund", package] if npm else []


def _pip(place: Path, package: str) -> list[list[str]]:
    venv.create(place, with_pip=True)
    return [[str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", package, _OPENAI]]
