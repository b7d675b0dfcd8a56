"""The process in which mail is read: it answers one question after another, until its input ends.

``worker`` starts it. It holds itself to a limit of memory and of processor time a mail; so it never outlives a run for
long, should its parent die while a mail keeps it busy. What this leaves out: Windows, which knows neither; the parent's
limit holds.
"""

import json
import os
import sys
import traceback
from typing import IO

from pipeline.errors import UnreadableError
from pipeline.inbox.frames import (
    CPU,
    FAULT,
    MEMORY,
    MESSAGE,
    NO_MEMORY,
    READY,
    UNREADABLE,
    Frame,
    Question,
    receive,
    send,
)
from pipeline.inbox.read import from_bytes, read
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Fate, Own
from pipeline.types.message import Skip

if sys.platform != "win32":
    import resource
    import signal


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the questions end, or memory does."""
    send(answers, Frame(READY))
    while frame := receive(questions):
        _limit(CPU)
        answer = _answer(json.loads(frame.text), frame.data)
        _limit(0)
        send(answers, answer)
        if answer.kind == NO_MEMORY:
            return  # what is left may be in pieces


def _answer(question: Question, data: bytes) -> Frame:
    raw = Raw(question["seq"], question["origin"], data)
    try:
        if question["fate"]:
            thread, skip, earlier_own = question["fate"]
            message = read(raw, Fate(thread, Skip(skip) if skip else None, earlier_own))
        else:
            message = from_bytes(data, raw.origin, Own(*map(frozenset, question["own"])))
        return Frame(MESSAGE, message.model_dump_json())
    except UnreadableError as error:
        return Frame(UNREADABLE, str(error))
    except MemoryError:
        return Frame(NO_MEMORY)
    except Exception as error:  # noqa: BLE001 - a fault of ours is told to the parent, which goes on
        return Frame(FAULT, f"{type(error).__name__}\n{traceback.format_exc()}")


def _limit(seconds: float) -> None:
    """End this process when it has worked for ``seconds``, 0 for never: by SIGPROF, whatever it is busy with."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _main() -> None:
    """Talk on the pipes that came as standard input and output; what anything prints goes nowhere."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        serve(questions, answers)
    except BrokenPipeError:
        os._exit(0)  # the parent is gone, and with it whom to tell


if __name__ == "__main__":
    _main()
