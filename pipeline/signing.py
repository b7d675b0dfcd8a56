"""How a client signs: "Des", "Mrs Okafor", "Selin & Jens", a family name alone. A role or a firm signs for nobody.

It is what stands last in the newest text, or first below its closing words, and reads like a name. Nothing in it is
trusted: a name that the sender doesn't show besides counts only below closing words. Left out: whom a letter greets,
which ``addressee`` decides, initials, and names of more than three words.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from pipeline.types.base import Value
from pipeline.types.message import Message
from pipeline.values.grammar import Pattern, compiled, whole
from pipeline.values.lexicon import roles
from pipeline.values.scan import contacts
from pipeline.values.senders import given_name, is_title
from pipeline.values.text import bare, scripts, simple, visible
from pipeline.yamltree import read_shipped

_LONGEST = 40  # characters of a line that is a name
_BESIDE = 80  # characters of a name with what is put beside it
_LINES = 3  # of a signature that are looked at
_WORDS = 3
_SHORTEST = 2  # letters of a name; fewer are an initial
_ASIDE = re.compile(r"[,/|(\[–—•].*| - .*")  # noqa: RUF001 - both dashes are met
_KISSES = re.compile(r"^(?:x{1,4} )+|(?: x{1,4})+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")  # noqa: RUF001 - both apostrophes are met in names
_JOINT = re.compile(r" (?:&|\+|and|und|et|y|e) ")
_AND = {"+": "&", "e": "y"}


class How(StrEnum):
    """What a signature says of how its writer is addressed."""

    FIRST = "first"
    FAMILY = "family"
    TITLED = "titled"
    FULL = "full"


class Signed(NamedTuple):
    """A name as it is signed; ``closed``: below words that end a letter."""

    name: str
    how: How
    closed: bool


class _Phrases(Value):
    closings: tuple[str, ...]
    nobody: tuple[str, ...]
    short_for: dict[str, tuple[str, ...]]


def signed(message: Message) -> Signed | None:
    """Who signs; None where that is nobody, or can't be told."""
    for line, closed in _lines(message):
        name = _open(_KISSES.sub("", _clean(line)))
        found = _read(name, message.sender.name, closed=closed) if name else None
        if found or (name and closed):
            return found
    return None


def related(name: str, shown: str) -> bool:
    """Whether a signed name is one that the sender shows, or short for the first of them: Des, Mina, Barney."""
    names, short = _bare_words(shown), simple(name).text
    if short in names:
        return True
    inside = any(each.startswith(short) or (len(short) > _SHORTEST and each.endswith(short)) for each in names)
    alike = bool(names) and names[0][:1] == short[:1] and _SHORTEST < len(short) <= len(names[0]) + 1
    called = any(short in _phrases().short_for.get(each, ()) for each in names)
    return len(short) >= _SHORTEST and (inside or alike or called)


def _lines(message: Message) -> Iterator[tuple[str, bool]]:
    """The lines in which a name may stand, without closing words, and whether there were any before it."""
    below = [line for line in message.signature.splitlines() if line.strip()][:_LINES]
    body = message.body.rstrip().splitlines()
    last = list(takewhile(str.strip, reversed(body)))[::-1]
    alone = len(last) < len(body) and len(last) <= _LINES and all(len(line) <= _LONGEST for line in last)
    closed = bool(below)
    for line in below or (last if alone else body[1:][-1:]):
        rest = _open(line)
        yield rest, closed or rest != line
        closed = closed or rest != line


def _open(line: str) -> str:
    """A line without closing words at its beginning, if nothing but a name can follow them."""
    folded = simple(line[:200])
    hit = _pattern("closings").search(folded.text)
    if hit is None or hit.span()[0] > 0:
        return line
    end = hit.span()[1]
    return line[folded.starts[end] :] if end < len(folded.starts) else ""


def _clean(line: str) -> str:
    """The words of a line that is short enough to be a name, without what is put beside one."""
    plain = " ".join(visible(line).split())
    name = _ASIDE.sub("", plain).strip(" .,;:!*_~\"'-")
    letters = "".join(char if char.isalpha() or char in " .'’&+-" else "" for char in name)  # noqa: RUF001 - as above
    marked = any(char in "<>{}@#=:\\`$%" or char.isdigit() for char in plain)
    whole = len(plain) <= (_LONGEST if name == plain else _BESIDE)
    return " ".join(letters.split()) if whole and len(name) <= _LONGEST and not (marked or contacts(name)) else ""


def _read(name: str, shown: str, *, closed: bool) -> Signed | None:
    if len(scripts(name)) > 1 or _pattern("nobody").search(simple(name).text) or _is_role(name):
        return None
    if joint := _JOINT.search(name):
        both = [_capital(each) for each in (name[: joint.start()], name[joint.end() :])]
        sign = joint[0].strip()
        fits = closed and all(map(_is_name, both)) and not any(map(is_title, both))
        return Signed(f"{both[0]} {_AND.get(sign, sign)} {both[1]}", How.FIRST, closed) if fits else None
    words = name.split()
    if not 0 < len(words) <= _WORDS or not all(map(_WORD.fullmatch, words)):
        return None
    if is_title(words[0]) and not _initial(words[0], shown):
        family = [word for word in words if not is_title(word)]
        return Signed(name, How.TITLED, closed) if family and all(map(_is_name, family)) else None
    if len(words) > 1:
        proper = all(word[0].isupper() for word in words) and _is_name(words[0])
        return Signed(name, How.FULL, closed) if proper else None
    return _single(name, shown, closed=closed)


def _single(name: str, shown: str, *, closed: bool) -> Signed | None:
    """A name of one word: the family name where the sender shows that one last, else a first name."""
    names, plain = _bare_words(shown), simple(name).text
    if not _is_name(name) or not (related(name, shown) or (closed and name[0].isupper())):
        return None
    household = bool(names) and not given_name(shown) and related(name, shown)
    family = len(names) > 1 and plain in {names[-1], *names[-1].split("-")} - {names[0]}
    as_shown = next((word for word in shown.split() if simple(word).text == plain), _capital(name))
    return Signed(as_shown, How.FAMILY if family or household else How.FIRST, closed)


def _initial(word: str, shown: str) -> bool:
    """Whether a short title stands for the first name that the sender shows: M. for Montgomery, not for Monsieur."""
    names = _bare_words(shown)
    return len(word.strip(".")) == 1 and bool(names) and names[0].startswith(word[0].lower())


def _is_name(word: str) -> bool:
    """Whether a word can be spoken to: no initials."""
    letters = word.strip(".")
    initials = len(letters) < _SHORTEST or "." in letters or (letters.isupper() and len(letters) <= _WORDS)
    return bool(_WORD.fullmatch(word)) and not initials and not word.endswith(".")


def _is_role(name: str) -> bool:
    return any(bare(word).strip(".") in roles() for word in name.split())


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _bare_words(shown: str) -> list[str]:
    words = [word for word in shown.split() if not is_title(word)]
    return [each for word in words if (each := simple(word).text.strip(".,;()\"' "))]


@cache
def _phrases() -> _Phrases:
    return _Phrases.model_validate(read_shipped(Path(__file__).with_name("signing.yaml")).plain())


@cache
def _pattern(name: str) -> Pattern:
    if name == "closings":
        return compiled(rf"^(?:{'|'.join(_phrases().closings)})(?:$|[ ,.!:]+)")
    return whole(_phrases().nobody)
