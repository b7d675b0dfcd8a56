"""A mail's text in three: what was newly written, the quoted history, the signature.

Lines are judged by the phrases in ``quotes.json`` (English, German, French, Spanish; some Italian, Portuguese, Dutch).
Answers written between quoted lines keep the full text as body, and so does a text of which nothing would be left.
The history stays as it was written, attributions included: the newest first where people write above. A signature is
taken away only where nobody speaks in it again: what may be a sentence keeps the whole of it in the body, since noise
does less harm there than a lost "please ignore this". Left out: quotes without any mark, and signatures that neither a
sign-off nor ``--`` nor a telephone number announces.
"""

import json
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import re2

_WRAPPED = 4  # lines over which a mail program may wrap an attribution
_SIGNATURE = 10  # lines, blank ones not counted, of a sign-off with what follows
_LONG = 70  # characters of a quoted line that a program may cut
_SHORT = 72  # characters of a line in it
_ENDING = 80  # last lines that are searched for a signature or disclaimer
_HEADERS = 8  # lines that are searched for the headers of a quoted mail
_NOTICE = 4  # lines, blank ones not counted, in which a web form says what it is
_KINDS = 3  # kinds of header that make such headers
_GAP = 3  # lines, blank or wrapped, that an attribution takes above its quote
_LITTLE = 40  # lines that are counted for ...
_TAIL = 3  # lines, blank ones not counted, from "Sent from my ..." to the end
_RULE = 8  # signs of a line that is drawn
_MARK = "-- "  # RFC 3676, 4.3
_NAME = 2  # words that are a name even in small letters
_SMALL = 4  # words in small letters, those between nouns not counted, of a role or a slogan
_SHORTENED = 5  # characters of "Ltd." and the like, stop included
_DRAWN = "_-=*"
_YEAR = re2.compile(r"\b(?:19|20)\d\d\b|\S@\S")  # what an attribution in any language has
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
    between = [i for i in range(first, last) if old[i].strip() and not old[i].startswith(">")]
    if [i for i in between if not (_attributes([old[i]]) or _wrapped_quote(old, i))]:
        return lines, []  # answers between the quoted lines
    return [*lines[:start], *below], old[: last + 1]


def _wrapped_quote(lines: list[str], at: int) -> bool:
    """Whether a line is the end of the long quoted one above it, which some program cut."""
    above, line, below = lines[at - 1 : at + 2]
    broken = len(above) >= _LONG and above.startswith(">") and not above.rstrip().endswith((".", "?", "!", ":"))
    return broken and line[0].islower() and below.startswith(">")


def _history_start(lines: list[str]) -> int | None:
    for at, line in enumerate(lines):
        if line.startswith(">"):
            if line.strip("> "):
                return _attributed(lines, at)
        elif _mobile(lines, at, ending=False):
            return at + 1  # what follows the footer of a telephone is what its program quoted
        elif line.strip() and (_marked(lines, at) or _headed(lines, at) or _attribution(lines, at)):
            return at
    return None


def _attributed(lines: list[str], at: int) -> int:
    """Where the line that introduces the quote at ``at`` begins, whatever its language; ``at`` if there is none."""
    end = at
    while end and end > at - _GAP and not lines[end - 1].strip():
        end -= 1
    if not lines[max(0, end - 1)].rstrip().endswith(":"):
        return at
    spans = (start for start in range(end - 1, max(-1, end - 1 - _GAP), -1))
    return next((start for start in spans if _YEAR.search(" ".join(lines[start:end]))), at)


def _marked(lines: list[str], at: int) -> bool:
    """Whether "--- Original Message ---" or the like stands here, or a drawn line right above quoted headers."""
    line = lines[at].strip()
    if len(line) >= _RULE and line[0] in _DRAWN and not line.strip(line[0]):
        below = [other for other in lines[at + 1 : at + 1 + _HEADERS] if other.strip()]
        if line[0] == "_":
            return _heads(below) or bool(below and (found := _head(below[0])) and found.group(1))
        return _heads(below) and _replied(lines[:at])
    return _matches("marker", line)


def _headed(lines: list[str], at: int) -> bool:
    """Whether the headers of a quoted mail begin here, not those that a web form fills in."""
    head = lines[at : at + _HEADERS]
    first = next((line for line in head if _worded([line]) and not _head(line)), "")
    return _heads(head) and (_replied(lines[:at]) or first.startswith(">"))


def _replied(above: list[str]) -> bool:
    """Whether somebody wrote above quoted headers, more than what a web form says of itself."""
    own = [line.strip() for line in above if _worded([line]) and not (_head(line) or _matches("field", line))]
    return bool(own) and (len(own) > _NOTICE or not any(_matches("notice", line) for line in own))


def _heads(lines: Sequence[str]) -> bool:
    """Whether the headers of a quoted mail begin here: who it is from, two more, and one that only a mail has."""
    kinds = set()
    telling = False
    for line in lines:
        if found := _head(line):
            kinds.add("from" if found.group(1) else (found.group(2) or found.group(3)).lower())
            telling = telling or bool(found.group(2)) or "@" in line
        elif not kinds:
            return False
    return "from" in kinds and len(kinds) >= _KINDS and telling


def _head(line: str) -> Any:  # noqa: ANN401 - re2 ships no types
    return _patterns()["head"].match(_spaced(line)[:_JUDGED]) if ":" in line or "\uff1a" in line else None


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
        if _signs(lines, at):
            return lines[:at], lines[at:]
    return lines, []


def _signs(lines: list[str], at: int) -> bool:
    """Whether a signature begins here: announced, and nobody speaks again below. In doubt it is left in the text."""
    line, below = lines[at], lines[at + 1 :]
    if line == _MARK:
        return not any(_asks(other) for other in _above_disclaimer(below))
    if _matches("signoff", _bare(line)) or _delimits(line) or _mobile(lines, at, ending=True):
        return _silent(below)
    return not lines[at - 1].strip() and (_is_card(lines[at:], lines[:at]) or _disclaims(lines[at:]))


def _delimits(line: str) -> bool:
    """Whether a line may part a signature from the text; as often it parts the text itself."""
    return line in {"--", "\u2014"} or (line.startswith("____") and not line.strip("_ "))


def _mobile(lines: list[str], at: int, *, ending: bool) -> bool:
    """Whether "Sent from my ..." stands here: at the end, with next to nothing below, or above all that was quoted."""
    if not (_matches("mobile", lines[at]) or (ending and not lines[at - 1].strip() and _matches("footer", lines[at]))):
        return False
    little = sum(bool(line.strip()) for line in lines[at : at + _LITTLE]) <= _TAIL
    alone = at > 0 and not any(line.strip() for line in (lines[at - 1], *lines[at + 1 : at + 2]))
    return little if ending else alone and not little


def _is_card(lines: list[str], above: list[str]) -> bool:
    """Whether this is a visiting card: a name with how to reach somebody right below, or both below a drawn line."""
    card = [line.strip() for line in takewhile(str.strip, lines)]
    if not card:
        return False
    drawn = len(card[0]) >= _RULE and not card[0].strip(_DRAWN)
    words = next((line.strip() for line in reversed(above) if line.strip()), "")
    named = card[0].istitle() and not card[0].endswith((",", ".", "!")) and not words.endswith(":")
    reaches = any(_matches("contact", line.strip()) for line in (lines if drawn else card)[1:])
    return (drawn or named) and reaches and _silent(lines)


def _disclaims(lines: list[str]) -> bool:
    return _matches("disclaimer", _bare(lines[0]).strip(" -")) and not _above_disclaimer(lines)


def _silent(lines: list[str]) -> bool:
    """Whether nobody speaks in these lines: few, short ones as below a letter, then perhaps ``-- `` or a disclaimer."""
    marks = [at for at, line in enumerate(lines) if line == _MARK]
    if marks:
        return _silent(lines[: marks[0]]) and _signs(lines, marks[0])
    worded = _above_disclaimer(lines)
    return len(worded) <= _SIGNATURE and not any(_speaks(line, first=not at) for at, line in enumerate(worded))


def _above_disclaimer(lines: list[str]) -> list[str]:
    """The lines with words, down to a disclaimer that nothing of the writer's follows."""
    worded = [_bare(line)[:_JUDGED] for line in lines if _worded([line])]
    end = next((at for at, line in enumerate(worded) if _matches("disclaimer", line.strip(" -"))), len(worded))
    return worded if any(_matches("afterthought", line) for line in worded[end:]) else worded[:end]


def _speaks(line: str, *, first: bool) -> bool:
    """Whether this is a sentence or a request, not a name (which comes first), a role, a firm, an address, a slogan."""
    if _matches("signoff", line):
        return False
    if _asks(line) or len(line) > _SHORT:
        return True
    if any(_matches(kind, line) for kind in ("mobile", "footer", "contact", "registered")):
        return False
    small = sum(word[0].islower() and "." not in word[:-1] and not _matches("particle", word) for word in line.split())
    if small > _SMALL or (first and not _names(line, small)):
        return True
    return _ended(line) or _matches("clause", line) or _matches("item", line)


def _names(line: str, small: int) -> bool:
    """Whether a line may be a name, of which ``small`` words are in small letters."""
    nickname = line[0].islower() and len(line.split()) <= _NAME
    return (not small or nickname) and not any(char.isdigit() for char in line)


def _ended(line: str) -> bool:
    """Whether a line ends as sentences do; "Ltd." and "S.A." don't."""
    words = line.split()
    last = words[-1]
    shortened = last.endswith(".") and ((last[0].isupper() and len(last) <= _SHORTENED) or "." in last.rstrip("."))
    return line.endswith((".", "!", ":", "\u2026")) and not shortened and (len(words) > _NAME or last[0].islower())


def _asks(line: str) -> bool:
    """Whether a line asks, takes back or comes as an afterthought, which is never part of a signature."""
    return _matches("asks", line) or _matches("afterthought", line)


def _bare(line: str) -> str:
    return line.strip(" *_\t")


def _spaced(line: str) -> str:
    return line.replace("\xa0", " ").strip()


def _matches(name: str, line: str) -> bool:
    line = _spaced(line)
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
