"""A mail's text in three: what was newly written, the quoted history, the signature.

Lines are judged by the phrases in ``quotes.json`` (English, German, French, Spanish; some Italian, Portuguese, Dutch).
Answers written between quoted lines keep the full text as body, and so does a text of which nothing would be left.
Left out: quotes without any mark, and signatures that neither a sign-off nor ``--`` announces.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import re2

_WRAPPED = 4  # lines over which a mail program may wrap an attribution
_SIGNATURE = 10  # lines, blank ones not counted, of a sign-off with what follows
_SHORT = 72  # characters of a line in it
_HEADERS = 8  # lines that are searched for the headers of a quoted mail


class Parts(NamedTuple):
    """``body`` is never empty unless the text is; the three are pieces of the text, white space at the ends dropped."""

    body: str
    history: str = ""
    signature: str = ""


def split(text: str) -> Parts:
    """Split the text of a mail, line ends as LF."""
    lines = text.strip().split("\n")
    new, old = _without_history(lines)
    kept, signature = _without_signature(new)
    if not _worded(kept):
        kept, signature = new, []
    if not _worded(kept):
        return Parts(text.strip())
    return Parts(_joined(kept), _joined(old), _joined(signature))


def _without_history(lines: list[str]) -> tuple[list[str], list[str]]:
    """The new lines and the old ones."""
    start = _history_start(lines)
    if start is None:
        return lines, []
    old = lines[start:]
    quoted = [i for i, line in enumerate(old) if line.startswith(">")]
    if not quoted or _marked(old[0]):
        return lines[:start], old
    first, last = quoted[0], quoted[-1]
    below = old[last + 1 :]
    between = [line for line in old[first : last + 1] if line.strip() and not line.startswith(">")]
    if [line for line in between if not _attributes([line])]:
        return lines, []  # answers between the quoted lines
    return [*lines[:start], *below], old[: last + 1]


def _history_start(lines: list[str]) -> int | None:
    for at, line in enumerate(lines):
        if line.startswith(">") and line.strip("> ") != "":
            return at
        if line.strip() and (_marked(line) or _heads(lines[at : at + _HEADERS]) or _attribution(lines, at)):
            return at
    return None


def _marked(line: str) -> bool:
    return bool(_patterns().marker.match(line.strip()))


def _heads(lines: Sequence[str]) -> bool:
    """Whether the headers of a quoted mail begin here: who it is from, and two more."""
    kinds = set()
    for line in lines:
        match = _patterns().head.match(line.strip())
        if match:
            kinds.add("from" if match.group(1) else match.group(2).lower())
        elif not kinds:
            return False
    return "from" in kinds and len(kinds) >= 3


def _attribution(lines: list[str], at: int) -> bool:
    """Whether "On ... wrote:" begins here, perhaps wrapped, with text below it."""
    if not _patterns().opening.match(lines[at].strip()):
        return False
    for end in range(at + 1, min(at + _WRAPPED, len(lines)) + 1):
        if not lines[end - 1].strip():
            return False
        if _attributes(lines[at:end]):
            return True
    return False


def _attributes(lines: Sequence[str]) -> bool:
    return bool(_patterns().attribution.match(" ".join(line.strip() for line in lines)))


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    for at, line in enumerate(lines):
        if at and (_delimits(line) or _mobile(lines, at) or _disclaims(lines, at) or _signs_off(lines[at:])):
            return lines[:at], lines[at:]
    return lines, []


def _delimits(line: str) -> bool:
    return line in {"-- ", "--", "\u2014"} or (line.startswith("____") and not line.strip("_ "))


def _mobile(lines: list[str], at: int) -> bool:
    """Whether "Sent from my ..." stands here, with next to nothing below."""
    return bool(_patterns().mobile.match(lines[at].strip())) and sum(bool(x.strip()) for x in lines[at:]) <= 3


def _disclaims(lines: list[str], at: int) -> bool:
    return not lines[at - 1].strip() and bool(_patterns().disclaimer.match(lines[at].strip(" *_-").lower()))


def _signs_off(lines: list[str]) -> bool:
    """Whether this is a sign-off and what follows is a short block: no question, no afterthought."""
    if not _patterns().signoff.match(lines[0].strip(" *_").lower()):
        return False
    block = [line.strip() for line in lines[1:] if line.strip()]
    for number, line in enumerate(block):
        if _patterns().mobile.match(line) or _delimits(line) or _patterns().disclaimer.match(line.strip(" *_-").lower()):
            return True
        if number >= _SIGNATURE or len(line) > _SHORT or "?" in line or _patterns().afterthought.match(line.lower()):
            return False
    return True


def _worded(lines: Sequence[str]) -> bool:
    return any(char.isalnum() for line in lines for char in line)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip()


class _Patterns(NamedTuple):
    """Compiled from the phrases: each is one alternation."""

    opening: Any
    attribution: Any
    marker: Any
    head: Any
    mobile: Any
    disclaimer: Any
    signoff: Any
    afterthought: Any


@cache
def _patterns() -> _Patterns:
    table = json.loads(Path(__file__).with_name("quotes.json").read_text("utf-8"))
    return _Patterns(**{name: re2.compile("(?i)^(?:" + "|".join(table[name]) + ")") for name in _Patterns._fields})
