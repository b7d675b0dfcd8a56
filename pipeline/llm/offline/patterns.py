"""The reader's patterns: one YAML file a language in ``reading/``, compiled once with re2 (linear time on any mail).

A named group of a pattern is the fact that it quotes: ``(?P<deadline>…)``. What this leaves out: anything that needs
more than one sentence to be understood.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

import re2

from pipeline.types.base import Value
from pipeline.types.request import Kind

FOLDER = Path(__file__).parent / "reading"
_APOSTROPHES = str.maketrans("\u2018\u2019\u201b\u02bc", "''''")


class Pattern(Protocol):
    """A compiled re2 pattern (the package ships no types)."""

    groupindex: dict[str, int]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        ...


class Family(Value):
    """One thing that mails ask. Without a ``kind`` it says that nothing is asked."""

    name: str
    kind: Kind | None = None
    service: str = ""  # as in ``AskClaim``; empty: the reader can't tell
    asked: bool = True  # whether its sentence must also hold a sign of asking
    in_thread: bool = False  # whether what was said before can't change the answer
    whole_mail: tuple[str, ...] = ()  # facts of the whole mail, quoted by the sentence
    patterns: tuple[str, ...]
    never: tuple[str, ...] = ()  # words anywhere in the mail that make the pattern doubtful


class Patterns(Value):
    """A language file. ``wary`` is matched over the whole mail, the others sentence by sentence."""

    wary: tuple[str, ...]
    asks: tuple[str, ...]
    closing: tuple[str, ...]  # asks nothing but an answer
    double: tuple[str, ...]  # asks for two things
    families: tuple[Family, ...]


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that can be read."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def patterns(language: str) -> Patterns:
    """The patterns of one of ``languages()``."""
    from ruamel.yaml import YAML

    loaded = YAML(typ="safe", pure=True).load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return Patterns.model_validate(loaded)


def holds(alternatives: tuple[str, ...], text: str) -> bool:
    """Whether one of the patterns stands in ``text``."""
    return next(matches(alternatives, text), None) is not None


def matches(alternatives: tuple[str, ...], text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The first match of each pattern: its words, and those of its named groups, as they stand in ``text``."""
    straight = text.translate(_APOSTROPHES)
    for pattern in map(_compiled, alternatives):
        if match := pattern.search(straight):
            spans = {name: match.span(number) for name, number in pattern.groupindex.items()}
            yield text[match.start() : match.end()], {name: text[a:b] for name, (a, b) in spans.items() if a >= 0}


@cache
def _compiled(pattern: str) -> Pattern:
    compiled: Pattern = re2.compile(f"(?is){pattern}")
    return compiled
