"""``python -m eval``: the shipped suite with its recorded replies, scored; or the two ends of a run of your own.

``lay-out SUITE DIR`` and ``score SUITE RUN...``: between them stand Candor's own commands (``batch``, ``collect``), so
that what is measured is what people use.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from eval.run import outcomes, replay
from eval.score import Scores, score
from eval.suite import Suite
from pipeline.resources import shipped

_USAGE = "usage: python -m eval [lay-out SUITE DIR | score SUITE RUN...]"


def main(arguments: list[str]) -> int:
    """Run one of the commands; 2 when called wrongly."""
    match arguments:
        case []:
            suite_ = Suite.load(shipped("fixtures", "suites", "road"))
            found = replay(suite_, shipped("fixtures", "recorded", "road"))
            print(*_lines(score(found, suite_.cases)), sep="\n")  # noqa: T201 - a command's output
        case ["lay-out", suite, into]:
            print(*Suite.load(Path(suite)).lay_out(Path(into)), sep="\n")  # noqa: T201 - a command's output
        case ["score", suite, *runs] if runs:
            cases = Suite.load(Path(suite)).cases
            print(*_lines(score(dict(outcomes([Path(run) for run in runs])), cases)), sep="\n")  # noqa: T201 - a command's output
        case _:
            print(_USAGE, file=sys.stderr)  # noqa: T201 - a command's output
            return 2
    return 0


def _lines(scores: Scores) -> Iterator[str]:
    for name, value in scores._asdict().items():
        if isinstance(value, tuple) and not hasattr(value, "hits"):
            yield f"{name}: {len(value)}"
            yield from (f"  {item}" for item in value)
        elif isinstance(value, dict):
            yield f"{name}:"
            yield from (f"  {key}: {count}" for key, count in sorted(value.items(), key=lambda i: -i[1]))
        else:
            yield f"{name}: {value}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
