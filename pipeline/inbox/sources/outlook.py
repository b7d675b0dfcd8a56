"""Mail in Outlook's own files, converted by ``convert`` in a process of its own under limits of time and memory.

The packages that read these files are extras: without them there is one sentence that says what to install. What is
converted lies in a temporary folder only its owner can read, for as long as the source lives.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

from pipeline.inbox import limits
from pipeline.inbox.source import Raw
from pipeline.inbox.sources import convert

_LETTERS = 100  # .msg files that one process converts
_LETTER_SECONDS = 30  # for one of them
_STORE_SECONDS = 3_600  # for a .pst
_KEPT = frozenset({"PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TMP", "TEMP", "TMPDIR", "USERPROFILE", "APPDATA"})


_NO_MSG = "to read Outlook's .msg files, install the extra candor[msg] (the package extract-msg)"
_NO_PST = (
    "to read an Outlook data file, install the extra candor[pst] (the package libpff-python), or the program readpst"
)


def missing_for_msg() -> str:
    """What to install before a .msg can be read; empty when all is there."""
    return _NO_MSG if importlib.util.find_spec("extract_msg") is None else ""


def missing_for_pst() -> str:
    """What to install before a .pst can be read; empty when all is there."""
    return _NO_PST if importlib.util.find_spec("pypff") is None and not shutil.which("readpst") else ""


class Outlook:
    """Converts files, and keeps what came of a .pst for the next reading."""

    def __init__(self) -> None:
        self._stores: dict[Path, tuple[Path, str]] = {}

    def letters(self, paths: list[Path]) -> Iterator[Raw]:
        """One mail a .msg file. One on which the process breaks is a problem, and the next ones get another process."""
        while paths:
            with tempfile.TemporaryDirectory(prefix="candor-") as out:
                batch = paths[:_LETTERS]
                listed = Path(out, "list")
                listed.write_bytes(b"\0".join(os.fsencode(path.absolute()) for path in batch))
                _run("msg", listed, Path(out), _LETTER_SECONDS)
                done = 0
                for done, _ in enumerate(batch, 1):
                    found = Path(out, f"{done - 1}.eml")
                    data = _read(found)
                    yield Raw(0, "", data, problem="" if data else "the .msg file cannot be converted")
                    if not found.is_file():
                        break
            paths = paths[done:]

    def folders(self, path: Path) -> tuple[Path, str]:
        """The folder of mbox files that ``path`` became, and why it may not be all of it."""
        if path not in self._stores:
            out = Path(tempfile.mkdtemp(prefix="candor-"))
            weakref.finalize(self, shutil.rmtree, out, ignore_errors=True)
            whole = _run("pst", path.absolute(), out, _STORE_SECONDS)
            self._stores[path] = out, "" if whole else "the Outlook data file cannot be read, or not to its end"
        return self._stores[path]


def _run(kind: str, given: Path, out: Path, seconds: int) -> bool:
    """Whether the conversion went to its end."""
    environment = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", str(Path(convert.__file__)), kind, str(given), str(out)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**environment, "CANDOR_SECONDS": str(seconds)},
        cwd=out,
        start_new_session=True,
    )
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process with all that it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.MESSAGE + 1)
    except OSError:
        return b""
