"""Boxes of cells, and the one question asked of them: is there a point in this box and outside of all those?

A box maps a variable to the set of its cells (bits of an int); a variable that it doesn't name is free. Whether a
point exists is decided by branching on the tightest of the boxes to stay out of, so the answer is exact.
"""

from collections.abc import Iterable, Mapping, Sequence

Box = Mapping[str, int]


def both(one: Box, other: Box) -> Box | None:
    """What lies in both; None when nothing does."""
    met = dict(one)
    for name, cells in other.items():
        left = met[name] & cells if name in met else cells
        if not left:
            return None
        met[name] = left
    return met


def inside(one: Box, other: Box) -> bool:
    """Whether all of ``one`` lies in ``other``."""
    return all(name in one and not one[name] & ~cells for name, cells in other.items())


def apart(one: Box, other: Box) -> bool:
    """Whether the two share nothing."""
    return any(name in one and not one[name] & cells for name, cells in other.items())


def outside(box: Box, holes: Iterable[Box], full: Mapping[str, int]) -> Box | None:
    """A part of ``box`` that touches none of ``holes``; None when they cover it. ``full``: all cells by variable."""
    near = [hole for hole in holes if not apart(box, hole)]
    if not near:
        return box
    tightest = min(near, key=lambda hole: _exits(box, hole))
    for name, cells in _ways(box, tightest, full):
        if (left := outside({**box, name: cells}, near, full)) is not None:
            return left
    return None


def _exits(box: Box, hole: Box) -> int:
    """By how many variables the hole can be left."""
    return sum(1 for name, cells in hole.items() if name not in box or box[name] & ~cells)


def _ways(box: Box, hole: Box, full: Mapping[str, int]) -> list[tuple[str, int]]:
    """How to leave the hole: a variable, and the cells of it that lie outside; the usual cells first."""
    left = [(name, box.get(name, full[name]) & ~cells) for name, cells in hole.items()]
    return sorted(((name, cells) for name, cells in left if cells), key=lambda way: (not way[1] & 1, way[0]))


def plainest(box: Box, holes: Sequence[Box], full: Mapping[str, int]) -> dict[str, int]:
    """One point of ``box`` outside of ``holes``: as many variables as can be at their first cell, none unknown for fun.

    ``box`` must have such a point.
    """
    point = dict(box)
    for name in full:
        cells = point.get(name, full[name])
        for bit in _bits(cells):
            tried = {**point, name: bit}
            if outside(tried, holes, full) is not None:
                point = tried
                break
    return point


def _bits(cells: int) -> list[int]:
    return [1 << n for n in range(cells.bit_length()) if cells >> n & 1]
