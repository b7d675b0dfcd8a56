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
_ENDING = 80  # last lines that are searched for a signature or disclaimer
_HEADERS = 8  # lines that are searched for the headers of a quoted mail
_KINDS = 3  # kinds of header that make such headers
_TAIL = 3  # lines, blank ones not counted, from "Sent from my ..." to the end
_RULE = "________"
_JUDGED = 300  # characters of a line that are looked at; a longer one is no attribution


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
    if not quoted or _marked(old, 0):
        return lines[:start], old
    first, last = quoted[0], quoted[-1]
    below = old[last + 1 :]
    between = [line for line in old[first : last + 1] if line.strip() and not line.startswith(">")]
    if [line for line in between if not _attributes([line])]:
        return lines, []  # answers between the quoted lines
    return [*lines[:start], *below], old[: last + 1]


def _history_start(lines: list[str]) -> int | None:
    for at, line in enumerate(lines):
        if line.startswith(">"):
            if line.strip("> "):
                return at
        elif line.strip() and (_marked(lines, at) or _heads(lines[at : at + _HEADERS]) or _attribution(lines, at)):
            return at
    return None


def _marked(lines: list[str], at: int) -> bool:
    """Whether "--- Original Message ---" or the like stands here, or a rule right above quoted headers."""
    line = lines[at].strip()
    if line.startswith(_RULE) and not line.strip("_"):
        match = _patterns()["head"].match("".join(lines[at + 1 : at + 2]).strip()[:_JUDGED])
        return bool(match and match.group(1))
    return (line.startswith("--") or line.endswith(":")) and _matches("marker", line)


def _heads(lines: Sequence[str]) -> bool:
    """Whether the headers of a quoted mail begin here: who it is from, and two more."""
    kinds = set()
    for line in lines:
        match = _patterns()["head"].match(line.strip()[:_JUDGED]) if ":" in line else None
        if match:
            kinds.add("from" if match.group(1) else match.group(2).lower())
        elif not kinds:
            return False
    return "from" in kinds and len(kinds) >= _KINDS


def _attribution(lines: list[str], at: int) -> bool:
    """Whether "On ... wrote:" begins here, perhaps wrapped."""
    following = lines[at : at + _WRAPPED]
    ends = [end for end, line in enumerate(following, 1) if line.rstrip().endswith((":", ">"))]
    if not ends or not _matches("opening", following[0]):
        return False
    for end in ends:
        if all(line.strip() for line in following[:end]) and _attributes(following[:end]):
            return any(char.isdigit() for char in "".join(following[:end])) or _quoted_next(lines, at + end)
    return False


def _quoted_next(lines: list[str], at: int) -> bool:
    """Whether the next words are quoted ones: without a date, "... wrote:" may be the client's own words."""
    return next((line for line in lines[at : at + _HEADERS] if line.strip()), "").startswith(">")


def _attributes(lines: Sequence[str]) -> bool:
    return _matches("attribution", " ".join(line.strip() for line in lines))


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    for at in range(max(1, len(lines) - _ENDING), len(lines)):
        if _delimits(lines[at]) or _mobile(lines, at) or _disclaims(lines, at) or _signs_off(lines[at:]):
            return lines[:at], lines[at:]
    return lines, []


def _delimits(line: str) -> bool:
    return line in {"-- ", "--", "\u2014"} or (line.startswith("____") and not line.strip("_ "))


def _mobile(lines: list[str], at: int) -> bool:
    """Whether "Sent from my ..." stands here, with next to nothing below."""
    return _matches("mobile", lines[at]) and sum(bool(line.strip()) for line in lines[at:]) <= _TAIL


def _disclaims(lines: list[str], at: int) -> bool:
    return not lines[at - 1].strip() and _matches("disclaimer", lines[at].strip(" *_-"))


def _signs_off(lines: list[str]) -> bool:
    """Whether this is a sign-off and what follows is a short block: no question, no afterthought."""
    if not _matches("signoff", lines[0].strip(" *_")):
        return False
    for number, line in enumerate(filter(None, map(str.strip, lines[1:]))):
        if _delimits(line) or _matches("mobile", line) or _matches("disclaimer", line.strip(" *_-")):
            return True
        if number >= _SIGNATURE or len(line) > _SHORT or "?" in line or _matches("afterthought", line):
            return False
    return True


def _matches(name: str, line: str) -> bool:
    line = line.strip()
    return len(line) <= _JUDGED and bool(_patterns()[name].match(line))


def _worded(lines: Sequence[str]) -> bool:
    return any(char.isalnum() for line in lines for char in line)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip()


@cache
def _patterns() -> dict[str, Any]:
    """Each kind of phrase as one pattern."""
    table = json.loads(Path(__file__).with_name("quotes.json").read_text("utf-8"))
    return {name: re2.compile("(?i)^(?:" + "|".join(phrases) + ")") for name, phrases in table.items()}
