"""Runs a module as ``python -m`` would and writes down what it took: ``... metered FILE MODULE ARGUMENT...``.

CPU seconds of this process, start included, of its children (the one that reads mail), and the most memory of each.
"""

import atexit
import json
import resource
import runpy
import sys
from pathlib import Path
from typing import NamedTuple


class Used(NamedTuple):
    """CPU in seconds, memory at most in MB; of the process, and of its largest child."""

    cpu: float
    child_cpu: float
    memory: float
    child_memory: float


def used() -> Used:
    """So far."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Used(
        own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime,
        own.ru_maxrss / 1024, children.ru_maxrss / 1024,
    )  # fmt: skip


def read(file: Path) -> Used:
    """What a metered process wrote down."""
    return Used(*json.loads(file.read_text("utf-8")))


if __name__ == "__main__":
    told, module = Path(sys.argv[1]), sys.argv[2]
    sys.argv = [module, *sys.argv[3:]]
    atexit.register(lambda: told.write_text(json.dumps(used()), "utf-8"))  # before all others, so it runs after them
    runpy.run_module(module, run_name="__main__", alter_sys=True)
