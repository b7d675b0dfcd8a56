"""``make attack``: every attack text and every move through the whole road, offline, and a table of what came out.

A number takes every so many of the runs only, ``--write`` puts the table into ``docs/security.md``. Ends with 1 when
anything broke. Left out: the guard alone, which ``tests/guard`` mutates, and a real model.
"""

import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.attack.corpus import at_hand
from tests.attack.plan import Run, over_moves, over_texts, phrases
from tests.attack.runs import Ended, ended
from tests.attack.table import broken, by_move, summary, table

_DOCS = Path(__file__).parents[2] / "docs/security.md"
_BEGIN, _END = "<!-- attack: begin -->", "<!-- attack: end -->"
_PROCESSES, _CHUNK, _SHOWN = 2, 40, 40


def main(arguments: list[str]) -> int:
    """Run, print, and write where asked."""
    if strange := [word for word in arguments if not word.isdigit() and word != "--write"]:
        sys.exit(f"unknown: {strange[0]}; a number takes every so many of the runs, --write puts the table into docs")
    runs = [*phrases(), *over_moves()]
    if at_hand():
        runs += over_texts()
    else:
        print("the attack texts are not at hand: moves only")
    every = next((int(word) for word in arguments if word.isdigit()), 1)
    runs, start = runs[::every], time.monotonic()
    found = list(_all(runs))
    lines = [*table(found), "", *summary(found), "", *by_move(found)]
    print(*lines, sep="\n")
    print(f"\n{time.monotonic() - start:,.0f} s on {_PROCESSES} processes")
    bad = [one for one in found if broken(one)]
    _tell(bad)
    if "--write" in arguments:
        _write(lines)
    return int(bool(bad))


def _all(runs: list[Run]) -> Iterator[Ended]:
    """Every run, in order, over the processes."""
    chunks = [runs[n : n + _CHUNK] for n in range(0, len(runs), _CHUNK)]
    with multiprocessing.get_context("spawn").Pool(_PROCESSES) as pool:
        for chunk in pool.imap(ended, chunks):
            yield from chunk


def _tell(bad: list[Ended]) -> None:
    """A few of each kind of breach."""
    told: Counter[tuple[str, str]] = Counter()
    for one in bad:
        kind = (one.run.write, one.broken[0].invariant if one.broken else "")
        told[kind] += 1
        if told[kind] == 1 and len(told) <= _SHOWN:
            print(f"\nBREACH {one.ending} by {one.by}: {one.run}", *one.broken, one.letter, sep="\n  ")


def _write(lines: list[str]) -> None:
    before, _, rest = _DOCS.read_text("utf-8").partition(_BEGIN)
    text = "\n".join(lines)
    _DOCS.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{rest.partition(_END)[2]}", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
