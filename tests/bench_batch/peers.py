"""The peers: LangChain and Ray Data, each in an environment of its own below ``.servers/bench_batch``.

They are no dependency of ours. What can't be installed is left out of the table, with a word.
"""

import subprocess
import venv
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / ".servers" / "bench_batch"
_TOOLS = Path(__file__).parent / "tools"


class Peer(NamedTuple):
    """A tool: what it is called, its package with the version, and its file of ``tools/``."""

    name: str
    package: str
    tool: str

    @property
    def python(self) -> Path:
        """Who runs it."""
        return FOLDER / self.package.partition("==")[0].partition("[")[0] / "bin" / "python"

    def command(self, *arguments: str) -> list[str]:
        """What gives it the work."""
        return [str(self.python), str(_TOOLS / self.tool), *arguments]


PEERS = (
    Peer("LangChain abatch", "langchain-openai==1.7.3", "langchain_tool.py"),
    Peer("Ray Data, own gate", "ray[data]==2.60.0", "ray_tool.py"),
)


def install(peer: Peer) -> bool:
    """Whether it is here, or could be fetched."""
    place = peer.python.parents[1]
    ready = place / ".ready"
    if ready.is_file():
        return True
    venv.create(place, with_pip=True)
    command = [str(peer.python), "-m", "pip", "install", "--quiet", peer.package, "openai"]
    if subprocess.run(command, cwd=place, check=False, capture_output=True).returncode:
        return False
    ready.touch()
    return True
