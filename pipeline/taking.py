"""An offer of ours that a client takes in plain words, where the reading names none: "we'd take the workshop".

They must say that they take it, in a sentence that neither asks nor denies. What they take must be named by our last
mail, in a piece of it that refuses nothing, and not by their own mails. Left out: hints ("the workshop sounds good"),
languages without a line in ``taking.yaml``, and whether the offer still holds, which ``pipeline.policy`` knows.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.guard.lexicon import Lexicon, lexicon
from pipeline.quotes import find, within
from pipeline.types.base import Value
from pipeline.types.message import MOST_READ, Message
from pipeline.types.request import Accepted
from pipeline.values.grammar import Pattern, compiled, whole
from pipeline.values.lexicon import code
from pipeline.values.text import simple
from pipeline.yamltree import read_shipped

_MARKS = re.compile(r"[ \t]{0,9}(?:>[ \t]?){1,9}")
_INTRODUCES = re.compile(r".{0,200}\d{4}.{0,200}:|-{3,9}[^-]{1,60}-{3,9}")
_HEADER = re.compile(r"[^\W\d_]{2,12}\s?:.*")
_SENTENCE = re.compile(r"(?:[^.!?\n]|\n(?![ \t]*\n))+[.!?]*")
_PIECE = re.compile(r"[^.!?;:\n]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_BEHIND = re.compile(r"[^,;:.!?()]{0,60}")
_HEAD = 2  # words in which it shows that what is accepted is a reason, and no offer
_ENDING = 2  # letters by which two forms of a word may differ


class _Thread(NamedTuple):
    """The mail that theirs answers, without marks, headers and line ends; the words of their own mails below it."""

    last: str
    below: frozenset[str]


class _Phrases(Value):
    """The file's lists, RE2 over bare text."""

    takes: tuple[str, ...]
    undone: tuple[str, ...]
    depends: tuple[str, ...]
    no_thing: tuple[str, ...]


def taken(message: Message) -> Accepted | None:
    """What they take, with their words and, where one piece of our mail names it best, ours."""
    thread, known = _thread(message), lexicon(code(message.language))
    pieces = [piece for piece in _PIECE.findall(thread.last) if piece.strip()]
    offering = [piece for piece in pieces if not _refuses(piece, known)]
    if len(offering) == len(pieces):
        return None  # nothing was refused, so nothing is offered in its stead
    for sentence in _SENTENCE.findall(message.body[:MOST_READ]):
        things = _things(sentence) - thread.below - known.common
        shares = [len(_shared(things, _words(piece))) for piece in offering]
        if any(shares) and (quote := find(sentence.strip(), message, history=False)):
            best = [piece for piece, share in zip(offering, shares, strict=True) if share == max(shares)]
            return Accepted(quote=quote, ours=within(best[0], message, "history") if len(best) == 1 else None)
    return None


def _refuses(piece: str, known: Lexicon) -> bool:
    return known.has("refusal", piece) and not known.has("no_refusal", piece)


def _things(sentence: str) -> set[str]:
    """The words for what a sentence takes; none where it asks, denies, or begins with a condition."""
    plain = simple(sentence).text
    if "?" in plain or _pattern("undone").search(plain):
        return set()
    things: set[str] = set()
    for hit in _pattern("takes").finditer(plain):
        start, end = hit.span()
        words = _WORD.findall(plain, end, _reach(plain, end))
        if not (_pattern("depends").search(plain[:start]) or _pattern("no_thing").search(" ".join(words[:_HEAD]))):
            things |= set(words)
    return things


def _reach(plain: str, end: int) -> int:
    """How far behind its words something is said to be taken: to the end of the clause."""
    behind = _BEHIND.match(plain, end)
    return behind.end() if behind else end


def _shared(things: set[str], words: frozenset[str]) -> set[str]:
    """The things that the words name, in this form or one with another ending."""
    return {thing for thing in things if any(_alike(thing, word) for word in words)}


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= _ENDING


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(simple(text).text))


def _thread(message: Message) -> _Thread:
    """Nothing of it where the mail that they answer is one of their own."""
    rows = list(_rows(message.history))
    first = min((depth for depth, row, introduces in rows if row and not introduces), default=0)
    last: list[str] = []
    below: list[str] = []
    sender = message.sender.address
    for depth, row, introduces in rows:
        if introduces and not last and sender in row.lower():
            return _Thread("", frozenset())
        old = bool(below) or depth > first or (introduces and bool(last))
        if old:
            below.append(row)
        elif row and not introduces:
            last.append(row)
    return _Thread(" ".join(last), _words("\n".join(below)))


def _rows(history: str) -> Iterator[tuple[int, str, bool]]:
    """Each line without its marks, with how many it had, and whether it only introduces a mail."""
    heads = True
    for line in history.splitlines():
        marks = _MARKS.match(line)
        row = line[marks.end() if marks else 0 :].strip()
        header = heads and bool(_HEADER.fullmatch(row))
        introduces = header or bool(_INTRODUCES.fullmatch(row))
        heads = header or (introduces and row.startswith("-"))
        yield (marks[0].count(">") if marks else 0), row, introduces


@cache
def _pattern(name: str) -> Pattern:
    lists = _Phrases.model_validate(read_shipped(Path(__file__).with_name("taking.yaml")).plain())
    phrases: tuple[str, ...] = getattr(lists, name)
    return compiled("|".join(phrases)) if name == "no_thing" else whole(phrases)
