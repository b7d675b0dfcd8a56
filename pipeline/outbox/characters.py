"""Characters that a reader cannot see or that change what is seen: dropped from files, shown on the page.

Everything here works by Unicode category, one pass over the text. What it leaves out: look-alike letters and scripts,
which are the guard's business, and any change to characters that are plainly visible.
"""

from collections.abc import Iterator
from itertools import groupby
from unicodedata import category

_LAYOUT = frozenset("\n\t")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TAGS = range(0xE0000, 0xE0080)  # a whole invisible alphabet, used to smuggle instructions
_SELECTORS = range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # visible by category, empty by sight
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_JOINED = frozenset({"Lo", "Mc", "Me", "Mn", "Sk", "So"})  # a joiner after these belongs to the writing
_EMOJI_STYLE, _JOINERS = "\ufe0f", frozenset("\u200c\u200d")
_FEW = 3


def plain(text: str) -> str:
    """``text`` with plain line ends and without control, bidi and tag characters; lone surrogates become U+FFFD."""
    lines = text.replace("\r\n", "\n")
    if lines.isascii() and lines.replace("\n", "").isprintable():
        return lines
    return "".join(_kept(char) for char in lines)


def one_line(text: str) -> str:
    """``text`` on one line: every run of space, line ends and control characters becomes one space."""
    spaced = "".join(" " if category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    return " ".join(plain(spaced).split())


def visible(text: str) -> str:
    """``text`` with every hidden character written out, such as ``⟨U+202E⟩``; long runs are counted, not listed."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    runs = groupby(_judged(text.replace("\r\n", "\n")), key=lambda pair: pair[1])
    return "".join(_written([char for char, _ in run], unseen=unseen) for unseen, run in runs)


def _kept(char: str) -> str:
    if char in _LAYOUT:
        return char
    kind = category(char)
    if kind == "Cs":
        return "\ufffd"
    return "" if kind in {"Cc", "Zl", "Zp"} or char in _BIDI or ord(char) in _TAGS else char


def _judged(text: str) -> Iterator[tuple[str, bool]]:
    """Each character and whether it is hidden where it stands."""
    before = "\n"
    for char in text:
        unseen = _hidden(char) and not _belongs(char, before)
        yield char, unseen
        before = "\n" if unseen else char


def _hidden(char: str) -> bool:
    if char in _LAYOUT:
        return False
    return category(char) in _UNSEEN or char in _BLANK or any(ord(char) in block for block in _SELECTORS)


def _belongs(char: str, before: str) -> bool:
    """Whether ``char`` is how emoji and joined scripts are written, not something slipped in."""
    if char == _EMOJI_STYLE:
        return before not in _LAYOUT and before != _EMOJI_STYLE
    return char in _JOINERS and (before == _EMOJI_STYLE or category(before) in _JOINED)


def _written(chars: list[str], *, unseen: bool) -> str:
    if not unseen:
        return "".join(chars)
    codes = [f"U+{ord(char):04X}" for char in chars]
    if len(codes) <= _FEW:
        return "".join(f"⟨{code}⟩" for code in codes)
    return f"⟨{codes[0]} … {len(codes)} hidden characters⟩"
