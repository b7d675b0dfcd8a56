"""Reading mail in a process of its own, which a mail may break without harm to any other.

One child is started and reads one mail after another. A mail that takes too long or too much memory costs that child
and ends as ``UnreadableError``; the next one gets a new child. What comes back is JSON and is checked as such. The
child gets no key and no setting from the environment, hears no Ctrl-C, and ends with this process. What this leaves
out: reading several mails at a time, and walls around the child's files and network.
"""

import asyncio
import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import IO, Protocol, cast

from pydantic import ValidationError

from pipeline.errors import InboxError, UnreadableError
from pipeline.inbox.frames import CPU, FAULT, MAIL, MESSAGE, NO_MEMORY, UNREADABLE, WALL, Frame, Question, receive, send
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Fate, Own
from pipeline.types.message import Message

_STARTING = 60  # seconds until a child must be there
_CHILD = (sys.executable, "-P", "-m", "pipeline.inbox.child")
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONHOME", "PYTHONUTF8")
_SINGLE = {"OPENBLAS_NUM_THREADS": "1"}  # a thread of numpy's takes 32 MB of the child's memory
_MEMORY = "the mail needed more memory than 512 MB to read"
_BROKE = "the mail broke the program that reads it"
_WORK = f"the mail took more than {CPU} seconds of work to read"
_OVERWORKED = -getattr(signal, "SIGPROF", 0)  # what a child returns that its own limit ended


class Reader(Protocol):
    """Reads mails of an inbox, one at a time."""

    async def read(self, raw: Raw, fate: Fate) -> Message:
        """The message in ``raw``; ``fate`` is what the whole inbox says of it.

        Raises:
            UnreadableError: it cannot be read.
        """
        ...


class ReadingFaultError(Exception):
    """A mistake of ours while a mail was read. ``kind`` is the class of the exception, the text its traceback."""

    def __init__(self, kind: str, trace: str) -> None:
        super().__init__(trace)
        self.kind = kind


class Worker:
    """A ``Reader`` in a child process. One mail at a time; ``wall`` is in seconds.

    Raises:
        InboxError: from ``read`` and ``read_alone``, when no child can be started.
    """

    def __init__(self, wall: float = WALL, command: tuple[str, ...] = _CHILD) -> None:
        self._wall, self._command = wall, command
        self._child: subprocess.Popen[bytes] | None = None
        self._ready = False

    @property
    def pid(self) -> int | None:
        """The process id of the child, if there is one."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Have a child get ready, so that the first mail need not wait for it."""
        if self._child and self._child.poll() is not None:
            self.close()
        if self._child is None:
            try:
                self._child = _started(self._command)
            except OSError as error:
                raise InboxError(f"the program that reads mail cannot be started: {error.strerror}") from None

    def close(self) -> None:
        """End the child; a mail that it reads is lost. The next one would get a new child."""
        child, self._child, self._ready = self._child, None, False
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with contextlib.suppress(OSError):
                    cast("IO[bytes]", pipe).close()

    async def read(self, raw: Raw, fate: Fate) -> Message:
        """See ``pipeline.inbox.read.read``."""
        return await self._message(raw, {"seq": raw.seq, "origin": raw.origin, "fate": fate, "own": ([], [], [])})

    async def read_alone(self, raw: Raw, own: Own) -> Message:
        """See ``pipeline.inbox.read.from_bytes``."""
        whose = (sorted(own.addresses), sorted(own.domains), sorted(own.lists))
        return await self._message(raw, {"seq": raw.seq, "origin": raw.origin, "fate": None, "own": whose})

    async def _message(self, raw: Raw, question: Question) -> Message:
        if raw.problem:
            raise UnreadableError(raw.problem)
        kind, text = await self._answer(Frame(MAIL, json.dumps(question), raw.data))
        if kind == UNREADABLE:
            raise UnreadableError(text)
        if kind == FAULT:
            raise ReadingFaultError(*text.split("\n", 1))
        try:
            return Message.model_validate_json(text)
        except ValidationError:
            self.close()
            raise UnreadableError(_BROKE) from None

    async def _answer(self, question: Frame) -> tuple[bytes, str]:
        """What the child says, which then lives on; if it does not, it is ended here."""
        try:
            child = await self._at_work()
            answer = await _in_time(self._wall, child, question)
        except TimeoutError:
            self.close()
            raise UnreadableError(f"the mail took longer than {self._wall:g} seconds to read") from None
        except BaseException:
            self.close()
            raise
        if answer and answer.kind in {MESSAGE, UNREADABLE, FAULT}:
            return answer.kind, answer.text
        self.close()
        if answer and answer.kind == NO_MEMORY:
            raise UnreadableError(_MEMORY)
        raise UnreadableError(_WORK if child.returncode == _OVERWORKED else _BROKE)

    async def _at_work(self) -> "subprocess.Popen[bytes]":
        self.start()
        assert self._child is not None
        if not self._ready:
            with contextlib.suppress(TimeoutError):
                self._ready = bool(await _in_time(_STARTING, self._child))
            if not self._ready:
                raise InboxError("the program that reads mail does not start")
        return self._child


@cache
def the_worker() -> Worker:
    """The one worker of this process, which ends with it."""
    worker = Worker()
    atexit.register(worker.close)
    return worker


def _started(command: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    """A child that finds the modules that we find, and nothing else of ours."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    return subprocess.Popen(  # noqa: S603 - our own command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, **_SINGLE, "PYTHONPATH": path},
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


async def _in_time(seconds: float, child: "subprocess.Popen[bytes]", question: Frame | None = None) -> Frame | None:
    """The child's next frame, None if it is gone; the event loop goes on meanwhile.

    Raises:
        TimeoutError: not within ``seconds``; the thread that waits ends with the child.
    """
    return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(None, _asked, child, question), seconds)


def _asked(child: "subprocess.Popen[bytes]", question: Frame | None) -> Frame | None:
    assert child.stdin
    assert child.stdout
    try:
        if question:
            send(child.stdin, question)
        return receive(child.stdout)
    except (OSError, ValueError):  # it is gone, or was ended from here
        return None
