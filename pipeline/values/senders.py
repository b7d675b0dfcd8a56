"""The name that a sender shows, apart from the titles before it or in its place (``lexicon/titles.yaml``).

Left out: which of several words is the family name; the first is taken for the given one.
"""

import re
from itertools import dropwhile

from pipeline.values.lexicon import roles, social, titles, titles_written
from pipeline.values.text import bare

_WITH_TITLE = 3  # words of a title, a first name, a family name
_BEFORE_FIRST = {"sir", "dame"}
_JOINT = re.compile(r"( & | and | und | et | y )")


def is_title(word: str) -> bool:
    """Whether a word is no name but what stands before one."""
    return bare(word).rstrip(".") in titles()


def given_name(shown: str) -> str:
    """The first word behind the titles, of both for a pair ("Ada Plum & Sol"), joined as they join them.

    Empty for a department, an initial, or titles before a family name alone.
    """
    one, joint, other = _JOINT.split(shown, maxsplit=1) if _JOINT.search(shown) else (shown, "", "")
    names = [_given(one), _given(other)] if joint else [_given(one)]
    return joint.join(names) if all(names) else ""


def spoken(shown: str) -> str:
    """The name to greet with: with its titles where it has some, as their bearers like it, else the first word."""
    words, first = shown.split(), given_name(shown)
    if not words or not is_title(words[0]):
        return first
    return f"{words[0]} {first}" if bare(words[0]) in _BEFORE_FIRST and first else shown


def formal(shown: str) -> str:
    """A name with Mr, Frau and the like as they are said: before the family name alone. Any other stays as it is."""
    words = shown.split()
    said = len(words) == _WITH_TITLE and bare(words[0]).strip(".") in social() and not any(map(is_title, words[1:]))
    return f"{words[0]} {words[-1]}" if said else shown


def called(shown: str, language: str) -> str:
    """A name with its short title as a letter in ``language`` writes it out: Monsieur for M., Frau for Fr."""
    title, _, rest = shown.partition(" ")
    return f"{written} {rest}" if rest and (written := titles_written(language).get(bare(title).strip("."))) else shown


def _given(shown: str) -> str:
    words = shown.split()
    if any(bare(word) in roles() for word in words):
        return ""
    names = list(dropwhile(is_title, words))
    first = names[0] if len(names) > 1 or names == words != [] else ""
    return "" if first.endswith(".") else first
