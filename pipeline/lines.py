"""The lines of a file that others may write, each of bounded length, so that none fills the memory.

What this leaves out: what a line means. One that is cut is no longer JSON, so whoever reads it says so.
"""

from collections.abc import Iterator
from typing import BinaryIO

LONGEST = 64 * 2**20
"""Bytes of a line. The longest of ours, a mail with all that was made of it, is a small part of that."""


def lines_in(file: BinaryIO, longest: int = LONGEST) -> Iterator[bytes]:
    """The lines with their ends; of a longer one the beginning, without an end, and the rest is passed over."""
    while line := file.readline(longest):
        yield line
        while len(line) == longest and not line.endswith(b"\n"):
            line = file.readline(longest)


def cut(line: bytes, longest: int = LONGEST) -> bool:
    """Whether a line is the beginning of a longer one."""
    return len(line) >= longest and not line.endswith(b"\n")
