"""A child that misbehaves: ``python -m tests.inbox.children`` does what the subject of a mail says."""

import ctypes
import os
import time

from pipeline.inbox import child
from pipeline.inbox.frames import Frame, Question

honest = child._answer


def hang() -> Frame:
    time.sleep(60)
    return Frame(b"m")


def spin() -> Frame:
    while True:
        pass


def eat() -> Frame:
    try:
        return Frame(b"m", "x" * (600 * 1024 * 1024))
    except MemoryError:
        return Frame(b"x")


def crash() -> Frame:
    ctypes.string_at(0)
    return Frame(b"m")


def lie() -> Frame:
    return Frame(b"m", '{"key": 7, "sender": "pickled"}')


def babble() -> Frame:
    os.write(1, b"to the terminal")
    print("to nobody")
    return Frame(b"m", "x" * 70_000_000)


DEEDS = {deed.__name__.encode(): deed for deed in (hang, spin, eat, crash, lie, babble)}


def answer(question: Question, data: bytes) -> Frame:
    deed = next((deed for name, deed in DEEDS.items() if b"Subject: " + name in data), None)
    return deed() if deed else honest(question, data)


if __name__ == "__main__":
    child._answer = answer
    vars(child)["CPU"] = 1  # seconds
    child._main()
