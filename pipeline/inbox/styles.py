"""Whether text on a page can be seen, by the CSS that holds for it.

Pure: declarations in, a ``Look`` out. Text is hidden when it is not displayed, has no size, is transparent, cut off,
moved off the page, or has the colour of its ground. Left out: layers over text, images as ground, colours by other
names than black and white (text in or on those counts as visible).
"""

from typing import NamedTuple

import re2

from pipeline.inbox.mime import guarded

Colour = tuple[int, ...] | None  # red, green, blue of 255; None is one we cannot tell

_NUMBER = re2.compile(r"^(-?\d*\.?\d+)(px|pt|em|rem|%|ex|cm|mm|in|vw|vh)?")
_NEAR = 24  # of 255: colours that differ by less in each channel cannot be told apart
_TINY = 1  # pixels or points of a font nobody reads
_FAINT = 0.1  # opacity
_AWAY = -500  # pixels to the side of the page
_SHORT_HEX = 4  # "#abc"
_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0)}
_INHERITS = frozenset({"", "inherit", "initial", "transparent", "none"})
_SIDES = ("height", "max-height", "width", "max-width")
_MOVES = ("text-indent", "left", "top", "right", "margin-left", "margin-top")


class Look(NamedTuple):
    """How text looks at one place of a page."""

    gone: bool = False
    sizeless: bool = False
    ink: Colour = (0, 0, 0)
    ground: Colour = (255, 255, 255)

    @property
    def hidden(self) -> bool:
        """Whether text here cannot be seen."""
        if self.gone or self.sizeless:
            return True
        if self.ink is None or self.ground is None:
            return False
        return all(abs(a - b) < _NEAR for a, b in zip(self.ink, self.ground, strict=True))

    def within(self, declarations: str, ink: str = "", ground: str = "") -> "Look":
        """The look inside an element with these declarations; ``ink`` and ``ground`` are its old-style attributes."""
        style = _properties(declarations)
        below = "image" if "background-image" in style else style.get("background-color") or style.get("background")
        return Look(
            gone=self.gone or _gone(style),
            sizeless=_sizeless(style, outer=self.sizeless),
            ink=_colour(style.get("color") or ink, self.ink),
            ground=_colour(below or ground, self.ground),
        )


def _properties(declarations: str) -> dict[str, str]:
    pairs = (item.partition(":") for item in declarations.lower().replace("!important", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _gone(style: dict[str, str]) -> bool:
    cut = "hidden" in style.get("overflow", "")
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("color") == "transparent"
        or _number(style.get("opacity"), 1) < _FAINT
        or (cut and any(_number(style.get(side), _TINY + 1) <= _TINY for side in _SIDES))
        or any(_number(style.get(side), 0) <= _AWAY for side in _MOVES)
        or "scale(0" in style.get("transform", "")
        or "inset(100%" in style.get("clip-path", "")
    )


def _sizeless(style: dict[str, str], *, outer: bool) -> bool:
    """An absolute size counts for itself, so that a page may set 0 around a table and a size in its cells."""
    size = style.get("font-size") or next((w for w in style.get("font", "").split() if w[:1].isdigit()), "")
    match = _NUMBER.match(size)
    if not match:
        return outer and not size.startswith(("x", "sm", "med", "lar"))
    number = float(match.group(1))
    if match.group(2) in {"em", "%", "ex"}:
        return outer or number < _FAINT
    return number <= _TINY


def _number(value: str | None, default: float) -> float:
    match = _NUMBER.match(value or "")
    return float(match.group(1)) if match else default


def _colour(value: str, inherited: Colour) -> Colour:
    value = value.strip().lower()
    return inherited if value in _INHERITS else guarded(lambda: _parsed(value), None)


def _parsed(value: str) -> Colour:
    if value.startswith("rgb"):
        numbers = value.partition("(")[2].partition(")")[0].replace(",", " ").split()
        return tuple(int(float(number)) for number in numbers[:3])
    first = value.split(maxsplit=1)[0]
    if first.startswith("#"):
        digits = "".join(d * 2 for d in first[1:]) if len(first) <= _SHORT_HEX else first[1:]
        return tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return _NAMES.get(first)
