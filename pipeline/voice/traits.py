"""What one sent mail shows of a manner, in counts and entries of closed lists: a ``Traits`` holds no words of its own.

A greeting is kept as its form, ``Hi {name},``; so is a sign-off. Left out: what many mails make together.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from pipeline.types.base import Value
from pipeline.types.message import Message
from pipeline.values.senders import is_title
from pipeline.voice.phrases import Phrases, phrases
from pipeline.voice.register import register_of

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_NAME = re.compile(r"[^\W\d_]['\w.-]{0,30}(?: [^\W\d_]['\w.-]{0,30}){0,3}")
_END = re.compile(r"[.!?](?=\s)|\n[ \t]*\n")
_FIRST, _LAST = 6, 4  # lines of a signature, and last lines of a body, in which a sign-off stands
_LONGEST = 60  # characters of a line that greets


class Traits(Value):
    """One mail: ``to`` is whom it went to, compared and never written down; forms are empty where there are none."""

    language: str
    to: str
    greeting: str = ""
    signoff: str = ""
    formality: Literal["informal", "formal", ""] = ""
    words: int
    sentences: int
    contractions: int = 0
    exclamations: int = 0
    used: tuple[str, ...] = ()  # entries of the lists of words
    avoided: tuple[str, ...] = ()  # entries of the other list, used all the same


class Greeting(Value):
    """A line that greets: its form, and whether it names a first name, a title, or nobody."""

    form: str
    names: Literal["first", "full", "title", "nobody"]


def traits_of(message: Message) -> Traits | None:
    """The traits of a mail; None in a language without lists, or when it says nothing."""
    lists = phrases().get(message.language)
    if lists is None:
        return None
    lines = _plain(message.body).split("\n")
    greeting = greeting_of(lines[0], lists)
    signoff, ends = _signed(lines[1:], _plain(message.signature).split("\n"), lists)
    between = "\n".join(lines[bool(greeting) : len(lines) - ends])
    words = _WORD.findall(between)
    if not words:
        return None
    low = f" {' '.join(_WORD.findall(between.lower()))} "
    return Traits(
        language=message.language,
        to=message.to[0].address if message.to else message.thread,
        greeting=greeting.form if greeting else "",
        signoff=signoff,
        formality=_formality(message, greeting),
        words=len(words),
        sentences=_sentences(between),
        contractions=sum(_contracted(word, lists) for word in words),
        exclamations=between.count("!"),
        used=tuple(each for each in lists.use if f" {each.lower()} " in low),
        avoided=tuple(each for each in lists.avoid if f" {each.lower()} " in low),
    )


def greeting_of(line: str, lists: Phrases) -> Greeting | None:
    """What a first line greets with; None when it does not greet, or goes on with something else."""
    line = " ".join(line.split())
    for words in sorted(lists.greetings, key=len, reverse=True):
        rest = line[len(words) :]
        if len(line) <= _LONGEST and line.lower().startswith(words.lower()) and not rest[:1].isalnum():
            return _greeting(words, rest, lists)
    return None


def _greeting(words: str, rest: str, lists: Phrases) -> Greeting | None:
    name = rest.rstrip(" ,!:.")
    end = rest[len(name) :].strip()[:1]
    comma, name = ("," if name.startswith(",") else ""), name.lstrip(" ,")
    if not name:
        return Greeting(form=f"{words}{end}", names="nobody")
    if name.lower() in lists.everyone:
        return Greeting(form="", names="nobody")
    if not _NAME.fullmatch(name) or not all(part[0].isupper() for part in name.split()):
        return None
    parts = name.split()
    if any(map(is_title, parts)):
        return Greeting(form="", names="title")
    whom: Literal["first", "full"] = "first" if len(parts) == 1 else "full"
    return Greeting(form=f"{words}{comma} {{{'name' if whom == 'first' else 'full_name'}}}{end}", names=whom)


def _signed(body: Sequence[str], signature: Sequence[str], lists: Phrases) -> tuple[str, int]:
    """The form of the sign-off, and how many lines of the body it and what follows take."""
    for line in [line for line in signature if line.strip()][:_FIRST]:
        if form := _signoff(line, lists):
            return form, 0
    for back, line in enumerate(reversed(body[-_LAST:]), 1):
        if form := _signoff(line, lists):
            return form, back
    return "", 0


def _signoff(line: str, lists: Phrases) -> str:
    line = " ".join(line.split())
    for words in sorted(lists.signoffs, key=len, reverse=True):
        rest = line[len(words) :]
        if line.lower().startswith(words.lower()) and (not rest or rest[0] in ",!.") and len(rest.split()) <= 3:  # noqa: PLR2004 - a name
            return words + (rest[:1] if rest[:1] in {",", "!"} else "")
    return ""


def _formality(message: Message, greeting: Greeting | None) -> Literal["informal", "formal", ""]:
    """By the words of address; English has none, and goes by whether it greets with a first name."""
    if message.language != "en":
        return register_of(message.body, message.language)
    names = greeting.names if greeting else "nobody"
    return "informal" if names == "first" else "formal" if names in {"title", "full"} else ""


def _contracted(word: str, lists: Phrases) -> bool:
    low = word.lower()
    return "'" in low and any(low.endswith(each) for each in lists.contractions)


def _sentences(text: str) -> int:
    return sum(1 for part in _END.split(text) if _WORD.search(part)) or 1


def _plain(text: str) -> str:
    """With one kind of apostrophe, as lists are written."""
    return unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u00a0", " ").strip()
