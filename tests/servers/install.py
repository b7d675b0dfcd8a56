"""Installs the servers that ``installed`` runs: ``python -m tests.servers.install``. It goes on where one fails.

Each has an environment of its own below ``.servers/``, because their packages contradict ours. The long ones take 10 to
25 minutes (llama-cpp-python is compiled, torch is large); the tests skip what is not there.
"""

import os
import shutil
import subprocess
import venv

from tests.servers.installed import FOLDER, missing

_PYTHON = {
    "llama-cpp-python": [["llama-cpp-python[server]==0.3.36"]],
    # torch first and alone: where a build for the processor lies at hand, this exact version is it.
    "transformers": [["torch==2.13.0"], ["transformers[serving]==5.23.0", "torch==2.13.0"]],
    "litellm": [["litellm[proxy]==1.106.2"]],
}
_AIMOCK = "@copilotkit/aimock@1.43.0"


def main() -> None:
    """Install what is missing, and say what could not be."""
    for name in ("aimock", "litellm", "transformers", "llama-cpp-python"):
        if missing(name):
            print(f"installing {name} ...", flush=True)
            done = _node() if name == "aimock" else _python(name)
            print(f"{name}: {'here' if done and not missing(name) else 'could not be installed; its tests will skip'}")


def _python(name: str) -> bool:
    venv.create(FOLDER / name, with_pip=True)
    python = str(FOLDER / name / "bin" / "python")
    quick = shutil.which("uv")  # pip looks for minutes for versions of LiteLLM's packages that fit
    install = (
        [quick, "pip", "install", "--quiet", "--python", python]
        if quick
        else [python, "-m", "pip", "install", "--quiet"]
    )
    # One compiler at a time: several fill the memory of a small machine.
    calm = {**os.environ, "MAX_JOBS": "1", "CMAKE_BUILD_PARALLEL_LEVEL": "1", "CMAKE_ARGS": "-DGGML_NATIVE=OFF"}
    for step, packages in enumerate(_PYTHON[name]):
        tool = [python, "-m", "pip", "install", "--quiet"] if name == "transformers" and step == 0 else install
        if subprocess.run([*tool, *packages], env=calm, check=False).returncode:
            return False
    return True


def _node() -> bool:
    folder = FOLDER / "aimock"
    folder.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm")
    return (
        bool(npm) and not subprocess.run([str(npm), "install", "--silent", _AIMOCK], cwd=folder, check=False).returncode
    )


if __name__ == "__main__":
    main()
