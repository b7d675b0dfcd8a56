"""The geometry of the report's plots: numbers in, coordinates out. The templates draw them as inline SVG.

Every plot has a table of the same figures beside it, so none of them carries a figure alone.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

WIDTH, HEIGHT = 480, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 12, 12, 26  # room for the labels
_LABELS = 6  # at most, along the bottom
_STEPS = (1, 2, 5)


class Mark(NamedTuple):
    """A label at a place along an axis; ``anchor`` keeps it on the sheet at either end."""

    at: float
    words: str
    anchor: str = "end"


class Column(NamedTuple):
    """A bar standing on the axis: left edge, width, and the tops of the whole and of the filled part."""

    left: float
    width: float
    whole: float
    filled: float


class Lines(NamedTuple):
    """Curves over the same steps, with marks along the bottom and up the side."""

    curves: tuple[tuple[tuple[float, float], ...], ...]
    bottom: tuple[Mark, ...]
    side: tuple[Mark, ...]


class Columns(NamedTuple):
    """Columns, with marks along the bottom and up the side."""

    columns: tuple[Column, ...]
    bottom: tuple[Mark, ...]
    side: tuple[Mark, ...]


def lines(names: Sequence[str], *series: Sequence[int]) -> Lines:
    """A curve for each series, one point for each name; two names at least."""
    top = max((max(values) for values in series), default=0) or 1
    side = _ticks(top)
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(names) - 1)
    places = [_LEFT + step * number for number in range(len(names))]
    scale = float(side[-1][0])
    curves = tuple(tuple((round(x, 1), _y(value, scale)) for x, value in zip(places, s, strict=True)) for s in series)
    return Lines(curves, _bottom(names, places), _side(side, scale))


def columns(names: Sequence[str], whole: Sequence[Decimal], filled: Sequence[Decimal]) -> Columns:
    """A column for each name: how much there is, and how much of it is taken."""
    side = _ticks(int(max([*whole, *filled], default=Decimal(1))) or 1)
    scale = float(side[-1][0])
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(names))
    lefts = [_LEFT + step * number for number in range(len(names))]
    made = (
        Column(round(left + step * 0.15, 1), round(step * 0.7, 1), _y(all_, scale), _y(taken, scale))
        for left, all_, taken in zip(lefts, whole, filled, strict=True)
    )
    return Columns(tuple(made), _bottom(names, [left + step / 2 for left in lefts]), _side(side, scale))


def _y(value: float | Decimal, scale: float) -> float:
    return round(HEIGHT - _BOTTOM - float(value) / scale * (HEIGHT - _TOP - _BOTTOM), 1)


def _ticks(top: int) -> list[tuple[int, str]]:
    """From 0 in round steps, four at most, to the first that is not below ``top``."""
    step = next(s * 10**p for p in range(12) for s in _STEPS if s * 10**p * 4 >= top)
    return [(step * n, f"{step * n:,}") for n in range(-(-top // step) + 1)]


def _side(ticks: list[tuple[int, str]], scale: float) -> tuple[Mark, ...]:
    return tuple(Mark(_y(value, scale), words) for value, words in ticks)


def _bottom(names: Sequence[str], places: Sequence[float]) -> tuple[Mark, ...]:
    every = max(1, -(-len(names) // _LABELS))
    return tuple(Mark(round(x, 1), name, _anchor(x)) for x, name in list(zip(places, names, strict=True))[::every])


def _anchor(x: float) -> str:
    if x <= _LEFT:
        return "start"
    return "end" if x >= WIDTH - _RIGHT - 1 else "middle"
