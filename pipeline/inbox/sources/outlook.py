"""Mail in Outlook's own files, converted by ``convert`` in a process of its own under limits of time and memory.

The packages that read these files are extras: without them there is one sentence that says what to install. What is
converted lies in a temporary folder for as long as the source lives. The process ends with this one. An event loop
hears nothing while it works, so Ctrl-C and SIGTERM interrupt at once. Left out: on Windows, a limit on each .msg alone.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from pipeline.inbox import limits
from pipeline.inbox.source import Raw
from pipeline.inbox.sources import convert
from pipeline.inbox.sources.scratch import Scratch

_LETTER_SECONDS = 30  # for a .msg
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
    """Converts files, and keeps what came of them for the next reading."""

    def __init__(self) -> None:
        self._scratch: Scratch | None = None
        self._done: dict[tuple[Path, ...], tuple[Path, str]] = {}

    def letters(self, paths: list[Path]) -> Iterator[Raw]:
        """One mail a .msg file. One on which the process breaks is a problem, and the next ones get another process."""
        key = tuple(paths)
        if key not in self._done:
            out = self._place()
            _convert_letters(paths, out)
            self._done[key] = out, ""
        for number in range(len(paths)):
            data = _read(self._done[key][0] / f"{number}.eml")
            yield Raw(0, "", data, problem="" if data else "the .msg file cannot be converted")

    def folders(self, path: Path) -> tuple[Path, str]:
        """The folder of mbox files that ``path`` became, and why it may not be all of it."""
        if (path,) not in self._done:
            out = self._place()
            whole = _run("pst", path.absolute(), out, _STORE_SECONDS, _STORE_SECONDS)
            self._done[path,] = out, "" if whole else "the Outlook data file cannot be read, or not to its end"
        return self._done[path,]

    def _place(self) -> Path:
        """A new folder."""
        self._scratch = self._scratch or Scratch()
        place = self._scratch.path / str(len(self._done))
        place.mkdir(mode=0o700, exist_ok=True)
        return place


def _convert_letters(paths: list[Path], out: Path) -> None:
    """``out/n.eml`` from the ``n``-th path; an empty one where that could not be done."""
    listed = out / "list"
    listed.write_bytes(b"\0".join(os.fsencode(path.absolute()) for path in paths))
    done = 0
    while done < len(paths):
        _run("msg", listed, out, _LETTER_SECONDS, _LETTER_SECONDS * (len(paths) - done + 1))
        while done < len(paths) and (out / f"{done}.eml").exists():
            done += 1
        if done < len(paths):  # on this one it broke
            (out / f"{done}.eml").touch()
            done += 1


def _run(kind: str, given: Path, out: Path, each: int, seconds: int) -> bool:
    """Whether the conversion went to its end, within ``seconds`` in all and ``each`` for one file."""
    with (
        _interruptible(),
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", str(Path(convert.__file__)), kind, str(each), str(given), str(out)],
            stdin=subprocess.PIPE,  # the program ends when this does
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name.upper() in _KEPT},
            cwd=out,
            start_new_session=True,
        ) as process,
    ):
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(process)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Inside, Ctrl-C and SIGTERM are a ``KeyboardInterrupt`` even where an event loop listens for them."""
    heard = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.getsignal(number) for number in heard}
    changed = {number: handler for number, handler in before.items() if handler not in {None, signal.SIG_IGN}}
    try:
        for number in changed:
            signal.signal(number, signal.default_int_handler)
        yield
    finally:
        for number, handler in changed.items():
            signal.signal(number, handler)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process with all that it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.MESSAGE + 1)
    except OSError:
        return b""
