"""Where each draft stands on the candor quadrant: challenge to the right, care upwards, 1 to 5 each.

Drafts with the same two scores lie in one cell; each version has a part of it, and its drafts lie there in a spiral,
always the same one. Left out: how a point looks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import cos, pi, sin, sqrt

from eval.report.view import Corner, Point, Quadrant, Shown
from eval.rubrics.candor import HIGH, quadrant

SIDE = 600
"""Width and height of the plot, in its own units."""
CELL = 100
"""Of one score; the axes run from half a score below 1 to half a score above 5."""
EDGE = 50
"""Left and below the cells, for the axes' words."""
CUT = EDGE + (HIGH - 1) * CELL
"""Where low ends and high begins, from the left or from below."""
_TURN = pi * (3 - sqrt(5))  # the golden angle: a spiral that fills its circle evenly
_ROOM, _STEP = 44, 6.5  # the widest circle of a cell, and the distance between two points while there is room
_NAMES = ("ruinous_empathy", "radical_candor", "manipulative_insincerity", "obnoxious_aggression")  # as they lie


def place(drafts: Sequence[Shown], versions: int) -> Quadrant:
    """Every draft that has both scores as a point; the others are counted."""
    cells: dict[tuple[float, float], list[Shown]] = defaultdict(list)
    for draft in drafts:
        if draft.care is not None and draft.challenge is not None:
            cells[draft.challenge, draft.care].append(draft)
    points = tuple(point for (x, y), shown in cells.items() for point in _cell(x, y, shown, versions))
    placed = Counter(point.version for point in points)
    return Quadrant(
        points=points,
        corners=tuple(_corners(points, versions)),
        placed=tuple(placed[v] for v in range(versions)),
        unplaced=tuple(sum(d.version == v for d in drafts) - placed[v] for v in range(versions)),
        means=tuple(_mean([point for point in points if point.version == v]) for v in range(versions)),
    )


def _cell(challenge: float, care: float, drafts: Iterable[Shown], versions: int) -> Iterator[Point]:
    """Points of one cell: the versions beside each other, each in a circle of its own."""
    by_version: dict[int, list[Shown]] = defaultdict(list)
    for draft in drafts:
        by_version[draft.version].append(draft)
    room = _ROOM / versions
    middle_x, middle_y = EDGE + (challenge - 0.5) * CELL, SIDE - EDGE - (care - 0.5) * CELL
    for version, shown in by_version.items():
        centre = middle_x + (2 * version + 1 - versions) * room
        wide, high = (min(_STEP, half / sqrt(len(shown))) for half in (room, _ROOM))
        for number, draft in enumerate(shown):
            away, angle = sqrt(number), number * _TURN
            x, y = centre + wide * away * cos(angle), middle_y + high * away * sin(angle)
            yield Point(round(x, 1), round(y, 1), version, draft.number, draft.label, care, challenge)


def _corners(points: Sequence[Point], versions: int) -> Iterator[Corner]:
    counts = Counter((quadrant(point.care, point.challenge), point.version) for point in points)
    yield from (Corner(name, tuple(counts[name, v] for v in range(versions))) for name in _NAMES)


def _mean(points: Sequence[Point]) -> tuple[float, float] | None:
    if not points:
        return None
    return sum(p.care for p in points) / len(points), sum(p.challenge for p in points) / len(points)
