"""The two axes of candor and their quadrant, computed from a judge's narrow answers; the judge gives no figure itself.

Left out: what to do about a draft in the wrong quadrant.
"""

import math
from collections.abc import Mapping

from eval.types.rubric import Axis, Rubric

DERIVED = ("send", "care", "challenge", "candor")
"""Criteria that are a judge's without being questions: its last word, and what is computed from its answers."""

HIGH = 3
"""From here on an axis counts as high."""

RADICAL_CANDOR = "radical_candor"
_LOWEST, _HIGHEST = 1, 5
_QUADRANTS = {
    (True, True): RADICAL_CANDOR,
    (True, False): "ruinous_empathy",
    (False, True): "obnoxious_aggression",
    (False, False): "manipulative_insincerity",
}


def axes(passed: Mapping[str, float], rubric: Rubric) -> tuple[int, int]:
    """How much a draft cares and challenges, 1 to 5 each.

    ``passed`` is by criterion 1 for a pass, 0 for a fail, or the share of the alternatives that pass; one that is
    missing counts as failed, so ask :func:`complete` first.
    """
    return _level(rubric.care, passed), _level(rubric.challenge, passed)


def complete(passed: Mapping[str, float], axis: Axis) -> bool:
    """Whether every answer that the axis weighs is there."""
    return axis.weights.keys() <= passed.keys()


def quadrant(care: float, challenge: float) -> str:
    """The quadrant's name."""
    return _QUADRANTS[care >= HIGH, challenge >= HIGH]


def _level(axis: Axis, passed: Mapping[str, float]) -> int:
    total = axis.base + sum(weight * passed.get(name, 0) for name, weight in axis.weights.items())
    return max(_LOWEST, min(_HIGHEST, math.floor(round(total, 6) + 0.5)))
