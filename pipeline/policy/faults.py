"""Reading a file to its end: every fault is kept with its place, and reading goes on with what can be read.

``attempt`` runs one reading; what it raises is kept, and a stand-in takes its place. What this leaves out: faults that
follow from another one; whoever reads decides what still makes sense to look at.
"""

import re
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from pipeline.errors import PolicyError, UsageError
from pipeline.yamltree import Node

P = ParamSpec("P")
Read = TypeVar("Read")
Other = TypeVar("Other")
_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): ")


class Faults:
    """All that is wrong with the files read so far."""

    def __init__(self) -> None:
        self._found: list[PolicyError] = []

    def __len__(self) -> int:
        """How many there are by now."""
        return len(self._found)

    def add(self, node: Node, message: str) -> None:
        """Keep a fault at ``node``."""
        self._found.append(PolicyError(str(node.fault(message, PolicyError))))

    def attempt(self, otherwise: Other, read: Callable[P, Read], *args: P.args, **kwargs: P.kwargs) -> Read | Other:
        """What ``read`` returns, or ``otherwise`` where it finds a fault."""
        try:
            return read(*args, **kwargs)
        except PolicyError as fault:
            self._found.append(fault)
            return otherwise

    @property
    def in_order(self) -> tuple[PolicyError, ...]:
        """All of them, as they stand in the file; what several readings found is told once."""
        found = {str(fault): fault for fault in self._found}
        return tuple(sorted(found.values(), key=lambda fault: place_of(fault)[1:3]))


def place_of(fault: UsageError) -> tuple[str, int, int, str]:
    """File, line, column and sentence of a fault; line and column are 0 where it concerns the file as a whole."""
    found = _PLACE.match(str(fault))
    if found is None:
        file, _, rest = str(fault).partition(": ")
        return (file, 0, 0, rest) if rest and " " not in file else ("", 0, 0, str(fault))
    return found["file"], int(found["line"]), int(found["column"]), str(fault)[found.end() :]
