"""Where drafts lie on the plot: always the same place, never outside their cell, no two on one spot."""

from dataclasses import dataclass
from typing import cast

import pytest

from eval.report.quadrant import CELL, EDGE, SIDE, place
from eval.report.view import Shown


@dataclass
class Draft:
    """The little of a draft that the plot reads."""

    number: int
    version: int
    care: float | None
    challenge: float | None
    label: str = "case"


def drafts(*made: Draft) -> list[Shown]:
    return [cast("Shown", draft) for draft in made]


@pytest.mark.parametrize("many", [1, 2, 30, 400])
@pytest.mark.parametrize("versions", [1, 2, 3])
def test_points_of_a_cell_stay_in_it_apart(many: int, versions: int) -> None:
    made = drafts(*(Draft(n, n % versions, 4, 2) for n in range(many)))
    points = place(made, versions).points
    assert points == place(made, versions).points
    assert len({(p.x, p.y) for p in points}) == many
    left, top = EDGE + CELL, SIDE - EDGE - 4 * CELL
    assert all(left <= p.x <= left + CELL and top <= p.y <= top + CELL for p in points)


def test_each_draft_is_counted_in_its_quadrant_or_as_without_a_place() -> None:
    made = drafts(Draft(1, 0, 5, 5), Draft(2, 0, 5, 1), Draft(3, 1, 2, 4), Draft(4, 1, 2, 2), Draft(5, 1, None, 4))
    found = place(made, 2)
    assert {corner.name: corner.counts for corner in found.corners} == {
        "radical_candor": (1, 0),
        "ruinous_empathy": (1, 0),
        "obnoxious_aggression": (0, 1),
        "manipulative_insincerity": (0, 1),
    }
    assert (found.placed, found.unplaced) == ((2, 2), (0, 1))
    assert found.means == ((5, 3), (2, 3))
