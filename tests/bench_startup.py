"""``make bench``: what it costs to start the command line, beside an empty Python.

Ratios of CPU seconds, medians of interleaved rounds.
"""

import resource
import statistics
import subprocess
import sys

_ROUNDS = 15
_COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "candor --help": [sys.executable, "-m", "pipeline", "--help"],
    "candor batch --help": [sys.executable, "-m", "pipeline", "batch", "--help"],
}


def cpu(command: list[str]) -> float:
    """CPU seconds of one run, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print the table."""
    rounds = [{name: cpu(command) for name, command in _COMMANDS.items()} for _ in range(_ROUNDS)]
    medians = {name: statistics.median(r[name] for r in rounds) for name in _COMMANDS}
    floor = medians["python -c pass"]
    for name, seconds in medians.items():
        print(f"{name:<24}{seconds * 1000:7.1f} ms CPU {seconds / floor:6.1f} x")


if __name__ == "__main__":
    main()
